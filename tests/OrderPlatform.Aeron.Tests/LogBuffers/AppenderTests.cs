using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.LogBuffers;

/// <summary>What both appenders do, and what they refuse.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class AppenderTests(bool isExclusive)
{
    [Test]
    public void A_message_in_two_parts_is_one_message()
    {
        byte[] message = MemoryLog.Payload(3, 3000);
        using var whole = new MemoryLog();
        using var parts = new MemoryLog();
        Open(whole).Offer(message);
        foreach (int cut in (int[])[0, 1, 1375, 1376, 1377, 2999, 3000])
        {
            parts.Log.Terms[0].Clear(0, parts.TermLength);
            parts.MetaData.PutLong(0, LogTail.Pack(7, 0));
            Open(parts).Offer(message.AsSpan(0, cut), message.AsSpan(cut), null);
            Assert.That(parts.Bytes(0, 0, 4096), Is.EqualTo(whole.Bytes(0, 0, 4096)), $"cut at {cut}");
        }
    }

    [Test]
    public void The_rest_of_a_term_is_padded_and_the_next_is_entered_across_the_wrap_of_ids()
    {
        using var log = new MemoryLog(int.MaxValue, startTermOffset: 65536 - 128);
        Appender appender = Open(log);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(appender.Offer(new byte[200]), Is.EqualTo(OfferResult.AdminAction));
            Assert.That(log.Header(0, 65536 - 128).Frame.Type, Is.EqualTo(FrameType.Pad));
            Assert.That(log.Header(0, 65536 - 128).Frame.FrameLength, Is.EqualTo(128));
            Assert.That(LogTail.ActiveTermCount(log.MetaData), Is.EqualTo(1));
            Assert.That(LogTail.RawTail(log.MetaData, 1), Is.EqualTo(LogTail.Pack(int.MinValue, 0)));
            Assert.That(appender.Position, Is.EqualTo(65536));
            Assert.That(appender.Offer(new byte[200]), Is.EqualTo(65536 + 256));
            Assert.That(log.Header(1, 0).TermId, Is.EqualTo(int.MinValue));
            Assert.That(LogTail.ProducerPosition(log.MetaData), Is.EqualTo(65536 + 256));
        }
    }

    [Test]
    public void A_term_that_is_exactly_full_is_left_without_padding()
    {
        using var log = new MemoryLog(startTermOffset: 65536 - 64);
        Appender appender = Open(log);
        Assert.That(appender.Offer(new byte[32]), Is.EqualTo(65536));
        Assert.That(appender.Offer(new byte[32]), Is.EqualTo(OfferResult.AdminAction));
        Assert.That(appender.Offer(new byte[32]), Is.EqualTo(65536 + 64));
    }

    [Test]
    public void Four_terms_are_written_one_over_the_other_in_three_partitions()
    {
        using var log = new MemoryLog(int.MaxValue - 1);
        Appender appender = Open(log);
        for (int message = 0; message < 64 * 4; message++)
        {
            Assert.That(appender.OfferUntilTaken(MemoryLog.Payload(message, 992), null), Is.EqualTo((message + 1) * 1024L));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Header(0, 0).TermId, Is.EqualTo(int.MinValue + 1));
            Assert.That(log.Header(1, 0).TermId, Is.EqualTo(int.MaxValue));
            Assert.That(log.Header(2, 0).TermId, Is.EqualTo(int.MinValue));
        }
    }

    [Test]
    public void Nothing_is_begun_at_the_limit()
    {
        using var log = new MemoryLog();
        Appender appender = Open(log);
        Assert.That(appender.Offer(new byte[10], limit: 0), Is.EqualTo(OfferResult.NotConnected));
        log.MetaData.PutInt(LogBufferDescriptor.IsConnectedOffset, 1);
        Assert.That(appender.Offer(new byte[10], limit: 0), Is.EqualTo(OfferResult.BackPressured));
        Assert.That(appender.TryClaim(10, new BufferClaim(), limit: 0), Is.EqualTo(OfferResult.BackPressured));
        Assert.That(appender.Offer(new byte[1000], limit: 1), Is.EqualTo(1056));
        Assert.That(appender.Offer(new byte[10], default, null, limit: 1056), Is.EqualTo(OfferResult.BackPressured));
    }

    [Test]
    public void The_last_term_of_all_ends_the_stream()
    {
        using var log = new MemoryLog(7, startTermId: unchecked(7 + int.MaxValue), startTermOffset: 65536 - 64);
        Appender appender = Open(log);
        long max = LogPosition.Max(65536);
        Assert.That(appender.Offer(new byte[100]), Is.EqualTo(OfferResult.MaxPositionExceeded));
        Assert.That(appender.Offer(new byte[100], limit: max), Is.EqualTo(OfferResult.MaxPositionExceeded));
        Assert.That(LogTail.ActiveTermCount(log.MetaData), Is.EqualTo(int.MaxValue));
    }

    [Test]
    public void A_message_that_is_too_long_is_refused_and_leaves_no_trace()
    {
        using var log = new MemoryLog();
        Appender appender = Open(log);
        Assert.That(() => appender.Offer(new byte[8193]), Throws.ArgumentException.With.Message.Contains("8192"));
        Assert.That(() => appender.TryClaim(1377, new BufferClaim()), Throws.ArgumentException.With.Message.Contains("1376"));
        Assert.That(() => appender.TryClaim(-1, new BufferClaim()), Throws.ArgumentException);
        Assert.That(appender.Position, Is.Zero);
        Assert.That(appender.Offer(new byte[8192]), Is.Positive);
    }

    [Test]
    public void A_supplier_that_throws_leaves_padding_and_not_a_hole()
    {
        using var log = new MemoryLog();
        Appender appender = Open(log);
        int calls = 0;
        Assert.That(
            () => appender.Offer(new byte[3000], default, _ => ++calls == 2 ? throw new InvalidOperationException("no") : 5L),
            Throws.InvalidOperationException);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Header(0, 0).ReservedValue, Is.EqualTo(5));
            Assert.That(log.Header(0, 1408).Frame.Type, Is.EqualTo(FrameType.Pad));
            Assert.That(log.Header(0, 1408).Frame.FrameLength, Is.EqualTo(appender.Position - 1408));
        }
    }

    [Test]
    public void A_supplier_sees_the_frame_that_it_is_asked_for()
    {
        using var log = new MemoryLog();
        byte[] message = MemoryLog.Payload(1, 2000);
        var seen = new List<byte>();
        Open(log).Offer(message, default, frame =>
        {
            seen.AddRange(frame[DataHeader.LengthBytes..].ToArray());
            return 0;
        });
        Assert.That(seen, Is.EqualTo(message));
    }

    [Test]
    public void A_claim_is_counted_until_it_is_ended_and_cannot_be_ended_twice()
    {
        using var log = new MemoryLog();
        Appender appender = Open(log);
        var claim = new BufferClaim();
        Assert.That(appender.TryClaim(5, claim), Is.EqualTo(64));
        Assert.That(appender.Claims.IsZero, Is.False);
        Assert.That(() => appender.TryClaim(5, claim), Throws.InvalidOperationException);
        claim.ReservedValue = -7;
        claim.Data[4] = 9;
        claim.Commit();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(appender.Claims.IsZero, Is.True);
            Assert.That(claim.Data.IsEmpty, Is.True);
            Assert.That(claim.Length, Is.Zero);
            Assert.That(claim.Commit, Throws.InvalidOperationException);
            Assert.That(claim.Abort, Throws.InvalidOperationException);
            Assert.That(() => claim.ReservedValue, Throws.InvalidOperationException);
            Assert.That(log.Header(0, 0).ReservedValue, Is.EqualTo(-7));
            Assert.That(log.Bytes(0, 36, 1), Is.EqualTo(new byte[] { 9 }));
        }
    }

    [Test]
    public void Appending_allocates_nothing()
    {
        using var log = new MemoryLog();
        Appender appender = Open(log);
        byte[] small = new byte[100];
        byte[] large = new byte[4000];
        var claim = new BufferClaim();
        void Round()
        {
            for (int count = 0; count < 200; count++)
            {
                appender.Offer(small);
                appender.Offer(large);
                appender.Offer(small, large, null);
                if (appender.TryClaim(50, claim) > 0)
                    claim.Commit();
            }
        }

        Assert.That(OrderPlatform.Tests.AllocationCount.LeastOfRounds(Round), Is.Zero);
    }

    private Appender Open(MemoryLog log) => new(log.Log, isExclusive);
}
