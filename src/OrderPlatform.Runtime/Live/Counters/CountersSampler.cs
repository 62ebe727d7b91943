using OrderPlatform.Disruptor.Agents;

namespace OrderPlatform.Runtime.Live.Counters;

/// <summary>Writes the pipeline's and the latencies' blocks ten times a second, on a parked thread beside the pipeline; reads what any thread may read.</summary>
public sealed class CountersSampler : IAgent
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CountersFile _file;
    private readonly LivePipeline _pipeline;
    private readonly Func<long> _follower;
    private readonly TimeProvider _time;
    private readonly long _began;
    private long _lastTicks;
    private bool _hasWritten;

    /// <param name="file">Where to.</param>
    /// <param name="pipeline">Of what.</param>
    /// <param name="follower">The last input that the follower has processed; -1 where there is none.</param>
    /// <param name="time">The clock.</param>
    public CountersSampler(CountersFile file, LivePipeline pipeline, Func<long> follower, TimeProvider time)
    {
        _file = file;
        _pipeline = pipeline;
        _follower = follower;
        _time = time;
        _began = time.GetTimestamp();
    }

    /// <inheritdoc />
    public string Name => "counters";

    /// <summary>How the run ended, for its last sample.</summary>
    public CountersPhase Phase { get; set; } = CountersPhase.Running;

    /// <inheritdoc />
    public int DoWork()
    {
        long now = _time.GetTimestamp();
        if (!_hasWritten || _time.GetElapsedTime(_lastTicks, now) >= Interval)
        {
            _hasWritten = true;
            _lastTicks = now;
            Write();
        }

        // Never a reason to go on at once.
        return 0;
    }

    /// <inheritdoc />
    public void OnClose()
    {
        Phase = Phase == CountersPhase.Running ? CountersPhase.Failed : Phase;
        Write();
    }

    private void Write()
    {
        PipelineCounters counters = default;
        counters.Phase = Phase;
        counters.HeartbeatNanos = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        counters.MonotonicNanos = (long)_time.GetElapsedTime(_began).TotalNanoseconds;
        counters.Follower = _follower();
        counters.Collections = GC.CollectionCount(0);
        counters.WorkingSet = Environment.WorkingSet;
        _pipeline.Show(ref counters);
        _file.Write(counters);
        _file.Write(_pipeline.Latency.Count());
    }
}
