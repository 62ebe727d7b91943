using OrderPlatform.Engine;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Replay;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>
/// What a live run begins with: journal, engine, venue and feed, all new or all as an earlier run left them, however that ended. The engine is the newest usable
/// snapshot and the journal's tail, the venue what its own log makes of it, the feed stands behind what both have seen. Then come, as inputs, a new epoch, the
/// configuration, and the reconciliation of every order in doubt.
/// </summary>
public sealed class LiveStart : IDisposable
{
    private readonly LiveStartOptions _options;
    private readonly List<VenueLog> _venueLogs = [];
    private readonly List<SimulatedGateway> _gateways = [];
    private JournaledFeed? _journaled;

    private LiveStart(LiveStartOptions options, JournalWriter journal)
    {
        _options = options;
        Journal = journal;
        Epoch = options.Setup.Epoch;
    }

    /// <summary>The journal, at its end.</summary>
    public JournalWriter Journal { get; }

    /// <summary>The engine at the journal's end.</summary>
    public BusinessLogicProcessor Engine { get; private set; } = new();

    /// <summary>The venues in this process.</summary>
    public IReadOnlyList<SimulatedGateway> Gateways => _gateways;

    /// <summary>How far the numbers of publishers and gateways have come.</summary>
    public OriginTable Origins { get; private set; } = new();

    /// <summary>The epoch that begins.</summary>
    public int Epoch { get; private set; }

    /// <summary>What was found of an earlier run, or null if this one is new.</summary>
    public RecoveredRun? Recovered { get; private set; }

    /// <summary>Begins a run, or continues one.</summary>
    /// <param name="options">Which.</param>
    /// <param name="feed">What enters from this process, from its start.</param>
    /// <param name="cancellation">Ends the wait for a gateway.</param>
    /// <exception cref="JournalException">Journal or venue's log are damaged, another process has them, or the disk refuses.</exception>
    /// <exception cref="FeedDiffersException">The journal has other inputs than the feed gives.</exception>
    /// <exception cref="ReplayDivergenceException">This build does not do what the one did that wrote the journal.</exception>
    /// <exception cref="ArgumentException">The venue's log is that of another venue, or no further epoch is left.</exception>
    /// <exception cref="LinkException">A gateway that must be there is not, or is another run's.</exception>
    public static LiveStart Begin(LiveStartOptions options, InputFeed feed, CancellationToken cancellation = default)
    {
        bool isThere = JournalWriter.Exists(options.Folder);
        JournalWriter journal = isThere ? JournalWriter.Open(options.Folder, options.Journal) : JournalWriter.Create(options.Folder, options.Journal);
        var start = new LiveStart(options, journal);
        try
        {
            start.OpenVenues();
            if (journal.AppendedSequence > 0)
            {
                start.Recover();
            }

            long seen = start.AwaitGateway(cancellation);
            if (journal.AppendedSequence > 0)
            {
                start.Continue(feed, seen);
            }

            return start;
        }
        catch
        {
            start.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _journaled?.Dispose();
        _venueLogs.ForEach(static log => log.Dispose());
        Journal.Dispose();
    }

    private JournalReaderOptions Reading => new() { SchemaId = _options.Journal.SchemaId, ShardId = _options.Journal.ShardId };

    private void OpenVenues()
    {
        foreach (LocalVenueOptions venue in _options.Venues)
        {
            // What the venue has seen need not survive the machine: a real one has its own disks.
            JournalOptions logging = _options.Journal with { Durability = JournalDurability.PageCache };
            var log = VenueLog.Open(VenueLog.FolderOf(_options.Folder, venue.VenueId), logging, venue.Options);
            _venueLogs.Add(log);
            _gateways.Add(new SimulatedGateway(new SimulatedVenue(venue.Options), venue.VenueId, log));
        }
    }

    // How many market events the venue has seen that the feed's data move.
    private long AwaitGateway(CancellationToken cancellation)
    {
        if (_options.Ports.FirstOrDefault(static port => port.ShowsData) is not { } port)
        {
            return _gateways.Count == 1 ? _gateways[0].MarketEventCount : 0;
        }

        port.AwaitHello(_options.ConnectTimeout, cancellation);
        return Journal.AppendedSequence > 0 || port.MarketEvents == 0
            ? (long)port.MarketEvents
            : throw new LinkException(
                $"the gateway of venue {port.Options.VenueName} has a venue that has seen {port.MarketEvents} market events of another run, and {_options.Folder} is a new journal: "
                + "start the gateway with a new --journal folder, or continue the run that it belongs to");
    }

    private void Recover()
    {
        using EngineStart start = EngineStart.Newest(_options.Folder, Reading, _options.Snapshots);
        long snapshotSequence = start.Engine.State.Sequence;
        new ReplayRunner(start).Run(null, CancellationToken.None);
        Engine = start.Engine;
        Epoch = Engine.State.Epoch + 1;
        if (Epoch > ClientOrderId.EpochMax)
        {
            throw new ArgumentException($"{_options.Folder} has seen {Engine.State.Epoch} starts, and client order ids know no more: begin a new journal");
        }

        if (_options.Ports.Count > 0 || _options.HasDoor)
        {
            Origins = OriginTable.Recover(_options.Folder, Reading, Journal.AppendedSequence);
        }

        Recovered = new RecoveredRun(
            Engine.State.Sequence, Engine.DigestText(), start.Snapshot, start.Skipped, Engine.State.Sequence - snapshotSequence, Journal.Recovery.TornBytes,
            0, Engine.State.Orders.OpenCount, Epoch);
    }

    private void Continue(InputFeed feed, long venueEvents)
    {
        _journaled = new JournaledFeed(JournalReader.Open(_options.Folder, Reading), Journal.AppendedSequence);
        feed.Resume(_journaled, venueEvents, () => Restart(Epoch), Engine.State.NowNanos);
        Recovered = Recovered! with { FeedInputs = _journaled.Count };
    }

    // Before the first of the data the setup may not be whole, and what is repeated of it changes nothing; afterwards positions are the journal's.
    private IReadOnlyList<byte[]> Restart(int epoch)
    {
        PlatformSetup setup = _options.Setup with { Epoch = epoch, Seeds = _journaled!.Count == 0 ? _options.Setup.Seeds : [] };
        return SetupMessages.EncodeRestart(SetupCompletion.For(setup, Engine.State), Engine.State.NowNanos, (long)_options.ResendWithin.TotalNanoseconds);
    }
}
