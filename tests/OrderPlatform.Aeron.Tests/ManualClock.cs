using OrderPlatform.Aeron.Agents;

namespace OrderPlatform.Aeron.Tests;

/// <summary>Time that a test moves by hand.</summary>
internal sealed class ManualClock : IClock
{
    private const long StartEpochMillis = 1_750_000_000_000;

    public long NanoTime { get; set; } = 1_000_000_000;

    public long EpochMillis => StartEpochMillis + (NanoTime / 1_000_000);

    public long EpochNanos => (StartEpochMillis * 1_000_000) + NanoTime;

    public void AdvanceNanos(long nanos) => NanoTime += nanos;

    public void Advance(TimeSpan time) => NanoTime += (long)(time.TotalMilliseconds * 1_000_000);
}
