using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Disruptor.WaitStrategies;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Checking;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>A follower on a thread of its own beside a live pipeline, with the store that its snapshots go to, if it takes any.</summary>
public sealed class FollowerThread : IDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);

    private readonly SnapshotStore? _store;
    private readonly AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>> _runner;

    private FollowerThread(Follower follower, SnapshotStore? store, SnapshotTaker? taker, Action<string> onProblem)
    {
        Follower = follower;
        Taker = taker;
        _store = store;
        _runner = new AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>>(
            follower, PhasedBackoffWaitStrategy.Default, (_, failure) => onProblem($"the follower ended: {failure.Message}"));
    }

    /// <summary>The follower; what is not said to be for any thread may be read once it is drained.</summary>
    public Follower Follower { get; }

    /// <summary>What takes its snapshots, or null.</summary>
    public SnapshotTaker? Taker { get; }

    /// <summary>What ended it before its time, or null.</summary>
    public Exception? Failure => _runner.Failure;

    /// <summary>Starts following a journal.</summary>
    /// <param name="journal">Its folder; it may be being written.</param>
    /// <param name="every">A snapshot after every so many inputs, or null for none.</param>
    /// <param name="options">Whose the snapshots are and how many are kept.</param>
    /// <param name="onProblem">Told, on the follower's thread, of what went wrong; the live engine goes on.</param>
    /// <param name="check">What it shares with the live engine, or null if that is in another process.</param>
    /// <param name="observer">Looks at each input and its outputs, or null.</param>
    /// <exception cref="JournalException">The journal cannot be read, or snapshots cannot be kept there.</exception>
    public static FollowerThread Start(
        string journal, long? every, SnapshotStoreOptions options, Action<string> onProblem, SelfCheck? check = null, IReplicaObserver? observer = null)
    {
        SnapshotStore? store = every is null ? null : SnapshotStore.Open(EngineStart.FolderOf(journal), options);
        try
        {
            EngineStart start = EngineStart.Newest(journal, new JournalReaderOptions { IsFollowing = true, SchemaId = options.SchemaId }, options);
            SnapshotTaker? taker = store is null ? null : new SnapshotTaker(store, every!.Value);
            var thread = new FollowerThread(new Follower(start, taker, onProblem, check) { Observer = observer }, store, taker, onProblem);
            thread._runner.Start();
            return thread;
        }
        catch
        {
            store?.Dispose();
            throw;
        }
    }

    /// <summary>Lets it read to the end of what is written, and ends it.</summary>
    /// <exception cref="TimeoutException">It came no further for a long time.</exception>
    public void Drain()
    {
        long before = -1;
        while (!_runner.Drain(DrainLimit))
        {
            if (Follower.Sequence > before)
            {
                before = Follower.Sequence;
                continue;
            }

            throw new TimeoutException($"the follower did not reach the end of the journal within {DrainLimit.TotalSeconds} s; it is at sequence {Follower.Sequence}");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _runner.Dispose();
        _store?.Dispose();
    }
}
