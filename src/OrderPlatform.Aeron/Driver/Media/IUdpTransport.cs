namespace OrderPlatform.Aeron.Driver.Media;

/// <summary>
/// A UDP socket that never waits. One thread uses it. The real one is a socket of the system; tests put a network of their own in its
/// place, and the fault generators stand between.
/// </summary>
public interface IUdpTransport : IDisposable
{
    /// <summary>Where it is bound, with the port that the system chose.</summary>
    UdpAddress LocalAddress { get; }

    /// <summary>Sends datagrams in order, to the address that the socket is connected to.</summary>
    /// <returns>How many the system took; fewer than given when its buffer is full.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">Anything but a full buffer or a refused port of the loopback.</exception>
    int Send(ReadOnlySpan<OutgoingDatagram> datagrams);

    /// <summary>As <see cref="Send(ReadOnlySpan{OutgoingDatagram})"/>, to an address.</summary>
    int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination);

    /// <summary>
    /// Takes what has arrived, at most as much as the batch holds. It may take less than there is, so that a lone datagram costs one call of
    /// the system: zero alone says that nothing is left.
    /// </summary>
    /// <returns>How many datagrams are in the batch now; zero when there was nothing.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The socket is broken.</exception>
    int Receive(ReceiveBatch batch);

    /// <summary>Connects a connected socket to another address: its name was resolved anew.</summary>
    /// <exception cref="InvalidOperationException">It was opened without an address to connect to.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The system refuses.</exception>
    void Connect(in UdpAddress remote);
}

/// <summary>Bytes to send: they stay where they are until the call returns.</summary>
public readonly unsafe struct OutgoingDatagram(byte* address, int lengthBytes)
{
    /// <summary>The first byte.</summary>
    public byte* Address { get; } = address;

    /// <summary>How many.</summary>
    public int LengthBytes { get; } = lengthBytes;
}

/// <summary>How a socket is to be made.</summary>
public sealed record UdpTransportParameters
{
    /// <summary>What to bind to; port zero lets the system choose.</summary>
    public required UdpAddress BindAddress { get; init; }

    /// <summary>Where all goes and comes from; null for a socket that takes from anywhere.</summary>
    public UdpAddress? ConnectAddress { get; init; }

    /// <summary>A group to join; null for unicast.</summary>
    public UdpAddress? MulticastGroup { get; init; }

    /// <summary>Which interface multicast uses: its index for IPv6, its address for IPv4.</summary>
    public uint MulticastInterfaceIndex { get; init; }

    /// <summary>The interface's address for multicast over IPv4; null for the system's choice.</summary>
    public UdpAddress? MulticastInterfaceAddress { get; init; }

    /// <summary>Time to live of multicast; zero leaves the system's.</summary>
    public int MulticastTtl { get; init; }

    /// <summary>SO_SNDBUF; zero leaves the system's.</summary>
    public int SendBufferLength { get; init; }

    /// <summary>SO_RCVBUF; zero leaves the system's.</summary>
    public int ReceiveBufferLength { get; init; }
}

/// <summary>Makes sockets.</summary>
public interface IUdpTransportFactory
{
    /// <summary>Opens a socket.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">It cannot be bound or connected.</exception>
    IUdpTransport Open(UdpTransportParameters parameters);
}
