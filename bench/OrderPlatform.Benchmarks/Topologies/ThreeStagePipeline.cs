using OrderPlatform.Benchmarks.Measuring;

namespace OrderPlatform.Benchmarks.Topologies;

/// <summary>
/// One producer, three stages one behind the other, 64-byte events. The ring's stages read one slot in turn; between the stages of the
/// others there is a channel or a queue each.
/// <code>
///   P ──► S1 ──► S2 ──► S3
/// </code>
/// </summary>
internal sealed class ThreeStagePipeline : ITopology
{
    public string Name => "pipeline";

    public IReadOnlyList<Contestant> Contestants =>
    [
        new("ring", static time => Ring(time, isFused: false)),
        new("ring-fused", static time => Ring(time, isFused: true)),
        new("channel", Conduit<ChannelConduit<Slot64>>),
        new("queue", Conduit<QueueConduit<Slot64>>),
    ];

    private static RunResult Ring(TimeSpan time, bool isFused) =>
        StageRun.Run(time, isFused, ["first"], ["second", "first"], ["third", "second"]);

    private static RunResult Conduit<TConduit>(TimeSpan time)
        where TConduit : struct, IConduit<TConduit, Slot64>
    {
        TConduit first = TConduit.Create(StageRun.Capacity, isSingleWriter: true);
        TConduit second = TConduit.Create(StageRun.Capacity, isSingleWriter: true);
        TConduit third = TConduit.Create(StageRun.Capacity, isSingleWriter: true);
        ConduitInspector<TConduit, Slot64>[] stages = [new(first, second), new(second, third), new(third)];
        var ending = new Ending(time);
        double batch = 0;
        double seconds = Crew.Run(
            new Role(null, () => ending.Produce(value => ConduitEnds.Send<TConduit, Slot64>(ref first, value))),
            new Role(null, () => ending.Consume(stages[0].Take)),
            new Role(null, () => ending.Consume(stages[1].Take)),
            new Role(null, () => batch = ending.Consume(stages[2].Take)));
        foreach (ConduitInspector<TConduit, Slot64> stage in stages)
            stage.Verify(ending.Total);
        return new RunResult(ending.Total, seconds, batch);
    }
}
