namespace OrderPlatform.Runtime.Tests;

/// <summary>Real time that a test turns by hand; waiting for it passes at once, by turning it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks;

    /// <summary>How often it was waited for.</summary>
    public int Waits { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_ticks);

    public void Advance(TimeSpan by) => _ticks += by.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits++;
        Advance(dueTime);
        callback(state);
        return new Rung();
    }

    private sealed class Rung : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
