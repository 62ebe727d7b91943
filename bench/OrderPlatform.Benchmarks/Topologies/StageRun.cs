using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Stages;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Benchmarks.Topologies;

/// <summary>One producer and the stages of a graph, each stage on a thread of its own or all on one.</summary>
internal static class StageRun
{
    public const int Capacity = 65_536;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(20);

    /// <param name="time">How long to publish.</param>
    /// <param name="isFused">All stages on the second processor; else the system places a thread a stage.</param>
    /// <param name="stages">Names, each followed by the stages that it runs behind.</param>
    public static RunResult Run(TimeSpan time, bool isFused, params string[][] stages)
    {
        using RingBuffer<Slot64> ring = RingBuffer<Slot64>.CreateSingleProducer(Capacity);
        var graph = new StageGraph<Slot64>(ring);
        List<StageResult> results = [];
        foreach (string[] stage in stages)
        {
            var result = new StageResult();
            results.Add(result);
            graph.Add(stage[0], new StageCheck<Slot64>(result), stage.AsSpan(1));
        }

        using Pipeline<Slot64> pipeline = graph.Build(batchMax: 4_096);
        ThreadPlan[] plan = isFused ? [new ThreadPlan(Crew.Second, [.. stages.Select(stage => stage[0])])] : [];
        pipeline.Start(static _ => new GatheringWaitStrategy<YieldingWaitStrategy>(default), plan);
        var ending = new Ending(time);
        double seconds = Crew.Run(new Role(isFused ? Crew.First : null, () =>
        {
            var wait = default(YieldingWaitStrategy);
            ending.Produce(first => Send(ring, first, ref wait));
            pipeline.Shutdown(DrainLimit);
        }));
        foreach (StageResult result in results)
            result.Checksum.Verify(ending.Total);
        return new RunResult(ending.Total, seconds, (double)ending.Total / results[^1].Batches);
    }

    private static void Send(RingBuffer<Slot64> ring, long first, ref YieldingWaitStrategy wait)
    {
        for (long value = first; value < first + Ending.Chunk; value++)
            ring.PublishEvent(new Fill<Slot64>(value), ref wait);
    }
}
