using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Disruptor.WaitStrategies;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>A follower on a thread of its own beside a live pipeline, with the store that its snapshots go to.</summary>
public sealed class FollowerThread : IDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);

    private readonly SnapshotStore _store;
    private readonly AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>> _runner;

    private FollowerThread(Follower follower, SnapshotStore store, SnapshotTaker taker, Action<string> onProblem)
    {
        Follower = follower;
        Taker = taker;
        _store = store;
        _runner = new AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>>(
            follower, PhasedBackoffWaitStrategy.Default, (_, failure) => onProblem($"the follower ended: {failure.Message}"));
    }

    /// <summary>The follower; what is not said to be for any thread may be read once it is drained.</summary>
    public Follower Follower { get; }

    /// <summary>What takes its snapshots.</summary>
    public SnapshotTaker Taker { get; }

    /// <summary>Starts following a journal.</summary>
    /// <param name="journal">Its folder; it may be being written.</param>
    /// <param name="every">A snapshot after every so many inputs.</param>
    /// <param name="options">Whose the snapshots are and how many are kept.</param>
    /// <param name="onProblem">Told, on the follower's thread, of what went wrong; the live engine goes on.</param>
    /// <exception cref="JournalException">The journal cannot be read, or snapshots cannot be kept there.</exception>
    public static FollowerThread Start(string journal, long every, SnapshotStoreOptions options, Action<string> onProblem)
    {
        SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(journal), options);
        try
        {
            EngineStart start = EngineStart.Newest(journal, new JournalReaderOptions { IsFollowing = true, SchemaId = options.SchemaId }, options);
            var taker = new SnapshotTaker(store, every);
            var thread = new FollowerThread(new Follower(start, taker, onProblem), store, taker, onProblem);
            thread._runner.Start();
            return thread;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Lets it read to the end of what is written, and ends it.</summary>
    /// <exception cref="TimeoutException">It did not get there in time.</exception>
    public void Drain()
    {
        if (!_runner.Drain(DrainLimit))
        {
            throw new TimeoutException($"the follower did not reach the end of the journal within {DrainLimit.TotalSeconds} s; it is at sequence {Follower.Sequence}");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _runner.Dispose();
        _store.Dispose();
    }
}
