using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>From active to done.</summary>
[TestFixture]
internal sealed class PublicationLifeTests
{
    [Test]
    public void After_the_close_what_is_left_is_sent_and_then_the_end_is_told()
    {
        using var bench = new SendingBench();
        bench.Connect(window: 1408);
        long end = bench.Offer(1000, 3);
        bench.Settle();
        bench.Publication.BeginClose(bench.Clock.NanoTime);
        Assert.That(bench.Log.MetaData.GetLong(LogBufferDescriptor.EndOfStreamPositionOffset), Is.EqualTo(end));
        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Draining));
        Assert.That(LastFlags(bench), Is.EqualTo(FrameFlags.Unfragmented));
        bench.ArriveStatusMessage(1056);
        bench.Settle();
        Assert.That(bench.SenderPosition.Get(), Is.EqualTo(end));
        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Linger));
        bench.SettleAfter(TimeSpan.FromMilliseconds(101));
        Assert.That(LastFlags(bench), Is.EqualTo(FrameFlags.Unfragmented | FrameFlags.EndOfStream));
        for (int second = 0; second < 4; second++)
        {
            bench.ArriveStatusMessage(end);
            Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Linger));
        }

        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Done));
    }

    [Test]
    public void With_eos_false_the_end_is_not_told()
    {
        using var bench = new SendingBench(new BenchSettings { SignalEndOfStream = false });
        bench.Connect();
        bench.Publication.BeginClose(bench.Clock.NanoTime);
        bench.SettleAfter(TimeSpan.FromMilliseconds(101));
        Assert.That(LastFlags(bench), Is.EqualTo(FrameFlags.Unfragmented));
    }

    [Test]
    public void A_unicast_receiver_that_is_finished_cuts_the_linger_short()
    {
        using var bench = new SendingBench();
        bench.Connect();
        bench.Publication.BeginClose(bench.Clock.NanoTime);
        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Linger));
        bench.ArriveStatusMessage(0, flags: FrameFlags.StatusEndOfStream);
        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Done));
    }

    [Test]
    public void A_receiver_that_was_finished_and_came_again_has_its_linger()
    {
        using var bench = new SendingBench();
        bench.Connect();
        bench.ArriveStatusMessage(0, flags: FrameFlags.StatusEndOfStream);
        bench.ArriveStatusMessage(0);
        bench.Settle();
        bench.Publication.BeginClose(bench.Clock.NanoTime);
        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Linger));
        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Linger));
    }

    [Test]
    public void Without_receivers_what_is_left_is_given_up()
    {
        using var bench = new SendingBench();
        bench.Connect(window: 32);
        bench.Offer(1000, 3);
        bench.Settle();
        bench.SettleAfter(TimeSpan.FromSeconds(6));
        bench.Publication.BeginClose(bench.Clock.NanoTime);
        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Linger));
    }

    [Test]
    public void A_revoked_publication_says_so_and_is_not_drained()
    {
        using var bench = new SendingBench(new BenchSettings { IsExclusive = true });
        bench.Connect(window: 32);
        long end = bench.Offer(1000, 3);
        bench.Settle();
        bench.Publication.Revoke(bench.Clock.NanoTime);
        bench.SettleAfter(TimeSpan.FromMilliseconds(101));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Publication.State, Is.EqualTo(PublicationState.Linger));
            Assert.That(LastFlags(bench), Is.EqualTo(0xF0));
            Assert.That(bench.Log.MetaData.GetByte(LogBufferDescriptor.IsPublicationRevokedOffset), Is.EqualTo(1));
            Assert.That(bench.Log.MetaData.GetLong(LogBufferDescriptor.EndOfStreamPositionOffset), Is.EqualTo(end));
            Assert.That(bench.IsConnectedInLog, Is.False);
            Assert.That(bench.Counters[SystemCounterId.PublicationsRevoked].Get(), Is.EqualTo(1));
        }

        bench.Publication.BeginClose(bench.Clock.NanoTime);
        Assert.That(bench.Publication.State, Is.EqualTo(PublicationState.Linger));
    }

    [Test]
    public void A_claim_of_a_dead_writer_is_unblocked_after_the_timeout()
    {
        using var bench = new SendingBench();
        bench.Connect();
        Assert.That(bench.Appender.TryClaim(100, new BufferClaim()), Is.Positive);
        long end = bench.Offer(50);
        bench.Settle();
        Assert.That(bench.SenderPosition.Get(), Is.Zero);
        for (int second = 0; second < 16; second++)
        {
            bench.ArriveStatusMessage(0);
            OnTimer(bench);
            Assert.That(bench.SenderPosition.Get(), Is.Zero);
        }

        OnTimer(bench);
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.SenderPosition.Get(), Is.EqualTo(end));
            Assert.That(bench.Counters[SystemCounterId.UnblockedPublications].Get(), Is.EqualTo(1));
        }
    }

    [Test]
    public void A_stream_that_waits_for_its_receiver_is_not_taken_for_a_dead_writer()
    {
        using var bench = new SendingBench();
        bench.Connect(window: 32);
        bench.Offer(100, 2);
        for (int second = 0; second < 40; second++)
        {
            bench.ArriveStatusMessage(0, window: 32);
            OnTimer(bench);
        }

        Assert.That(bench.Counters[SystemCounterId.UnblockedPublications].Get(), Is.Zero);
        bench.ArriveStatusMessage(0);
        bench.Settle();
        Assert.That(bench.Sent.Sum(static sent => sent.Bytes.Length > 40 ? sent.Bytes.Length : 0), Is.EqualTo(2 * 160));
    }

    [Test]
    public void A_claim_that_is_open_at_the_close_is_unblocked_at_once()
    {
        using var bench = new SendingBench(new BenchSettings { IsExclusive = true });
        bench.Connect();
        Assert.That(bench.Appender.TryClaim(100, new BufferClaim()), Is.Positive);
        bench.Settle();
        bench.Publication.BeginClose(bench.Clock.NanoTime);
        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Draining));
        Assert.That(OnTimer(bench), Is.EqualTo(PublicationState.Linger));
        Assert.That(bench.SenderPosition.Get(), Is.EqualTo(160));
    }

    private static PublicationState OnTimer(SendingBench bench)
    {
        bench.SettleAfter(TimeSpan.FromSeconds(1));
        PublicationState state = bench.Publication.OnTimeEvent(bench.Clock.NanoTime);
        bench.Settle();
        return state;
    }

    private static int LastFlags(SendingBench bench) => SendingBench.DataHeaderOf(bench.Sent[^1].Bytes).Frame.Flags;
}
