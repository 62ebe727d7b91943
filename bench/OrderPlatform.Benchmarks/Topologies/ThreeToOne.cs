using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Benchmarks.Topologies;

/// <summary>
/// Three producers, one consumer, 64-byte events; the order of each producer is checked. The system places the four threads.
/// <code>
///   P0 ──┐
///   P1 ──┼──► [ ] ──► C
///   P2 ──┘
/// </code>
/// </summary>
internal sealed class ThreeToOne : ITopology
{
    private const int Producers = 3;
    private const int Capacity = 65_536;
    private const int BatchMax = 4_096;

    public string Name => "3p1c";

    public IReadOnlyList<Contestant> Contestants =>
    [
        new("ring", Ring), new("channel", Conduit<ChannelConduit<Slot64>>), new("queue", Conduit<QueueConduit<Slot64>>),
    ];

    private static RunResult Ring(TimeSpan time)
    {
        using RingBuffer<Slot64> ring = RingBuffer<Slot64>.CreateMultiProducer(Capacity);
        EventPoller<Slot64> poller = ring.NewPoller();
        var check = new MergeCheck(Producers);
        var wait = new GatheringWaitStrategy<YieldingWaitStrategy>(default);
        return Run(
            time,
            origin => first => Send(ring, first, origin),
            () =>
            {
                int count = poller.Poll(ref check, BatchMax);
                wait.Idle(count);
                return count;
            },
            check);
    }

    private static RunResult Conduit<TConduit>(TimeSpan time)
        where TConduit : struct, IConduit<TConduit, Slot64>
    {
        TConduit conduit = TConduit.Create(Capacity, isSingleWriter: false);
        var check = new MergeCheck(Producers);
        var wait = default(YieldingWaitStrategy);
        return Run(
            time,
            origin =>
            {
                TConduit own = conduit;
                return first => ConduitEnds.Send<TConduit, Slot64>(ref own, first, origin);
            },
            () =>
            {
                int count = Take(conduit, ref check);
                wait.Idle(count);
                return count;
            },
            check);
    }

    private static RunResult Run(TimeSpan time, Func<long, Action<long>> sender, Func<int> take, MergeCheck check)
    {
        var ending = new Ending(time, Producers);
        double batch = 0;
        Role[] producers = [.. Enumerable.Range(0, Producers).Select(number => new Role(null, () => ending.Produce(sender(MergeCheck.Origin(number)))))];
        double seconds = Crew.Run([.. producers, new Role(null, () => batch = ending.Consume(take))]);
        check.Verify(ending.Total);
        return new RunResult(ending.Total, seconds, batch);
    }

    private static void Send(RingBuffer<Slot64> ring, long first, long origin)
    {
        var wait = default(YieldingWaitStrategy);
        for (long value = first; value < first + Ending.Chunk; value++)
            ring.PublishEvent(new Fill<Slot64>(origin | value), ref wait);
    }

    private static int Take<TConduit>(TConduit conduit, ref MergeCheck check)
        where TConduit : struct, IConduit<TConduit, Slot64>
    {
        int count = 0;
        for (; count < ConduitEnds.BatchMax && conduit.TryTake(out Slot64 slot); count++)
            check.OnEvent(ref slot, 0, false);
        return count;
    }
}
