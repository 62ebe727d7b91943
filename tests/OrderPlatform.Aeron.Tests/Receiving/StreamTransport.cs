using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>A publisher inside a socket that allocates nothing: full datagrams as far as the window lets it, some lost and sent again when asked for.</summary>
internal sealed unsafe class StreamTransport(int termLength, int mtu, int lossEvery) : IUdpTransport
{
    private readonly int _bits = LogPosition.PositionBitsToShift(termLength);
    private long _position;
    private long _limit;
    private long _again = -1;
    private int _count;
    private bool _isSetUp;

    public UdpAddress LocalAddress => ReceiverWorld.Address("127.0.0.1:40123");

    public int NaksHeard { get; private set; }

    public long Datagrams { get; private set; }

    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams) => 0;

    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination)
    {
        byte* bytes = datagrams[0].Address;
        if (((FrameHeader*)bytes)->Type == FrameType.StatusMessage)
        {
            var status = (StatusMessageFrame*)bytes;
            _limit = LogPosition.Compute(status->ConsumptionTermId, status->ConsumptionTermOffset, _bits, 0) + status->ReceiverWindow;
        }
        else
        {
            var nak = (NakFrame*)bytes;
            _again = LogPosition.Compute(nak->TermId, nak->TermOffset, _bits, 0);
            NaksHeard++;
        }

        return 1;
    }

    public int Receive(ReceiveBatch batch)
    {
        int count = 0;
        if (!_isSetUp)
        {
            _isSetUp = true;
            Frame.Setup(0, termLength: termLength, mtu: mtu).CopyTo(new Span<byte>(batch.Address(0), batch.SlotLengthBytes));
            batch.Set(count++, SetupFrame.LengthBytes, ReceiverWorld.Publisher);
        }

        if (_again >= 0 && count < batch.Capacity)
        {
            Write(batch, count++, _again);
            _again = -1;
        }

        while (count < batch.Capacity && _position + mtu <= _limit)
        {
            int length = Length(_position);
            if (lossEvery == 0 || ++_count % lossEvery != 0)
                Write(batch, count++, _position);
            _position += length;
        }

        return count;
    }

    public void Connect(in UdpAddress remote)
    {
    }

    public void Dispose()
    {
    }

    private int Length(long position) => Math.Min(mtu, termLength - LogPosition.TermOffset(position, termLength));

    private void Write(ReceiveBatch batch, int slot, long position)
    {
        int length = Length(position);
        *(DataHeader*)batch.Address(slot) = Frame.Header(LogPosition.TermId(position, _bits, 0), LogPosition.TermOffset(position, termLength), length);
        // Payload that says where it belongs.
        if (length >= DataHeader.LengthBytes + sizeof(long))
            *(long*)(batch.Address(slot) + DataHeader.LengthBytes) = position;
        batch.Set(slot, length, ReceiverWorld.Publisher);
        Datagrams++;
    }
}
