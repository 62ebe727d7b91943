using OrderPlatform.Engine;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Replay;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Gateways.Simulated;
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
    private readonly VenueLog _venueLog;
    private JournaledFeed? _journaled;

    private LiveStart(LiveStartOptions options, JournalWriter journal, VenueLog venueLog)
    {
        _options = options;
        Journal = journal;
        _venueLog = venueLog;
        Gateway = new SimulatedGateway(new SimulatedVenue(options.Venue), options.VenueId, venueLog);
    }

    /// <summary>The journal, at its end.</summary>
    public JournalWriter Journal { get; }

    /// <summary>The engine at the journal's end.</summary>
    public BusinessLogicProcessor Engine { get; private set; } = new();

    /// <summary>The venue.</summary>
    public SimulatedGateway Gateway { get; }

    /// <summary>What was found of an earlier run, or null if this one is new.</summary>
    public RecoveredRun? Recovered { get; private set; }

    /// <summary>Begins a run, or continues one.</summary>
    /// <param name="options">Which.</param>
    /// <param name="feed">What enters from outside the venue, from its start.</param>
    /// <exception cref="JournalException">Journal or venue's log are damaged, another process has them, or the disk refuses.</exception>
    /// <exception cref="FeedDiffersException">The journal has other inputs than the feed gives.</exception>
    /// <exception cref="ReplayDivergenceException">This build does not do what the one did that wrote the journal.</exception>
    /// <exception cref="ArgumentException">The venue's log is that of another venue, or no further epoch is left.</exception>
    public static LiveStart Begin(LiveStartOptions options, InputFeed feed)
    {
        bool isThere = JournalWriter.Exists(options.Folder);
        JournalWriter journal = isThere ? JournalWriter.Open(options.Folder, options.Journal) : JournalWriter.Create(options.Folder, options.Journal);
        VenueLog? venueLog = null;
        LiveStart? start = null;
        try
        {
            // What the venue has seen need not survive the machine: a real one has its own disks.
            venueLog = VenueLog.Open(VenueLog.FolderOf(options.Folder), options.Journal with { Durability = JournalDurability.PageCache }, options.Venue);
            start = new LiveStart(options, journal, venueLog);
            if (journal.AppendedSequence > 0)
            {
                start.Continue(feed);
            }

            return start;
        }
        catch
        {
            start?._journaled?.Dispose();
            venueLog?.Dispose();
            journal.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _journaled?.Dispose();
        _venueLog.Dispose();
        Journal.Dispose();
    }

    private void Continue(InputFeed feed)
    {
        var reading = new JournalReaderOptions { SchemaId = _options.Journal.SchemaId, ShardId = _options.Journal.ShardId };
        using EngineStart start = EngineStart.Newest(_options.Folder, reading, _options.Snapshots);
        long snapshotSequence = start.Engine.State.Sequence;
        new ReplayRunner(start).Run(null, CancellationToken.None);
        Engine = start.Engine;
        int epoch = Engine.State.Epoch + 1;
        if (epoch > ClientOrderId.EpochMax)
        {
            throw new ArgumentException($"{_options.Folder} has seen {Engine.State.Epoch} starts, and client order ids know no more: begin a new journal");
        }

        _journaled = new JournaledFeed(JournalReader.Open(_options.Folder, reading), Journal.AppendedSequence);
        feed.Resume(_journaled, Gateway.MarketEventCount, () => Restart(epoch), Engine.State.NowNanos);
        Recovered = new RecoveredRun(
            Engine.State.Sequence, Engine.DigestText(), start.Snapshot, start.Skipped, Engine.State.Sequence - snapshotSequence, Journal.Recovery.TornBytes,
            _journaled.Count, Engine.State.Orders.OpenCount, epoch);
    }

    // Before the first of the data the setup may not be whole, and what is repeated of it changes nothing; afterwards positions are the journal's.
    private IReadOnlyList<byte[]> Restart(int epoch)
    {
        PlatformSetup setup = _options.Setup with { Epoch = epoch, Seeds = _journaled!.Count == 0 ? _options.Setup.Seeds : [] };
        return SetupMessages.EncodeRestart(SetupCompletion.For(setup, Engine.State), Engine.State.NowNanos, (long)_options.ResendWithin.TotalNanoseconds);
    }
}
