using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>
/// Does again what a recorded publisher did: the application's offers just before the first datagram that carries them, the receiver's frames at their
/// times, the close before the first heartbeat that tells it.
/// </summary>
internal sealed class RecordedSending : IDisposable
{
    // Datagrams of the reference that follow each other this closely are of one run of its sender, so that all their messages were there at its start.
    private const long BurstGapNs = 500_000;

    // The capture's times are those of its packets, not of the sender's decisions: a period of 100 ms may look a little shorter.
    private const long TimeStepNs = 10_000;
    private const int TimeStepsMax = 200;

    private readonly RecordedCapture _capture;
    private readonly UdpAddress _publisher;
    private readonly ReservedValueSupplier? _supplier;
    private readonly long _startNs;
    private readonly List<RecordedOffer> _offers;
    private int _nextOffer;
    private long _highestPosition;
    private bool _isClosed;

    /// <param name="capture">The capture.</param>
    /// <param name="settings">How the publication was made.</param>
    /// <param name="publisher">The address that its datagrams come from.</param>
    /// <param name="createdNs">When it was made, in the capture's time; datagrams before that are left out.</param>
    /// <param name="reservedValue">The reserved value of the first frame, one more for each that follows; zero for none.</param>
    public RecordedSending(RecordedCapture capture, BenchSettings settings, UdpAddress publisher, long createdNs, long reservedValue)
    {
        _capture = capture;
        _publisher = publisher;
        _supplier = reservedValue == 0 ? null : _ => reservedValue++;
        var clock = new ManualClock();
        _startNs = clock.NanoTime - createdNs;
        Bench = new SendingBench(settings, clock);
        CreatedNs = createdNs;
        _highestPosition = Bench.Publication.ConsumerPosition;
        _offers = capture.Offers.Count > 0 ? capture.Offers : OffersByFrames();
    }

    public SendingBench Bench { get; }

    public long CreatedNs { get; }

    public List<RecordedDatagram> Expected => [.. _capture.Datagrams.Where(datagram => datagram.Source == _publisher && datagram.TimeNs >= CreatedNs)];

    public void Run()
    {
        Bench.Settle();
        List<RecordedDatagram> datagrams = [.. _capture.Datagrams.Where(IsOfPublication)];
        int sentCount = 0;
        for (int index = 0; index < datagrams.Count; index++)
        {
            RecordedDatagram datagram = datagrams[index];
            bool isSent = datagram.Source == _publisher;
            if (isSent && datagram.Frames[0] is { FrameLength: 0 } heartbeat)
                CloseIfToldBy(heartbeat);
            Bench.Clock.NanoTime = Math.Max(Bench.Clock.NanoTime, _startNs + datagram.TimeNs);
            if (isSent && EndOfNewData(datagram) > _highestPosition)
                OfferUpTo(EndOfBurst(datagrams, index));
            if (!isSent)
                Bench.Transport.Arrive(datagram.FirstBytes, datagram.Source);
            Bench.Settle();
            sentCount += isSent ? 1 : 0;
            for (int step = 0; step < TimeStepsMax && Bench.Sent.Count < sentCount; step++)
            {
                Bench.Clock.AdvanceNanos(TimeStepNs);
                Bench.Settle();
            }
        }
    }

    public void Dispose() => Bench.Dispose();

    private bool IsOfPublication(RecordedDatagram datagram) =>
        datagram.TimeNs >= CreatedNs && (datagram.Source == _publisher || datagram.Destination == _publisher);

    private void CloseIfToldBy(RecordedFrame heartbeat)
    {
        if (_isClosed || (heartbeat.Flags & FrameFlags.EndOfStream) == 0)
            return;
        _isClosed = true;
        if ((heartbeat.Flags & FrameFlags.Revoked) != 0)
            Bench.Publication.Revoke(Bench.Clock.NanoTime);
        else
            Bench.Publication.BeginClose(Bench.Clock.NanoTime);
    }

    private long EndOfBurst(List<RecordedDatagram> datagrams, int first)
    {
        long end = EndOfNewData(datagrams[first]);
        for (int index = first + 1; index < datagrams.Count; index++)
        {
            RecordedDatagram datagram = datagrams[index];
            if (datagram.Source != _publisher || datagram.TimeNs - datagrams[index - 1].TimeNs > BurstGapNs)
                break;
            end = Math.Max(end, EndOfNewData(datagram));
        }

        _highestPosition = Math.Max(_highestPosition, end);
        return end;
    }

    private long EndOfNewData(RecordedDatagram datagram)
    {
        RecordedFrame last = datagram.Frames[^1];
        bool isData = datagram.Type is FrameType.Data or FrameType.Pad && last.FrameLength > 0;
        return isData ? PositionOf(last) + BitAlignment(last.FrameLength) : 0;
    }

    private static int BitAlignment(int length) => Memory.BitAlignment.Align(length, LogBufferDescriptor.FrameAlignment);

    private long PositionOf(RecordedFrame frame) => LogPosition.Compute(
        frame.TermId,
        frame.TermOffset,
        LogPosition.PositionBitsToShift(Bench.Log.TermLength),
        Bench.Log.MetaData.GetInt(LogBufferDescriptor.InitialTermIdOffset));

    private void OfferUpTo(long end)
    {
        while (_nextOffer < _offers.Count)
        {
            RecordedOffer offer = _offers[_nextOffer];
            int framed = LogBufferDescriptor.FramedLength(offer.LengthBytes, LogBufferDescriptor.MaxPayloadLength(MemoryLog.MtuLength));
            if (offer.Result - framed >= end)
                return;
            byte[] payload = MemoryLog.Payload(offer.Message, offer.LengthBytes);
            long result;
            do
            {
                result = Bench.Appender.Offer(payload, default, _supplier, Bench.PublisherLimit.Get());
            }
            while (result == OfferResult.AdminAction);
            Assert.That(result, Is.EqualTo(offer.Result), $"message {offer.Message}");
            _nextOffer++;
        }
    }

    private List<RecordedOffer> OffersByFrames()
    {
        var offers = new List<RecordedOffer>();
        long end = _highestPosition;
        foreach (RecordedDatagram datagram in Expected)
        {
            foreach (RecordedFrame frame in datagram.Frames)
            {
                if (datagram.Type != FrameType.Data || frame.FrameLength == 0 || PositionOf(frame) < end)
                    continue;
                end = PositionOf(frame) + BitAlignment(frame.FrameLength);
                offers.Add(new RecordedOffer(offers.Count, frame.FrameLength - DataHeader.LengthBytes, end));
            }
        }

        return offers;
    }
}
