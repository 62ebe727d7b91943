using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>Holes and the times to ask for them.</summary>
[TestFixture]
internal sealed class LossDetectorTests
{
    private const int InitialTermId = 7;
    private const int TermLength = LogBufferDescriptor.TermLengthMin;

    [Test]
    public void A_hole_is_due_after_the_delay_and_again_after_the_retry_delay()
    {
        using var log = new MemoryLog();
        Put(log, 0, 64);
        Put(log, 192, 64);
        var detector = new LossDetector(new StaticFeedbackDelay(100, 1000));
        LossGap gap = new(InitialTermId, 64, 128);
        long[] times = [0, 99, 100, 101, 1099, 1100, 2099, 2100];
        bool[] due = [false, false, true, false, false, true, false, true];
        for (int index = 0; index < times.Length; index++)
        {
            long rebuilt = detector.Scan(log.Log.Terms[0], 0, 256, InitialTermId, times[index], out bool isNew, out LossGap asked);
            Assert.That(rebuilt, Is.EqualTo(64));
            Assert.That(isNew, Is.EqualTo(index == 0), $"at {times[index]}");
            Assert.That(asked, Is.EqualTo(due[index] ? gap : default), $"at {times[index]}");
        }
    }

    [Test]
    public void A_hole_that_changes_waits_anew()
    {
        using var log = new MemoryLog();
        Put(log, 192, 64);
        var detector = new LossDetector(new StaticFeedbackDelay(100, 1000));
        Assert.That(Scan(detector, log, 0, 256, 0), Is.EqualTo((0L, true, default(LossGap))));
        Put(log, 0, 64);
        Assert.That(Scan(detector, log, 0, 256, 100), Is.EqualTo((64L, true, default(LossGap))));
        Assert.That(Scan(detector, log, 64, 256, 200), Is.EqualTo((64L, false, new LossGap(InitialTermId, 64, 128))));
    }

    [Test]
    public void Without_a_delay_a_hole_is_due_when_it_is_found()
    {
        using var log = new MemoryLog();
        Assert.That(Scan(new LossDetector(StaticFeedbackDelay.None), log, 0, 96, 5), Is.EqualTo((0L, true, new LossGap(InitialTermId, 0, 96))));
    }

    [Test]
    public void The_scan_ends_with_its_term_and_a_hole_with_it()
    {
        using var log = new MemoryLog();
        for (int offset = 0; offset < TermLength; offset += 8192)
        {
            Put(log, offset, 8192);
        }

        var detector = new LossDetector(StaticFeedbackDelay.None);
        Assert.That(Scan(detector, log, 0, TermLength + 640, 0), Is.EqualTo(((long)TermLength, false, default(LossGap))));
        Assert.That(detector.Scan(log.Log.Terms[1], TermLength, TermLength + 640, InitialTermId, 0, out _, out LossGap due), Is.EqualTo(TermLength));
        Assert.That(due, Is.EqualTo(new LossGap(InitialTermId + 1, 0, 640)));
    }

    [Test]
    public void Padding_is_followed_by_its_length_also_beyond_the_high_water_mark()
    {
        using var log = new MemoryLog();
        Put(log, 0, TermLength, FrameType.Pad);
        Assert.That(Scan(new LossDetector(StaticFeedbackDelay.None), log, 0, 32, 0), Is.EqualTo(((long)TermLength, false, default(LossGap))));
    }

    [Test]
    public void A_length_that_leads_out_of_the_term_is_not_followed()
    {
        using var log = new MemoryLog();
        log.Log.Terms[0].PutInt(0, int.MaxValue);
        log.Log.Terms[1].PutInt(TermLength - 32, 64);
        Assert.That(TermGapScanner.Scan(log.Log.Terms[0], 0, TermLength, out int gapLength), Is.Zero);
        Assert.That(gapLength, Is.Zero);
        Assert.That(TermGapScanner.Scan(log.Log.Terms[1], TermLength - 32, TermLength, out gapLength), Is.EqualTo(TermLength - 32));
        Assert.That(gapLength, Is.Zero);
    }

    [Test]
    public void A_hole_is_filled_with_one_padding_frame_only_while_it_is_empty()
    {
        using var log = new MemoryLog();
        Put(log, 256, 64);
        Assert.That(TermGapFiller.TryFill(log.Log.Terms[0], 1, 2, InitialTermId, 64, 256), Is.False);
        Assert.That(TermGapFiller.TryFill(log.Log.Terms[0], 1, 2, InitialTermId, 64, 192), Is.True);
        DataHeader header = log.Header(0, 64);
        Assert.That(header.Frame, Is.EqualTo(new FrameHeader { FrameLength = 192, Flags = FrameFlags.Unfragmented, Type = FrameType.Pad }));
        Assert.That((header.TermId, header.TermOffset, header.SessionId, header.StreamId), Is.EqualTo((InitialTermId, 64, 1, 2)));
    }

    [Test]
    public void The_delays_of_a_group_are_spread_from_nothing_to_the_longest()
    {
        const long MaxNs = 10_000_000;
        var delay = new OptimalMulticastFeedbackDelay(MaxNs, 10, new Random(1));
        long[] delays = [.. Enumerable.Range(0, 10_000).Select(_ => delay.NextDelayNs()).Order()];
        Assert.That(delays, Is.All.InRange(0L, MaxNs));
        // Of the distribution function (e^(λx/T) - 1) / (e^λ - 1) with λ = ln 10 + 1: the median is at 0.797 T.
        Assert.That(delays[delays.Length / 2] / (double)MaxNs, Is.EqualTo(0.797).Within(0.02));
        Assert.That(delays[^1], Is.GreaterThan(MaxNs * 99 / 100));
    }

    private static (long Rebuilt, bool IsNew, LossGap Due) Scan(LossDetector detector, MemoryLog log, long from, long to, long nowNs)
    {
        long rebuilt = detector.Scan(log.Log.Terms[0], from, to, InitialTermId, nowNs, out bool isNew, out LossGap due);
        return (rebuilt, isNew, due);
    }

    private static void Put(MemoryLog log, int offset, int length, FrameType type = FrameType.Data)
    {
        UnsafeBuffer term = log.Log.Terms[0];
        term.PutShort(offset + DataHeader.TypeOffset, (short)type);
        term.PutInt(offset, length);
    }
}
