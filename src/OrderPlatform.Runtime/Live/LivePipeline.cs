using System.Diagnostics;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Disruptor.WaitStrategies;
using OrderPlatform.Engine;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live.Counters;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Runtime.Live;

/// <summary>How fast a run goes.</summary>
/// <param name="IsLockstep">The next item enters when the venue has answered what the last one caused.</param>
/// <param name="Factor">A multiple of real time; null for as fast as the rings take it.</param>
public readonly record struct Pace(bool IsLockstep, double? Factor);

/// <summary>
/// The live pipeline in one process, in the compact profile: two threads.
/// <code>
///   world thread                       core thread
///   feed ───────► input ring ─► sequence + journal ─► engine ─► output ring ─► egress
///   gateway ────►     ▲                                                          │
///      ▲              └── execution reports                                      │
///      └───────────────────────── inbox ◄─────── requests, when journaled ◄──────┘
/// </code>
/// </summary>
public sealed class LivePipeline : IDisposable
{
    private const int LookIntervalMillis = 20;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly RingBuffer<InputSlot> _inputs = RingBuffer<InputSlot>.CreateMultiProducer(4_096);
    private readonly RingBuffer<OutputSlot> _outputs = RingBuffer<OutputSlot>.CreateSingleProducer(4_096);
    private readonly Dictionary<ushort, RingBuffer<OutputSlot>> _inboxes = [];
    private readonly RingBuffer<MarketSlot> _market = RingBuffer<MarketSlot>.CreateSingleProducer(1_024);
    private readonly SequencedOrigins? _sequenced;
    private readonly PipelineProgress _progress;
    private readonly JournalWriter _journal;
    private readonly long _startNanos;
    private readonly IReadOnlyList<VenueSettings> _venueSettings;
    private readonly long _firstSequence;
    private readonly int _setupCount;
    private readonly SelfCheck _check;
    private readonly FeedAgent _feed;
    private readonly GatewayAgent _gateway;
    private readonly PublisherDoor? _door;
    private readonly ManualResetEventSlim _failed = new();
    private volatile Exception? _failure;

    /// <summary>A pipeline with its venue in this process, ready to start.</summary>
    /// <param name="feed">What enters from outside the venue.</param>
    /// <param name="gateway">The venue.</param>
    /// <param name="journal">The journal: empty, or continued.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="engine">The engine that has processed all that the journal has; without, a fresh one.</param>
    /// <param name="check">What it shares with the follower that checks it, or null where nobody does: checkpoints are written nevertheless.</param>
    /// <exception cref="ArgumentException">Engine and journal do not stand at the same sequence.</exception>
    public LivePipeline(
        InputFeed feed, SimulatedGateway gateway, JournalWriter journal, Pace pace, BusinessLogicProcessor? engine = null, SelfCheck? check = null)
        : this(new PipelineParts(feed, journal, pace) { Gateways = [gateway], Engine = engine, Check = check })
    {
    }

    /// <summary>A pipeline, ready to start.</summary>
    /// <param name="parts">What it is made of.</param>
    /// <exception cref="ArgumentException">Engine and journal do not stand at the same sequence.</exception>
    public LivePipeline(PipelineParts parts)
    {
        Engine = parts.Engine ?? new BusinessLogicProcessor();
        JournalWriter journal = parts.Journal;
        if (Engine.State.Sequence != journal.AppendedSequence)
        {
            throw new ArgumentException(
                $"the engine is at sequence {Engine.State.Sequence} and the journal at {journal.AppendedSequence}: replay the journal to its end first");
        }

        _journal = journal;
        Latency = new LatencySampler(parts.Time);
        _firstSequence = journal.AppendedSequence;
        _setupCount = parts.Feed.SetupCount;
        _progress = new PipelineProgress(journal.AppendedSequence);
        _startNanos = parts.Feed.FirstTimeNanos;
        _venueSettings = parts.VenueSettings;
        _progress.NextDueNanos.SetValue(Engine.State.Timers.NextDueNanos);
        SelfCheck check = parts.Check ?? new SelfCheck(Engine.State.Sequence);
        _check = check;
        check.Connect(new InputPublisher(_inputs, _progress.CheckPublished));
        Lockstep? lockstep = parts.Pace.IsLockstep ? new Lockstep() : null;
        PacedClock? clock = !parts.Pace.IsLockstep && parts.Pace.Factor is { } factor
            ? new PacedClock(Math.Max(_startNanos, Engine.State.NowNanos), factor, parts.Time)
            : null;
        _sequenced = parts.HasPeers ? new SequencedOrigins() : null;

        EventPoller<InputSlot> sequencing = _inputs.NewPoller();
        EventPoller<InputSlot> logic = _inputs.NewPoller(sequencing.Sequence);
        EventPoller<MarketSlot> market = _market.NewPoller();
        var gatewayInputs = new InputPublisher(_inputs, _progress.GatewayPublished);
        _feed = new FeedAgent(parts.Feed, new InputPublisher(_inputs, _progress.FeedPublished), _market, _progress, lockstep, clock, parts.IsLive);
        _gateway = new GatewayAgent(Venues(parts, gatewayInputs), market, gatewayInputs, _progress, _feed, lockstep, clock, parts.IsLive);
        _door = parts.Door?.Invoke(new PipelineDoor(
            new InputPublisher(_inputs, _progress.DoorPublished), _sequenced!.OfPublishers, () => _journal.DurableSequence));
        MarketRelay? relay = parts.IsLive ? new MarketRelay(parts.Instruments, parts.SimulatedVenues) : null;
        Core = new CompositeAgent(
            new SequencingAgent(sequencing, journal, clock is null ? new DataClock() : clock, check, parts.Origins, _sequenced, parts.Measures, Latency),
            new EngineAgent(logic, Engine, _outputs, _progress, check, relay, parts.Measures),
            new EgressAgent(_outputs, journal, _inboxes, _progress, check.Orders, Latency));
        World = new CompositeAgent([.. WorldAgents(parts)]);
    }

    /// <summary>The live engine; only to be read after the pipeline has ended.</summary>
    public BusinessLogicProcessor Engine { get; }

    /// <summary>Latencies of requests.</summary>
    internal LatencySampler Latency { get; }

    /// <summary>Sequencing, engine and egress: one thread's, or a test's that steps it by hand.</summary>
    internal IAgent Core { get; }

    /// <summary>Feed, venues and door, likewise.</summary>
    internal IAgent World { get; }

    /// <summary>Whether feed and venues are done.</summary>
    internal bool IsDone => _gateway.IsDone && _door is null or { IsDrained: true };

    /// <summary>Market events that entered so far.</summary>
    public long EventCount => _feed.EventCount;

    /// <summary>Orders that a restart left in doubt and no answer has settled yet: until there are none, data wait and new orders are refused.</summary>
    public long OrdersInDoubt => _progress.InDoubt.Value;

    /// <summary>
    /// A command that closes what is open when the run is cancelled (D10); the data go on until that is done, for as long as <see cref="ClosingLimit"/> at most.
    /// Without one the feed ends at once.
    /// </summary>
    public byte[]? ClosingCommand { get; init; }

    /// <summary>How long closing may take.</summary>
    public TimeSpan ClosingLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs until the feed and the venue are done, or until it is cancelled: then the feed ends and all that is under way is drained.</summary>
    /// <param name="onProgress">Told the number of market events now and then.</param>
    /// <param name="cancellation">Ends the feed.</param>
    /// <exception cref="Exception">What ended an agent, if one failed.</exception>
    public void Run(Action<long>? onProgress, CancellationToken cancellation)
    {
        using var core = new AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>>(Core, PhasedBackoffWaitStrategy.Default, OnError);
        using var world = new AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>>(World, PhasedBackoffWaitStrategy.Default, OnError);
        Begin();
        core.Start();
        world.Start();
        using CancellationTokenRegistration stop = cancellation.Register(Cancel);
        long closingSince = 0;
        while (!IsDone && _failure is null)
        {
            onProgress?.Invoke(_feed.EventCount);
            if (cancellation.IsCancellationRequested)
            {
                closingSince = closingSince == 0 ? Stopwatch.GetTimestamp() : closingSince;
                if (Stopwatch.GetElapsedTime(closingSince) > ClosingLimit)
                {
                    _door?.Stop();
                    _feed.Stop();
                }
            }

            // The threads of the pipeline do the work; this one only looks now and then.
            _failed.Wait(LookIntervalMillis, CancellationToken.None);
        }

        _inputs.Close();
        bool stopped = world.Stop(StopLimit) & core.Drain(StopLimit);
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }

        if (!stopped)
        {
            throw new TimeoutException($"the pipeline did not stop within {StopLimit.TotalSeconds} s: the journal is complete up to sequence {_journal.AppendedSequence}; replay it to see what was done");
        }

        End();
    }

    /// <summary>
    /// The operator's way in, ready to be run on a thread of its own beside the pipeline, and to be closed after it: from now on commands are taken.
    /// </summary>
    /// <param name="folder">Where.</param>
    /// <param name="engine">Which process this is.</param>
    /// <param name="check">The edge.</param>
    /// <param name="outcomes">What the follower's engine says of commands, or null where there is no follower.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The process names another first input than the journal's.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public OperatorInbox OpenInbox(OperatorFolder folder, RunningEngine engine, OperatorCheck check, OperatorOutcomes? outcomes, TimeProvider time) =>
        engine.FirstSequence == _firstSequence
            ? new OperatorInbox(
                folder, engine, check, new InputPublisher(_inputs, _progress.OperatorPublished), () => _progress.FeedPublished.Value - _firstSequence >= _setupCount,
                () => _journal.DurableSequence, outcomes, time)
            : throw new ArgumentException($"the run begins behind input {_firstSequence}, not {engine.FirstSequence}", nameof(engine));

    /// <summary>How far the stages are and how full the rings: what any thread may read.</summary>
    /// <param name="counters">Where it is written.</param>
    internal void Show(ref PipelineCounters counters)
    {
        counters.Completed = _progress.Completed.Value;
        counters.Processed = _progress.Processed.Value;
        counters.Durable = _journal.DurableSequence;
        counters.Appended = _journal.AppendedSequence;
        counters.MarketEvents = _feed.EventCount;
        counters.FromFeed = _progress.FeedPublished.Value - _firstSequence;
        counters.FromGateways = _progress.GatewayPublished.Value;
        counters.FromDoor = _progress.DoorPublished.Value;
        counters.FromOperators = _progress.OperatorPublished.Value;
        counters.FromCheck = _progress.CheckPublished.Value;
        counters.InDoubt = _progress.InDoubt.Value;
        counters.IsStopped = _check.Orders.IsThrown ? 1 : 0;
        counters.HeldBack = _check.Orders.HeldBack;
        (counters.InputUsed, counters.InputCapacity) = (_inputs.Occupancy, _inputs.Capacity);
        (counters.InputHighWater, counters.InputRefused) = (_inputs.OccupancyHighWater, _inputs.RefusedClaims);
        (counters.OutputUsed, counters.OutputCapacity, counters.OutputHighWater) = (_outputs.Occupancy, _outputs.Capacity, _outputs.OccupancyHighWater);
        (counters.MarketUsed, counters.MarketCapacity) = (_market.Occupancy, _market.Capacity);
        foreach (RingBuffer<OutputSlot> inbox in _inboxes.Values)
        {
            counters.InboxUsed += inbox.Occupancy;
            counters.InboxCapacity += inbox.Capacity;
        }
    }

    /// <summary>Before the first step.</summary>
    internal void Begin() => RunMarks.Begin(_journal, Math.Max(_startNanos, _journal.Recovery.LastTimestampNanos), _venueSettings);

    /// <summary>After the last step, when all is done.</summary>
    internal void End() => RunMarks.End(_journal, Engine, Engine.State.NowNanos);

    /// <summary>Ends the feed: all that is under way is still done.</summary>
    internal void StopFeed() => _feed.Stop();

    /// <inheritdoc />
    public void Dispose()
    {
        _door?.Dispose();
        _market.Dispose();
        _sequenced?.Dispose();
        foreach (RingBuffer<OutputSlot> inbox in _inboxes.Values)
        {
            inbox.Dispose();
        }

        _outputs.Dispose();
        _inputs.Dispose();
        _failed.Dispose();
    }

    private List<IVenueLink> Venues(PipelineParts parts, InputPublisher inputs)
    {
        var venues = new List<IVenueLink>();
        foreach (SimulatedGateway gateway in parts.Gateways)
        {
            venues.Add(new LocalVenue(gateway, InboxOf(gateway.VenueId), inputs));
        }

        foreach (GatewayPort port in parts.Ports)
        {
            (ulong lastReport, _) = parts.Origins.Last(Origin.OfGateway(port.Options.VenueId));
            bool isDown = Engine.State.Venues.TryFind(port.Options.VenueId, out int row) && Engine.State.Venues[row].IsDown;
            port.Connect(inputs, () => _journal.DurableSequence, parts.Epoch, lastReport, isDown);
            venues.Add(new RemoteVenue(port, InboxOf(port.Options.VenueId)));
        }

        return venues;
    }

    private IEnumerable<IAgent> WorldAgents(PipelineParts parts)
    {
        yield return _feed;
        if (parts.Ports.Count > 0)
        {
            yield return new PortsAgent(parts.Ports, _sequenced!.OfGateways);
        }

        yield return _gateway;
        if (_door is not null)
        {
            yield return _door;
        }
    }

    private EventPoller<OutputSlot> InboxOf(ushort venueId)
    {
        var inbox = RingBuffer<OutputSlot>.CreateSingleProducer(1_024);
        _inboxes.Add(venueId, inbox);
        return inbox.NewPoller();
    }

    private void Cancel()
    {
        if (ClosingCommand is null)
        {
            _door?.Stop();
            _feed.Stop();
        }
        else
        {
            _feed.Close(ClosingCommand);
        }
    }

    private void OnError(IAgent agent, Exception exception)
    {
        // The first one is the cause: a producer that is told that the ring is closed fails too, as a consequence.
        Interlocked.CompareExchange(ref _failure, exception, null);
        _inputs.Close();
        _failed.Set();
    }
}
