using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>A socket whose other side is the test.</summary>
internal sealed unsafe class FakeTransport(UdpAddress localAddress) : IUdpTransport
{
    private readonly Queue<(byte[] Bytes, UdpAddress Source)> _arrived = new();

    public UdpAddress LocalAddress => localAddress;

    /// <summary>What was sent, in order, unless <see cref="IsRecording"/> is off.</summary>
    public List<(byte[] Bytes, UdpAddress Destination)> Sent { get; } = [];

    public bool IsRecording { get; set; } = true;

    public int SentCount { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Thrown by the next calls; null for a socket that works.</summary>
    public System.Net.Sockets.SocketException? Failure { get; set; }

    /// <summary>Something is there to be taken.</summary>
    public bool HasArrived => _arrived.Count > 0;

    public void Arrive(byte[] datagram, UdpAddress source) => _arrived.Enqueue((datagram, source));

    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams) => throw new NotSupportedException("A receiver's socket is not connected.");

    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination)
    {
        if (Failure is { } failure)
            throw failure;
        foreach (OutgoingDatagram datagram in datagrams)
        {
            SentCount++;
            if (IsRecording)
                Sent.Add((new ReadOnlySpan<byte>(datagram.Address, datagram.LengthBytes).ToArray(), destination));
        }

        return datagrams.Length;
    }

    public int Receive(ReceiveBatch batch)
    {
        if (Failure is { } failure)
            throw failure;
        int count = 0;
        while (count < batch.Capacity && _arrived.TryDequeue(out (byte[] Bytes, UdpAddress Source) datagram))
        {
            datagram.Bytes.CopyTo(new Span<byte>(batch.Address(count), batch.SlotLengthBytes));
            batch.Set(count, datagram.Bytes.Length, datagram.Source);
            count++;
        }

        return count;
    }

    public void Connect(in UdpAddress remote) => throw new NotSupportedException("A receiver's socket is not connected.");

    public void Dispose() => IsDisposed = true;
}
