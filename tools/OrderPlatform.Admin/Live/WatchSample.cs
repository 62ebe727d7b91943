using OrderPlatform.Runtime.Live.Counters;

namespace OrderPlatform.Admin.Live;

/// <summary>Two looks at a counters file: what is, and what went by between them a second.</summary>
/// <param name="Now">The later one.</param>
/// <param name="Before">The earlier one, or null.</param>
internal sealed record WatchSample(CountersSample Now, CountersSample? Before)
{
    private const double NanosPerSecond = 1e9;

    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(2);

    /// <summary>How the engine is.</summary>
    public string Engine => (Now.Pipeline.Phase, Now.IsAlive) switch
    {
        (CountersPhase.Ended, _) => "ended",
        (CountersPhase.Failed, _) => "failed",
        (_, false) => "dead: its process is gone",
        _ when HeartbeatAge > StaleAfter => "hangs: no heartbeat",
        (0, true) => "starts",
        _ => "running",
    };

    /// <summary>Whether it may still change.</summary>
    public bool IsRunning => Now.IsAlive && Now.Pipeline.Phase is 0 or CountersPhase.Running;

    /// <summary>Since its last heartbeat.</summary>
    public TimeSpan HeartbeatAge => Now.Pipeline.HeartbeatNanos == 0
        ? TimeSpan.Zero
        : DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch.AddTicks(Now.Pipeline.HeartbeatNanos / 100);

    /// <summary>Inputs that are not durable yet.</summary>
    public long JournalLag => Math.Max(0, Now.Pipeline.Appended - Now.Pipeline.Durable);

    /// <summary>Inputs that the follower has still to process; null without one.</summary>
    public long? FollowerLag => Now.Pipeline.Follower < 0 ? null : Math.Max(0, Now.Pipeline.Appended - Now.Pipeline.Follower);

    /// <summary>The alerts, the newest first.</summary>
    public IEnumerable<AlertCounters> Alerts
    {
        get
        {
            StateCounters state = Now.State;
            long count = state.AlertCount;
            for (long number = count - 1; number >= Math.Max(0, count - CountersLayout.RowsMax); number--)
            {
                yield return state.Alerts[(int)(number % CountersLayout.RowsMax)];
            }
        }
    }

    /// <summary>A count a second between the two looks; null where there was one only.</summary>
    /// <param name="count">The count of a look.</param>
    public double? Rate(Func<PipelineCounters, long> count)
    {
        if (Before is not { } before || before.Header.ProcessStart != Now.Header.ProcessStart || Now.Pipeline.MonotonicNanos <= before.Pipeline.MonotonicNanos)
        {
            return null;
        }

        double seconds = (Now.Pipeline.MonotonicNanos - before.Pipeline.MonotonicNanos) / NanosPerSecond;
        return (count(Now.Pipeline) - count(before.Pipeline)) / seconds;
    }
}
