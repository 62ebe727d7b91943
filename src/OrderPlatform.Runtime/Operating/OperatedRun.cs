using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Disruptor.WaitStrategies;
using OrderPlatform.Engine;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Live.Counters;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.Operating;

/// <summary>
/// What runs beside a pipeline for people: the operator's way in and the counters file, both on one parked thread that looks a hundred times a second. The
/// pipeline's threads are not asked; they note times for the latencies (<see cref="LatencySampler"/>).
/// </summary>
public sealed class OperatedRun : IDisposable
{
    private const long ParkNanos = 10_000_000;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly CountersFile _counters;
    private readonly CountersSampler _sampler;
    private readonly AgentRunner<ParkingWaitStrategy> _runner;
    private Func<long> _follower = static () => -1;
    private bool _isStarted;

    private OperatedRun(CountersFile counters, LivePipeline pipeline, OperatorInbox inbox, IReplicaObserver? observer, Action<string> onProblem, TimeProvider time)
    {
        _counters = counters;
        Observer = observer;
        Inbox = inbox;
        _sampler = new CountersSampler(counters, pipeline, () => Volatile.Read(ref _follower)(), time);
        _runner = new AgentRunner<ParkingWaitStrategy>(
            new CompositeAgent(inbox, _sampler), new ParkingWaitStrategy(ParkNanos),
            (_, failure) => onProblem($"the operator's way in and the counters ended, the run goes on without: {failure.Message}"));
    }

    /// <summary>What the follower must show its inputs to, or null where there is none.</summary>
    public IReplicaObserver? Observer { get; }

    /// <summary>The way in.</summary>
    public OperatorInbox Inbox { get; }

    /// <summary>Makes folder and file; from now on commands wait for <see cref="Start"/>.</summary>
    /// <param name="journal">The journal's folder.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="engine">Which process and which epoch.</param>
    /// <param name="setup">What is configured.</param>
    /// <param name="state">The engine's, before the pipeline runs.</param>
    /// <param name="hasFollower">Whether a follower will be there.</param>
    /// <param name="onProblem">Told, in a line, if it ends before the run does.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static OperatedRun Open(
        string journal, LivePipeline pipeline, RunningEngine engine, PlatformSetup setup, EngineState state, bool hasFollower, Action<string> onProblem, TimeProvider time)
    {
        CountersFile counters = CountersFile.Create(journal, engine);
        try
        {
            OperatorOutcomes? outcomes = hasFollower ? new OperatorOutcomes() : null;
            OperatorInbox inbox = pipeline.OpenInbox(OperatorFolder.Of(journal), engine, new OperatorCheck(setup, state), outcomes, time);
            IReplicaObserver? observer = outcomes is null ? null : new ReplicaObservers(outcomes, new StateObserver(counters, time));
            return new OperatedRun(counters, pipeline, inbox, observer, onProblem, time);
        }
        catch
        {
            counters.Dispose();
            throw;
        }
    }

    /// <summary>Begins to take commands and to count.</summary>
    /// <param name="follower">The follower, or null.</param>
    public void Start(Follower? follower)
    {
        if (follower is not null)
        {
            Volatile.Write(ref _follower, () => follower.Sequence);
        }

        _isStarted = true;
        _runner.Start();
    }

    /// <summary>The run has ended in order, the follower too: the last commands are answered, the last numbers written.</summary>
    public void End()
    {
        _sampler.Phase = CountersPhase.Ended;
        _runner.Stop(StopLimit);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_isStarted)
        {
            _runner.Stop(StopLimit);
        }

        _runner.Dispose();
        _counters.Dispose();
    }
}
