using static OrderPlatform.Disruptor.Tests.Interleaving.RingScenario;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>One producer in each of its ways to publish, before one stage, a chain of two, and a diamond.</summary>
public sealed class SingleProducerTests
{
    private const int Events = 4;

    [Test]
    public void A_consumer_sees_everything_in_order([Values] bool pollsOneByOne, [Values(0, 1, 2, 3)] int publishing)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: true, 2);
        ring.AddConsumer();
        Checker.Verify(Of(ring, [Send(ring, publishing)], [Consumers.UpTo(ring, 0, Events + Deeper, pollsOneByOne ? 1 : int.MaxValue)]));
    }

    [Test]
    public void The_second_stage_of_a_chain_sees_what_the_first_has_done([Values(1, 2)] int publishing)
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: true, 2);
        ring.AddConsumer();
        ring.AddConsumer(0);
        Checker.Verify(Of(
            ring,
            [Send(ring, publishing)],
            [Consumers.UpTo(ring, 0, Events + Deeper), Consumers.UpTo(ring, 1, Events + Deeper, after: 0)]));
    }

    [Test]
    public void The_last_stage_of_a_diamond_sees_what_both_before_it_have_done()
    {
        using var ring = new ModelRing<ModelMemory>(isSingle: true, 2);
        ring.AddConsumer();
        ring.AddConsumer();
        ring.AddConsumer(0, 1);
        int events = 3 + Deeper;
        Checker.Verify(Of(
            ring,
            [Producers.Send(ring, 1, events, Publishing.OneStep)],
            [Consumers.UpTo(ring, 0, events), Consumers.UpTo(ring, 1, events), Consumers.UpTo(ring, 2, events, after: [0, 1])]));
    }

    private static ModelThread Send(ModelRing<ModelMemory> ring, int publishing) =>
        Producers.Send(ring, 1, Events + Deeper, (Publishing)publishing, batch: 2);
}
