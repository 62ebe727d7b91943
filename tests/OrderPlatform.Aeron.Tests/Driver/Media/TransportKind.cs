using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Tests.Driver.Media;

/// <summary>The transports that keep the same contract.</summary>
public enum TransportKind
{
    Linux,
    Portable,
    Simulated,
}

/// <summary>Makes them for tests, and bytes to send.</summary>
internal static unsafe class Transports
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static readonly UdpAddress Loopback = UdpAddress.From(new IPEndPoint(IPAddress.Loopback, 0));

    public static readonly UdpAddress LoopbackIPv6 = UdpAddress.From(new IPEndPoint(IPAddress.IPv6Loopback, 0));

    public static IUdpTransportFactory Factory(TransportKind kind) => kind switch
    {
        TransportKind.Linux when OperatingSystem.IsLinux() => UdpTransportFactory.Default,
        TransportKind.Linux => throw new IgnoreException("Only on Linux."),
        TransportKind.Portable => UdpTransportFactory.Portable,
        _ => new SimulatedNetwork(),
    };

    /// <summary>Opens a socket, or leaves the test away where the machine does not have what it needs.</summary>
    public static IUdpTransport OpenOrIgnore(IUdpTransportFactory factory, UdpTransportParameters parameters)
    {
        try
        {
            return factory.Open(parameters);
        }
        catch (SocketException failure) when (parameters.BindAddress.IsIPv6
            && failure.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported or SocketError.NetworkUnreachable)
        {
            throw new IgnoreException($"The machine has no {parameters.BindAddress}: {failure.Message}");
        }
    }

    public static IUdpTransport Bound(IUdpTransportFactory factory, UdpAddress? address = null) =>
        OpenOrIgnore(factory, new UdpTransportParameters { BindAddress = address ?? Loopback, ReceiveBufferLength = 1024 * 1024 });

    public static IUdpTransport Connected(IUdpTransportFactory factory, UdpAddress remote) => OpenOrIgnore(factory, new UdpTransportParameters
    {
        BindAddress = new UdpAddress(default, 0, remote.IsIPv6, 0),
        ConnectAddress = remote,
        ReceiveBufferLength = 1024 * 1024,
    });

    public static int Send(IUdpTransport transport, byte[] bytes, UdpAddress? destination = null)
    {
        fixed (byte* address = bytes)
        {
            ReadOnlySpan<OutgoingDatagram> one = [new OutgoingDatagram(address, bytes.Length)];
            return destination is { } to ? transport.Send(one, to) : transport.Send(one);
        }
    }

    /// <summary>Receives until there are that many, or the limit is over.</summary>
    public static List<(byte[] Bytes, UdpAddress Source)> Receive(IUdpTransport transport, int count, int batchCapacity = 8)
    {
        using var batch = new ReceiveBatch(batchCapacity);
        List<(byte[] Bytes, UdpAddress Source)> all = [];
        SpinWait.SpinUntil(() => Drain(transport, batch, all) >= count, Limit);
        return all;
    }

    public static int Drain(IUdpTransport transport, ReceiveBatch batch, List<(byte[] Bytes, UdpAddress Source)> all)
    {
        for (int received = transport.Receive(batch); received > 0; received = transport.Receive(batch))
        {
            for (int index = 0; index < received; index++)
            {
                all.Add((batch.Datagram(index).ToArray(), batch.Source(index)));
            }
        }

        return all.Count;
    }
}
