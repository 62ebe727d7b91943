using static OrderPlatform.Disruptor.Tests.Interleaving.RingScenario;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// A third thread closes the ring under producers and consumers: what was answered with Claimed is consumed once, what was answered with
/// Closed never, and everybody comes to an end.
/// </summary>
public sealed class ClosingTests
{
    [Test]
    public void A_single_producer_is_closed_under([Values(0, 1, 2, 3)] int publishing)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: true, 2);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 3 + Deeper, (Publishing)publishing, batch: 2)],
            [Consumers.UntilDrained(ring, 0)],
            Producers.Closer(ring)));
    }

    [Test]
    public void A_chain_is_closed_under([Values(1, 2)] int publishing)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: true, 2);
        ring.AddConsumer();
        ring.AddConsumer(0);
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 2 + Deeper, (Publishing)publishing)],
            [Consumers.UntilDrained(ring, 0), Consumers.UntilDrained(ring, 1, after: 0)],
            Producers.Closer(ring)));
    }

    [Test]
    public void Claims_that_are_given_up_are_closed_under([Values] bool isSingle)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle, 2);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 2 + Deeper, Publishing.Split, number => number == 1)],
            [Consumers.UntilDrained(ring, 0)],
            Producers.Closer(ring)));
    }

    [Test]
    public void One_of_many_producers_is_closed_under()
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: false, 2);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring, [Producers.Send(ring, 1, 3 + Deeper, Publishing.Split)], [Consumers.UntilDrained(ring, 0)], Producers.Closer(ring)));
    }

    [Test]
    public void Two_producers_are_closed_under()
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: false, 2);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 1, Publishing.Split), Producers.Send(ring, 2, 1 + Deeper, Publishing.Split)],
            [Consumers.UntilDrained(ring, 0)],
            Producers.Closer(ring)));
    }

    [Test]
    public void Two_threads_close_at_once([Values] bool isSingle)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle, 2);
        ring.AddConsumer();
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, 1 + Deeper, Publishing.Split)],
            [Consumers.UntilDrained(ring, 0)],
            Producers.Closer(ring),
            ModelThread.Once("second closer", _ => ring.Close())));
    }
}
