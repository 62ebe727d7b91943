namespace OrderPlatform.Aeron.Agents;

/// <summary>A clock whose nanoseconds stand still within a duty cycle: agents that take turns on one thread read the machine's clock once for all.</summary>
internal sealed class CycleClock(IClock clock) : IClock
{
    public long NanoTime { get; private set; } = clock.NanoTime;

    public long EpochMillis => clock.EpochMillis;

    public long EpochNanos => clock.EpochNanos;

    /// <summary>At the start of each cycle.</summary>
    public void Tick() => NanoTime = clock.NanoTime;
}
