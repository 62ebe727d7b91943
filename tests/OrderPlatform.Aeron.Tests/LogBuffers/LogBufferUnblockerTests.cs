using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.LogBuffers;

/// <summary>What a dead writer left behind is passed over; what lives is left alone.</summary>
[TestFixture]
internal sealed class LogBufferUnblockerTests
{
    private MemoryLog _log = null!;

    [SetUp]
    public void Create() => _log = new MemoryLog();

    [TearDown]
    public void Dispose() => _log.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public void A_claim_that_is_never_committed_becomes_padding(bool isExclusive)
    {
        var appender = new Appender(_log.Log, isExclusive);
        appender.Offer(new byte[10]);
        appender.TryClaim(100, new BufferClaim());
        appender.Offer(new byte[20]);

        Assert.That(Unblock(64), Is.True);
        DataHeader padding = _log.Header(0, 64);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(padding.Frame.Type, Is.EqualTo(FrameType.Pad));
            Assert.That(padding.Frame.FrameLength, Is.EqualTo(132));
            Assert.That(padding.TermOffset, Is.EqualTo(64));
            Assert.That(padding.TermId, Is.EqualTo(7));
            Assert.That(padding.SessionId, Is.EqualTo(MemoryLog.SessionId));
            Assert.That(padding.StreamId, Is.EqualTo(MemoryLog.StreamId));
        }
    }

    [Test]
    public void A_claim_without_a_length_becomes_padding_up_to_the_next_frame()
    {
        ClaimWithoutWriting(256);
        new Appender(_log.Log, isExclusive: false).Offer(new byte[20]);

        Assert.That(Unblock(0), Is.True);
        Assert.That(_log.Header(0, 0).Frame.FrameLength, Is.EqualTo(256));
    }

    [Test]
    public void A_claim_without_a_length_and_nothing_behind_it_is_left_alone()
    {
        ClaimWithoutWriting(256);
        Assert.That(Unblock(0), Is.False);
        Assert.That(_log.Header(0, 0).Frame.FrameLength, Is.Zero);
    }

    [Test]
    public void A_committed_frame_is_left_alone()
    {
        new Appender(_log.Log, isExclusive: false).Offer(new byte[20]);
        Assert.That(Unblock(0), Is.False);
        Assert.That(_log.Header(0, 0).Frame.Type, Is.EqualTo(FrameType.Data));
    }

    [TestCase(65536 + 32)]
    [TestCase(8)]
    [TestCase(int.MinValue)]
    public void A_claimed_length_that_cannot_be_is_not_believed(int claimed)
    {
        ClaimWithoutWriting(256);
        _log.Log.Terms[0].PutInt(0, unchecked(-claimed));
        Assert.That(Unblock(0), Is.False);
    }

    [Test]
    public void A_claim_over_the_terms_end_becomes_padding_and_the_log_is_rotated()
    {
        const int Offset = 65536 - 96;
        using var log = new MemoryLog(startTermOffset: Offset);
        log.MetaData.GetAndAddLong(0, 128);

        Assert.That(LogBufferUnblocker.Unblock(log.Log.Terms, log.MetaData, Offset, log.TermLength), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Header(0, Offset).Frame.FrameLength, Is.EqualTo(96));
            Assert.That(LogTail.ActiveTermCount(log.MetaData), Is.EqualTo(1));
            Assert.That(LogTail.RawTail(log.MetaData, 1), Is.EqualTo(LogTail.Pack(8, 0)));
            Assert.That(LogTail.ProducerPosition(log.MetaData), Is.EqualTo(65536));
        }
    }

    [Test]
    public void A_full_term_that_nobody_rotated_is_rotated()
    {
        using var log = new MemoryLog(startTermOffset: 65536 - 64);
        new Appender(log.Log, isExclusive: false).Offer(new byte[32]);

        Assert.That(LogBufferUnblocker.Unblock(log.Log.Terms, log.MetaData, 65536, log.TermLength), Is.True);
        Assert.That(LogTail.ActiveTermCount(log.MetaData), Is.EqualTo(1));
        Assert.That(new Appender(log.Log, isExclusive: false).Offer(new byte[32]), Is.EqualTo(65536 + 64));
    }

    [Test]
    public void A_rotation_that_stopped_half_way_is_finished()
    {
        using var log = new MemoryLog(startTermOffset: 65536 - 64);
        new Appender(log.Log, isExclusive: false).Offer(new byte[32]);
        log.MetaData.PutLongRelease(LogTail.TailOffset(1), LogTail.Pack(8, 0));

        Assert.That(LogBufferUnblocker.Unblock(log.Log.Terms, log.MetaData, 65536, log.TermLength), Is.True);
        Assert.That(LogTail.ActiveTermCount(log.MetaData), Is.EqualTo(1));
    }

    [Test]
    public void A_position_of_another_term_than_the_tails_is_left_alone()
    {
        var appender = new Appender(_log.Log, isExclusive: false);
        appender.TryClaim(100, new BufferClaim());
        Assert.That(Unblock(3L * _log.TermLength), Is.False);
        Assert.That(Unblock(_log.TermLength + 32), Is.False);
    }

    [Test]
    public void Metadata_full_of_nonsense_never_leads_out_of_the_log()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"Seed {seed}.");
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++)
        {
            for (int index = 0; index < LogBufferDescriptor.PartitionCount; index++)
            {
                long termId = random.Next(3) == 0 ? random.Next() : 7 + random.Next(4);
                _log.MetaData.PutLong(LogTail.TailOffset(index), (termId << 32) | (uint)(random.Next(4) == 0 ? random.Next() : random.Next(70_000)));
                _log.Log.Terms[index].PutInt(random.Next(2048) * 32, random.Next(3) == 0 ? random.Next(int.MinValue, int.MaxValue) : 0);
            }

            _log.MetaData.PutInt(LogBufferDescriptor.ActiveTermCountOffset, random.Next(4) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(4));
            LogBufferUnblocker.Unblock(_log.Log.Terms, _log.MetaData, random.NextInt64(4L * _log.TermLength), _log.TermLength);
            LogTail.ProducerPosition(_log.MetaData);
        }

        Assert.That(_log.Log.TermLength, Is.EqualTo(65536));
    }

    private bool Unblock(long position) => LogBufferUnblocker.Unblock(_log.Log.Terms, _log.MetaData, position, _log.TermLength);

    private void ClaimWithoutWriting(int length) => _log.MetaData.GetAndAddLong(0, length);
}
