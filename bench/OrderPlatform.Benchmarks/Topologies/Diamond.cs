using OrderPlatform.Benchmarks.Measuring;

namespace OrderPlatform.Benchmarks.Topologies;

/// <summary>
/// One producer, two stages side by side, a third behind both, 64-byte events. The others have a channel or a queue at each arrow, so the
/// producer puts each event twice.
/// <code>
///        ┌──► A ──┐
///   P ──►┤        ├──► C
///        └──► B ──┘
/// </code>
/// </summary>
internal sealed class Diamond : ITopology
{
    public string Name => "diamond";

    public IReadOnlyList<Contestant> Contestants =>
    [
        new("ring", static time => Ring(time, isFused: false)),
        new("ring-fused", static time => Ring(time, isFused: true)),
        new("channel", Conduit<ChannelConduit<Slot64>>),
        new("queue", Conduit<QueueConduit<Slot64>>),
    ];

    private static RunResult Ring(TimeSpan time, bool isFused) => StageRun.Run(time, isFused, ["a"], ["b"], ["c", "a", "b"]);

    private static RunResult Conduit<TConduit>(TimeSpan time)
        where TConduit : struct, IConduit<TConduit, Slot64>
    {
        TConduit toA = TConduit.Create(StageRun.Capacity, isSingleWriter: true);
        TConduit toB = TConduit.Create(StageRun.Capacity, isSingleWriter: true);
        TConduit fromA = TConduit.Create(StageRun.Capacity, isSingleWriter: true);
        TConduit fromB = TConduit.Create(StageRun.Capacity, isSingleWriter: true);
        ConduitInspector<TConduit, Slot64>[] stages = [new(toA, fromA), new(toB, fromB), new(fromA), new(fromB)];
        var ending = new Ending(time);
        double batch = 0;
        double seconds = Crew.Run(
            new Role(null, () => ending.Produce(first => Send(ref toA, ref toB, first))),
            new Role(null, () => ending.Consume(stages[0].Take)),
            new Role(null, () => ending.Consume(stages[1].Take)),
            new Role(null, () => batch = ending.Consume(() => stages[2].Take() + stages[3].Take(), streams: 2)));
        foreach (ConduitInspector<TConduit, Slot64> stage in stages)
            stage.Verify(ending.Total);
        return new RunResult(ending.Total, seconds, batch);
    }

    private static void Send<TConduit>(ref TConduit toA, ref TConduit toB, long first)
        where TConduit : struct, IConduit<TConduit, Slot64>
    {
        for (long value = first; value < first + Ending.Chunk; value++)
        {
            ConduitEnds.Put(ref toA, Slot64.Of(value));
            ConduitEnds.Put(ref toB, Slot64.Of(value));
        }
    }
}
