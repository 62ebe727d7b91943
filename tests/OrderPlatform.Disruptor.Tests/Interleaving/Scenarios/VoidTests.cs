using static OrderPlatform.Disruptor.Tests.Interleaving.RingScenario;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>Claims that are given up: no consumer sees one, misses an event beside it, or is held up by it.</summary>
public sealed class VoidTests
{
    [Test]
    public void A_single_producers_voids_are_passed_unseen([Values(0, 1)] int remainder)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: true, 2);
        ring.AddConsumer();
        ring.AddConsumer(0);
        int events = 4 + Deeper;
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, events, Publishing.SplitOne, number => number % 2 == remainder)],
            [Consumers.UpTo(ring, 0, events), Consumers.UpTo(ring, 1, events, after: 0)]));
    }

    [Test]
    public void One_of_many_producers_gives_up_what_another_publishes_beside()
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: false, 2);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 1 + Deeper, Publishing.Split, _ => true), Producers.Send(ring, 2, 2, Publishing.Split)],
            [Consumers.UpTo(ring, 0, 3 + Deeper)]));
    }

    [Test]
    public void Two_of_many_producers_give_up_at_once()
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: false, 2);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 1, Publishing.Split, _ => true), Producers.Send(ring, 2, 1, Publishing.Split, _ => true)],
            [Consumers.UpTo(ring, 0, 2)]));
    }

    [Test]
    public void A_batch_is_given_up_whole()
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: true, 4);
        ring.AddConsumer();
        int events = 6 + Deeper;
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, events, Publishing.Batch, number => number == 3, batch: 2, least: 2)],
            [Consumers.UpTo(ring, 0, events)]));
    }
}
