namespace OrderPlatform.Disruptor.Agents;

/// <summary>Parks at once: gentle to a shared core, wakes after the period and the kernel's timer slack (about 50 µs).</summary>
public struct SleepingIdleStrategy : IIdleStrategy
{
    private readonly long _parkNanos;

    /// <param name="parkNanos">How long to park each time, in nanoseconds, 1 to 1,000,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is outside.</exception>
    public SleepingIdleStrategy(long parkNanos)
    {
        ThreadParking.ThrowIfOutside(parkNanos);
        _parkNanos = parkNanos;
    }

    /// <inheritdoc/>
    public readonly void Idle(int workCount)
    {
        if (workCount <= 0)
            ThreadParking.Park(_parkNanos == 0 ? ThreadParking.DefaultNanos : _parkNanos);
    }

    /// <inheritdoc/>
    public readonly void Reset()
    {
    }
}
