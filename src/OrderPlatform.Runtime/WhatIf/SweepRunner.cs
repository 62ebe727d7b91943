using System.Runtime.ExceptionServices;
using OrderPlatform.Engine;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// One key over a range in one reading of the journal (requirement N9): each value has a world of its own, and all get each item of the same feed. Worlds are
/// independent, so how many threads take them does not matter to what comes of it.
/// <para>
/// Engines have the bounds that the journal's configuration promises and no more (<see cref="JournalSetup.LanesLimits"/>): rows are taken from promises
/// alone, so
/// what a client may do is the same as with the usual bounds.
/// </para>
/// </summary>
public sealed class SweepRunner(WhatIfRunner world)
{
    /// <summary>Values that one reading takes; more of them take further readings. A world of one client has some 11 MB.</summary>
    public const int WorldsMax = 128;

    private const int BatchItems = 1_024;

    /// <summary>Threads that take worlds.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Runs all values.</summary>
    /// <param name="range">The key and its values.</param>
    /// <param name="changes">What else is otherwise, in all of them.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="WhatIfException">A change is wrong.</exception>
    public SweepAnswer Run(SweepRange range, IReadOnlyList<SettingChange> changes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(range);
        Lane baseline = world.NewLane([], EngineLimits.Default, keepsOrders: true);
        var rows = new List<SweepRow>();
        Lane reference;
        string what;
        do
        {
            (reference, what) = ReferenceOf(range, changes);
            var first = new SweepLane(reference);
            SweepLane[] values =
                [.. Enumerable.Range(rows.Count, Math.Min(WorldsMax, range.Values.Count - rows.Count)).Select(index =>
                    new SweepLane(NewLane([.. changes, range.At(index)]), first))];
            Feed([first, .. rows.Count == 0 ? [new SweepLane(baseline)] : Array.Empty<SweepLane>(), .. values], cancellation);
            int before = rows.Count;
            rows.AddRange(values.Select((lane, index) => lane.RowOf(range.Values[before + index])));
        }
        while (rows.Count < range.Values.Count);

        BaselineDistance distance = world.DistanceOf(baseline);
        return new SweepAnswer
        {
            Setup = world.Setup,
            Range = range,
            Changes = changes,
            Rows = rows,
            Reference = what,
            ReferenceTotals = WorldTotals.Of(reference.Log, reference.Engine),
            Distance = distance,
            Assumed = world.Assumed,
            Unknowable = Unknowable.For(world.Setup, distance),
        };
    }

    private (Lane Lane, string What) ReferenceOf(SweepRange range, IReadOnlyList<SettingChange> changes)
    {
        var none = new SettingChange(range.Path, SettingChange.None);
        return WorldChange.AllowsNone(none, world.Setup) ? (NewLane([.. changes, none]), none.ToString()) : (NewLane(changes), "as configured");
    }

    private Lane NewLane(IReadOnlyList<SettingChange> changes) => world.NewLane(changes, world.Setup.LanesLimits, keepsOrders: false);

    private void Feed(SweepLane[] lanes, CancellationToken cancellation)
    {
        using JournalFeed feed = world.OpenFeed();
        FeedItem[] batch = [.. Enumerable.Range(0, BatchItems).Select(static _ => new FeedItem())];
        var threads = new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellation };
        int count;
        do
        {
            count = 0;
            while (count < BatchItems && feed.MoveNext(batch[count]))
            {
                count++;
            }

            int items = count;

            // The reference goes ahead: the others compare themselves with what it did.
            lanes[0].Take(batch.AsSpan(0, items));
            ForOthers(lanes, threads, lane => lane.Take(batch.AsSpan(0, items)));
        }
        while (count == BatchItems);

        lanes[0].End(world.EndNanos);
        ForOthers(lanes, threads, lane => lane.End(world.EndNanos));
    }

    private static void ForOthers(SweepLane[] lanes, ParallelOptions threads, Action<SweepLane> work)
    {
        try
        {
            Parallel.For(1, lanes.Length, threads, index => work(lanes[index]));
        }
        catch (AggregateException several)
        {
            // One line for one cause: a value that the engine refuses is refused in the first world that has it.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
