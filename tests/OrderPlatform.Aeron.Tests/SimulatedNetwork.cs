using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Tests;

/// <summary>
/// UDP inside a test: every address is of one machine, nothing is lost but what overflows a receive buffer, and order is kept. With
/// <see cref="HoldsBack"/> datagrams wait in <see cref="InFlight"/> until the test delivers or loses them. One thread's.
/// </summary>
internal sealed class SimulatedNetwork : IUdpTransportFactory
{
    private const ushort FirstEphemeralPort = 49_152;
    private const int DefaultReceiveBufferLength = 1024 * 1024;

    private static readonly UdpAddress Loopback = UdpAddress.From(new IPEndPoint(IPAddress.Loopback, 0));
    private static readonly UdpAddress LoopbackIPv6 = UdpAddress.From(new IPEndPoint(IPAddress.IPv6Loopback, 0));

    private readonly List<SimulatedTransport> _transports = [];
    private readonly Queue<SimulatedDatagram> _inFlight = [];
    private ushort _nextPort = FirstEphemeralPort;

    /// <summary>Sent datagrams wait for <see cref="Deliver"/>.</summary>
    public bool HoldsBack { get; set; }

    /// <summary>Every send finds the system's buffer full.</summary>
    public bool IsFull { get; set; }

    /// <summary>Told of each datagram that is sent, before it is delivered; false loses it.</summary>
    public Func<SimulatedDatagram, bool>? Filter { get; set; }

    /// <summary>What was sent and not yet delivered, in order.</summary>
    public IReadOnlyCollection<SimulatedDatagram> InFlight => _inFlight;

    /// <summary>Sockets that are open.</summary>
    public int OpenCount => _transports.Count;

    /// <summary>Datagrams that found nobody or a full receive buffer.</summary>
    public int LostCount { get; private set; }

    public IUdpTransport Open(UdpTransportParameters parameters)
    {
        UdpAddress bound = parameters.BindAddress.Port == 0 ? parameters.BindAddress with { Port = NextPort() } : parameters.BindAddress;
        bool isTaken = parameters.MulticastGroup is null
            && _transports.Exists(other => other.Group is null && other.Bound.Port == bound.Port
                && (other.Bound.Bits == bound.Bits || other.Bound.Bits == default || bound.Bits == default));
        if (isTaken)
            throw new SocketException((int)SocketError.AddressAlreadyInUse);
        var transport = new SimulatedTransport(this, bound, parameters, parameters.ReceiveBufferLength > 0
            ? parameters.ReceiveBufferLength : DefaultReceiveBufferLength);
        _transports.Add(transport);
        return transport;
    }

    /// <summary>Delivers waiting datagrams in order, at most as many as given; returns how many.</summary>
    public int Deliver(int countMax = int.MaxValue)
    {
        int count = 0;
        while (count < countMax && _inFlight.TryDequeue(out SimulatedDatagram? datagram))
        {
            Hand(datagram);
            count++;
        }

        return count;
    }

    /// <summary>Loses the next waiting datagram and returns it.</summary>
    public SimulatedDatagram LoseNext() => _inFlight.Dequeue();

    /// <summary>Puts a datagram on the network as if its source had sent it.</summary>
    public void Inject(ReadOnlySpan<byte> datagram, in UdpAddress source, in UdpAddress destination) =>
        Take(new SimulatedDatagram(datagram.ToArray(), source, destination));

    internal void Take(SimulatedDatagram datagram)
    {
        if (Filter?.Invoke(datagram) == false)
            return;
        if (HoldsBack)
            _inFlight.Enqueue(datagram);
        else
            Hand(datagram);
    }

    internal void Close(SimulatedTransport transport) => _transports.Remove(transport);

    /// <summary>The address that a socket bound to any address sends from.</summary>
    internal static UdpAddress SourceOf(in UdpAddress bound, in UdpAddress destination)
    {
        if (bound.Bits != default && !bound.IsMulticast)
            return bound;
        UdpAddress local = destination is { IsMulticast: false, Bits: var bits } && bits != default ? destination : bound.IsIPv6 ? LoopbackIPv6 : Loopback;
        return local with { Port = bound.Port };
    }

    private ushort NextPort()
    {
        while (_transports.Exists(other => other.Bound.Port == _nextPort))
        {
            _nextPort++;
        }

        return _nextPort++;
    }

    private void Hand(SimulatedDatagram datagram)
    {
        bool isTaken = false;
        foreach (SimulatedTransport transport in _transports)
        {
            isTaken |= transport.Offer(datagram);
        }

        if (!isTaken)
            LostCount++;
    }
}

/// <summary>A datagram on its way.</summary>
internal sealed record SimulatedDatagram(byte[] Bytes, UdpAddress Source, UdpAddress Destination);

/// <summary>A socket of the simulated network.</summary>
internal sealed unsafe class SimulatedTransport(SimulatedNetwork network, UdpAddress bound, UdpTransportParameters parameters, int receiveBufferLength)
    : IUdpTransport
{
    private readonly Queue<SimulatedDatagram> _received = [];
    private UdpAddress? _remote = parameters.ConnectAddress;
    private int _receivedBytes;
    private bool _isClosed;

    public UdpAddress Bound => bound;

    public UdpAddress? Group => parameters.MulticastGroup;

    public UdpTransportParameters Parameters => parameters;

    // As with the system's: a sender to a group sends from a socket of its own.
    public UdpAddress LocalAddress => _remote is { } remote ? SimulatedNetwork.SourceOf(bound, remote) : bound;

    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams) =>
        Send(datagrams, _remote ?? throw new InvalidOperationException("The socket is not connected: give the address to send to."));

    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (destination.IsIPv6 != bound.IsIPv6)
            throw new ArgumentException("One address is IPv4, the other IPv6.", nameof(destination));
        if (network.IsFull)
            return 0;
        foreach (OutgoingDatagram datagram in datagrams)
        {
            byte[] bytes = new ReadOnlySpan<byte>(datagram.Address, datagram.LengthBytes).ToArray();
            network.Take(new SimulatedDatagram(bytes, SimulatedNetwork.SourceOf(bound, destination), destination));
        }

        return datagrams.Length;
    }

    public int Receive(ReceiveBatch batch)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        int count = 0;
        while (count < batch.Capacity && _received.TryDequeue(out SimulatedDatagram? datagram))
        {
            int length = Math.Min(datagram.Bytes.Length, batch.SlotLengthBytes);
            datagram.Bytes.AsSpan(0, length).CopyTo(new Span<byte>(batch.Address(count), batch.SlotLengthBytes));
            batch.Set(count++, length, datagram.Source);
            _receivedBytes -= datagram.Bytes.Length;
        }

        return count;
    }

    public void Connect(in UdpAddress remote) =>
        _remote = _remote is null ? throw new InvalidOperationException("The socket is not connected.") : remote;

    public void Dispose()
    {
        _isClosed = true;
        network.Close(this);
    }

    /// <summary>Takes a datagram that is for this socket and fits; false for others.</summary>
    public bool Offer(SimulatedDatagram datagram)
    {
        bool isForMe = Group is { } group
            ? datagram.Destination == group
            : datagram.Destination.Port == bound.Port && datagram.Destination.IsIPv6 == bound.IsIPv6 && !datagram.Destination.IsMulticast
                && (bound.Bits == default || bound.Bits == datagram.Destination.Bits);
        bool isOfOther = Group is null && _remote is { } remote && datagram.Source != remote;
        if (!isForMe || isOfOther || _receivedBytes + datagram.Bytes.Length > receiveBufferLength)
            return false;
        _received.Enqueue(datagram);
        _receivedBytes += datagram.Bytes.Length;
        return true;
    }
}
