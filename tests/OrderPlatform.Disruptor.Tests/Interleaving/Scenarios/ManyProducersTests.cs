using static OrderPlatform.Disruptor.Tests.Interleaving.RingScenario;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>Many producers: claims by swap, publication by marks, a ring that wraps and is full now and then.</summary>
public sealed class ManyProducersTests
{
    [TestCase(1, 2, 1)]
    [TestCase(2, 2, int.MaxValue)]
    [TestCase(2, 1, 1)]
    public void Two_producers_and_a_consumer_pass_everything_in_order(int capacity, int events, int limit)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: false, capacity);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, events + Deeper, Publishing.Split), Producers.Send(ring, 2, events, Publishing.Split)],
            [Consumers.UpTo(ring, 0, (2 * events) + Deeper, limit)]));
    }

    [Test]
    public void A_batch_and_single_claims_share_the_ring([Values(1, 2)] int least)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: false, 2);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 2, Publishing.Batch, batch: 2, least: least), Producers.Send(ring, 2, 1 + Deeper, Publishing.Split)],
            [Consumers.UpTo(ring, 0, 3 + Deeper)]));
    }

    [Test]
    public void One_producer_wraps_over_many_laps()
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: false, 2);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring, [Producers.Send(ring, 1, 5 + Deeper, Publishing.Split)], [Consumers.UpTo(ring, 0, 5 + Deeper)]));
    }
}
