using System.Diagnostics;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Disruptor.WaitStrategies;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Gateways.Simulated;

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
    private readonly RingBuffer<OutputSlot> _inbox = RingBuffer<OutputSlot>.CreateSingleProducer(1_024);
    private readonly RingBuffer<MarketSlot> _market = RingBuffer<MarketSlot>.CreateSingleProducer(1_024);
    private readonly PipelineProgress _progress;
    private readonly JournalWriter _journal;
    private readonly long _startNanos;
    private readonly FeedAgent _feed;
    private readonly GatewayAgent _gateway;
    private readonly AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>> _core;
    private readonly AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>> _world;
    private readonly ManualResetEventSlim _failed = new();
    private volatile Exception? _failure;

    /// <summary>A pipeline, ready to start.</summary>
    /// <param name="feed">What enters from outside the venue.</param>
    /// <param name="gateway">The venue.</param>
    /// <param name="journal">The journal: empty, or continued.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="engine">The engine that has processed all that the journal has; without, a fresh one.</param>
    /// <param name="check">What it shares with the follower that checks it, or null where nobody does: checkpoints are written nevertheless.</param>
    /// <exception cref="ArgumentException">Engine and journal do not stand at the same sequence.</exception>
    public LivePipeline(
        InputFeed feed, SimulatedGateway gateway, JournalWriter journal, Pace pace, BusinessLogicProcessor? engine = null, SelfCheck? check = null)
    {
        Engine = engine ?? new BusinessLogicProcessor();
        if (Engine.State.Sequence != journal.AppendedSequence)
        {
            throw new ArgumentException(
                $"the engine is at sequence {Engine.State.Sequence} and the journal at {journal.AppendedSequence}: replay the journal to its end first");
        }

        _journal = journal;
        _progress = new PipelineProgress(journal.AppendedSequence);
        _startNanos = feed.FirstTimeNanos;
        _progress.NextDueNanos.SetValue(Engine.State.Timers.NextDueNanos);
        check ??= new SelfCheck(Engine.State.Sequence);
        check.Connect(new InputPublisher(_inputs, _progress.CheckPublished));
        Lockstep? lockstep = pace.IsLockstep ? new Lockstep() : null;
        PacedClock? clock = !pace.IsLockstep && pace.Factor is { } factor
            ? new PacedClock(Math.Max(feed.FirstTimeNanos, Engine.State.NowNanos), factor, TimeProvider.System)
            : null;

        EventPoller<InputSlot> sequencing = _inputs.NewPoller();
        EventPoller<InputSlot> logic = _inputs.NewPoller(sequencing.Sequence);
        EventPoller<OutputSlot> inbox = _inbox.NewPoller();
        EventPoller<MarketSlot> market = _market.NewPoller();

        _feed = new FeedAgent(feed, new InputPublisher(_inputs, _progress.FeedPublished), _market, _progress, lockstep, clock);
        _gateway = new GatewayAgent(gateway, inbox, market, new InputPublisher(_inputs, _progress.GatewayPublished), _progress, _feed, lockstep, clock);
        var core = new CompositeAgent(
            new SequencingAgent(sequencing, journal, clock is null ? new DataClock() : clock, check),
            new EngineAgent(logic, Engine, _outputs, _progress, check),
            new EgressAgent(_outputs, journal, _inbox, _progress, check.Orders));
        _core = new AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>>(core, PhasedBackoffWaitStrategy.Default, OnError);
        _world = new AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>>(new CompositeAgent(_feed, _gateway), PhasedBackoffWaitStrategy.Default, OnError);
    }

    /// <summary>The live engine; only to be read after the pipeline has ended.</summary>
    public BusinessLogicProcessor Engine { get; }

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
        RunMarks.Begin(_journal, Math.Max(_startNanos, _journal.Recovery.LastTimestampNanos));
        _core.Start();
        _world.Start();
        using CancellationTokenRegistration stop = cancellation.Register(Cancel);
        long closingSince = 0;
        while (!_gateway.IsDone && _failure is null)
        {
            onProgress?.Invoke(_feed.EventCount);
            if (cancellation.IsCancellationRequested)
            {
                closingSince = closingSince == 0 ? Stopwatch.GetTimestamp() : closingSince;
                if (Stopwatch.GetElapsedTime(closingSince) > ClosingLimit)
                {
                    _feed.Stop();
                }
            }

            // The threads of the pipeline do the work; this one only looks now and then.
            _failed.Wait(LookIntervalMillis, CancellationToken.None);
        }

        _inputs.Close();
        bool stopped = _world.Stop(StopLimit) & _core.Drain(StopLimit);
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }

        if (!stopped)
        {
            throw new TimeoutException($"the pipeline did not stop within {StopLimit.TotalSeconds} s: the journal is complete up to sequence {_journal.AppendedSequence}; replay it to see what was done");
        }

        RunMarks.End(_journal, Engine, Engine.State.NowNanos);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _world.Dispose();
        _core.Dispose();
        _market.Dispose();
        _inbox.Dispose();
        _outputs.Dispose();
        _inputs.Dispose();
        _failed.Dispose();
    }

    private void Cancel()
    {
        if (ClosingCommand is null)
        {
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
