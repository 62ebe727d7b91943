using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>A socket that keeps what is sent and gives what a test puts in.</summary>
internal sealed unsafe class FakeTransport : IUdpTransport
{
    private readonly Queue<(byte[] Bytes, UdpAddress Source)> _arrived = new();

    /// <summary>What was sent, and where to; null for the address that the socket is connected to.</summary>
    public List<(byte[] Bytes, UdpAddress? Destination)> Sent { get; } = [];

    /// <summary>How many datagrams a call takes at most.</summary>
    public int TakesPerCall { get; set; } = int.MaxValue;

    /// <summary>False for measurements: then nothing is kept of what is sent.</summary>
    public bool KeepsSent { get; set; } = true;

    /// <summary>Where sending fails.</summary>
    public UdpAddress? Unreachable { get; set; }

    public int SendCalls { get; private set; }

    public bool IsDisposed { get; private set; }

    public UdpAddress LocalAddress { get; } = Address("127.0.0.1:48068");

    public static UdpAddress Address(string text) => UdpAddress.From(IPEndPoint.Parse(text));

    public void Arrive(byte[] bytes, UdpAddress source) => _arrived.Enqueue((bytes, source));

    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams) => Keep(datagrams, null);

    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination)
    {
        if (Unreachable == destination)
            throw new SocketException((int)SocketError.NetworkUnreachable);
        return Keep(datagrams, destination);
    }

    public int Receive(ReceiveBatch batch)
    {
        int count = 0;
        while (count < batch.Capacity && _arrived.TryDequeue(out (byte[] Bytes, UdpAddress Source) datagram))
        {
            int length = Math.Min(datagram.Bytes.Length, batch.SlotLengthBytes);
            datagram.Bytes.AsSpan(0, length).CopyTo(new Span<byte>(batch.Address(count), length));
            batch.Set(count++, length, datagram.Source);
        }

        return count;
    }

    /// <summary>Where the socket was connected to anew.</summary>
    public UdpAddress? ConnectedAnewTo { get; private set; }

    public void Connect(in UdpAddress remote)
    {
        if (Unreachable == remote)
            throw new SocketException((int)SocketError.NetworkUnreachable);
        ConnectedAnewTo = remote;
    }

    public void Dispose() => IsDisposed = true;

    private int Keep(ReadOnlySpan<OutgoingDatagram> datagrams, UdpAddress? destination)
    {
        SendCalls++;
        int count = Math.Min(datagrams.Length, TakesPerCall);
        for (int index = 0; KeepsSent && index < count; index++)
        {
            Sent.Add((new ReadOnlySpan<byte>(datagrams[index].Address, datagrams[index].LengthBytes).ToArray(), destination));
        }

        return count;
    }
}
