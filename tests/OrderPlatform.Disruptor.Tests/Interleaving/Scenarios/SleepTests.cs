using static OrderPlatform.Disruptor.Tests.Interleaving.RingScenario;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>Sleepers and those who wake them: a lost wake-up would be a deadlock.</summary>
public sealed class SleepTests
{
    [Test]
    public void A_consumer_that_sleeps_misses_nothing([Values] bool isSingle)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle, 2);
        ring.AddConsumer();
        Sleeper<ModelMemory> sleeper = ring.AddSleeper("consumer 0");
        ring.Sequencer.AddWakeTarget(sleeper);
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 1 + Deeper, isSingle ? Publishing.SplitOne : Publishing.Split)],
            [Consumers.Asleep(ring, 0, sleeper)],
            Producers.Closer(ring)));
    }

    [Test]
    public void A_consumer_that_sleeps_behind_one_step_publications_misses_nothing()
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: true, 2);
        ring.AddConsumer();
        Sleeper<ModelMemory> sleeper = ring.AddSleeper("consumer 0");
        ring.Sequencer.AddWakeTarget(sleeper);
        Checker.Verify(Of(
            ring, [Producers.Send(ring, 1, 1 + Deeper, Publishing.OneStep)], [Consumers.Asleep(ring, 0, sleeper)], Producers.Closer(ring)));
    }

    [Test]
    public void A_producer_that_sleeps_for_room_is_woken_by_the_consumer_or_the_closing([Values] bool isSingle, [Values] bool isClosed)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle, 1);
        ring.AddConsumer();
        Sleeper<ModelMemory> sleeper = ring.AddSleeper("producer 1");
        ring.Cursor(0).AddWakeTarget(sleeper);
        ModelThread producer = Producers.Send(ring, 1, 2 + Deeper, Publishing.Split, sleeper: sleeper);
        // Without a consumer only the closing can wake the producer.
        Checker.Verify(isClosed
            ? new Scenario(
                ring.Cells, [producer, Producers.Closer(ring)], ends => Violation.Unless(ends[0].Number <= 1, "more was sent than there was room for"))
            : Of(ring, [producer], [Consumers.UpTo(ring, 0, 2 + Deeper)]));
    }

    [Test]
    public void Two_producers_that_publish_at_once_wake_the_sleeper()
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: false, 2);
        ring.AddConsumer();
        Sleeper<ModelMemory> sleeper = ring.AddSleeper("consumer 0");
        ring.Sequencer.AddWakeTarget(sleeper);
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 1, Publishing.Split), Producers.Send(ring, 2, 1, Publishing.Split)],
            [Consumers.AsleepUpTo(ring, 0, sleeper, 2)]));
    }
}
