using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// What would have happened (requirement N3): the recorded signals, market data and commands of a journal go to two worlds side by side, one with a change
/// and one without,
/// each an engine and simulated venues. What differs is told with the recorded input that began it. The journal is only read.
/// </summary>
public sealed class WhatIfRunner
{
    private readonly JournalReaderOptions _reading;
    private readonly IVenueSettingsReader _venues;
    private readonly RecordedWorld _recorded;
    private readonly Dictionary<ushort, string> _settings = [];
    private readonly List<string> _assumed = [];

    private WhatIfRunner(JournalSetup setup, JournalReaderOptions reading, IVenueSettingsReader venues, RecordedWorld recorded)
    {
        Setup = setup;
        _reading = reading;
        _venues = venues;
        _recorded = recorded;
        foreach (VenueSetup venue in setup.Venues)
        {
            _settings[venue.Id] = setup.Settings.TryGetValue(venue.Id, out string? text) ? text : Assume(venue);
        }

        if (setup.HasChangedSettings)
        {
            _assumed.Add("a later start gave a venue other settings than the first: those of the first hold throughout");
        }
    }

    /// <summary>The journal.</summary>
    public JournalSetup Setup { get; }

    /// <summary>Settings that the journal does not have.</summary>
    public IReadOnlyList<string> Assumed => _assumed;

    internal RecordedWorld Recorded => _recorded;

    /// <summary>Reads a journal and replays it as it was.</summary>
    /// <param name="journal">Its folder.</param>
    /// <param name="reading">How it is read.</param>
    /// <param name="venues">Makes simulated venues.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="JournalException">There is none, or it is damaged.</exception>
    /// <exception cref="WhatIfException">It has no inputs, or not from the first.</exception>
    public static WhatIfRunner Open(string journal, JournalReaderOptions reading, IVenueSettingsReader venues, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(venues);
        JournalSetup setup = JournalSetup.Read(journal, reading);
        return new WhatIfRunner(setup, reading, venues, RecordedWorld.Replay(setup, reading, cancellation));
    }

    /// <summary>Asks what would have happened.</summary>
    /// <param name="changes">What is otherwise; none for the distance of the simulation from what was recorded.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="WhatIfException">A change is wrong.</exception>
    public WhatIfAnswer Ask(IReadOnlyList<SettingChange> changes, CancellationToken cancellation = default) => Compare([], changes, cancellation);

    /// <summary>Compares two worlds that may both be otherwise than was configured.</summary>
    internal WhatIfAnswer Compare(IReadOnlyList<SettingChange> against, IReadOnlyList<SettingChange> changes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Lane baseline = NewLane(against, EngineLimits.Default, keepsOrders: true);
        Lane changed = NewLane(changes, EngineLimits.Default, keepsOrders: true);
        var comparison = new WorldComparison(changed.Change.HasVenueChanges);
        using JournalFeed feed = OpenFeed();
        InputPlace before = default;
        while (feed.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            FeedItem item = feed.Current;
            baseline.Prepare(item);
            changed.Prepare(item);
            comparison.Compare(baseline.Log.Steps, changed.Log.Steps, before);
            baseline.Put(item);
            changed.Put(item);
            before = new InputPlace(item.Sequence, item.TimeNanos);
            comparison.Compare(baseline.Log.Steps, changed.Log.Steps, before);
        }

        baseline.End(EndNanos);
        changed.End(EndNanos);
        comparison.Compare(baseline.Log.Steps, changed.Log.Steps, before);
        return AnswerOf(changes, baseline, changed, comparison, feed.LeftOut with { RequestsWithoutOrder = changed.RequestsWithoutOrder });
    }

    /// <summary>When the worlds end: as the run did, with what venues still do, or where the process was cut off.</summary>
    internal long EndNanos => Setup.IsCleanEnd ? long.MaxValue : Setup.LastTimeNanos;

    internal JournalFeed OpenFeed() => JournalFeed.Open(Setup, _reading);

    internal Lane NewLane(IReadOnlyList<SettingChange> changes, EngineLimits limits, bool keepsOrders) =>
        new(Setup, WorldChange.Resolve(changes, Setup, _venues, _settings), _recorded.Log, limits, keepsOrders);

    internal BaselineDistance DistanceOf(Lane baseline)
    {
        string digest = baseline.Engine.DigestText();
        return new BaselineDistance(
            digest == _recorded.Digest, _recorded.Digest, digest, new WorldComparison(false).CompareOrders(_recorded.Log, baseline.Log), _recorded.Totals);
    }

    private WhatIfAnswer AnswerOf(IReadOnlyList<SettingChange> changes, Lane baseline, Lane changed, WorldComparison comparison, LeftOut leftOut)
    {
        BaselineDistance distance = DistanceOf(baseline);
        return new WhatIfAnswer
        {
            Setup = Setup,
            Changes = changes,
            Distance = distance,
            Baseline = WorldTotals.Of(baseline.Log, baseline.Engine),
            Changed = WorldTotals.Of(changed.Log, changed.Engine),
            Steps = comparison.Steps,
            Orders = comparison.CompareOrders(baseline.Log, changed.Log),
            DecisionsOtherwise = comparison.CountOf(StepKind.Decision),
            RefusalsOtherwise = comparison.CountOf(StepKind.Refusal),
            LeftOut = leftOut,
            Assumed = _assumed,
            Unknowable = Unknowable.For(Setup, distance),
        };
    }

    // Half of the time from a decision to its acknowledgement is taken for one way.
    private string Assume(VenueSetup venue)
    {
        long? answer = _recorded.Log.MedianAnswerNanos();
        bool isSpot = WorldChange.InstrumentsOf(Setup, venue).All(static one => one.Kind == InstrumentKind.Spot);
        string latency = answer is { } nanos
            ? $"latency {FixedPointText.Format(nanos / 2 * 100)} ms each way, half the median time to the acknowledgement of the recorded orders"
            : "the latency of a strategy file without one, since no order was acknowledged";
        _assumed.Add(
            $"venue {venue.Name}: the journal does not say how a simulated venue of it behaves: fees are those of its configuration, {latency}; slippage none, fills whole");
        return _venues.Assume(venue, isSpot, answer / 2);
    }
}
