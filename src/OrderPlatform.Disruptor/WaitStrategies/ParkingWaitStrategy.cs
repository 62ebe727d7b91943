namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>
/// Parks for a time, and twice as long each time there is still nothing, up to a bound: gentle to a shared core. Wakes after the period
/// and the kernel's timer slack (about 50 µs). Nobody has to signal it.
/// </summary>
public struct ParkingWaitStrategy : IWaitStrategy
{
    private readonly long _parkMinNanos;
    private readonly long _parkMaxNanos;
    private long _parkNanos;

    /// <param name="parkNanos">How long to park each time, in nanoseconds, 1 to 1,000,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is outside.</exception>
    public ParkingWaitStrategy(long parkNanos)
        : this(parkNanos, parkNanos)
    {
    }

    /// <param name="parkMinNanos">The first period, in nanoseconds, 1 to 1,000,000,000.</param>
    /// <param name="parkMaxNanos">The longest period, at least the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A period is outside.</exception>
    public ParkingWaitStrategy(long parkMinNanos, long parkMaxNanos)
    {
        ThreadParking.ThrowIfOutside(parkMinNanos);
        ThreadParking.ThrowIfOutside(parkMaxNanos);
        ArgumentOutOfRangeException.ThrowIfLessThan(parkMaxNanos, parkMinNanos);
        _parkMinNanos = parkMinNanos;
        _parkMaxNanos = parkMaxNanos;
    }

    /// <summary>50 µs each time.</summary>
    public ParkingWaitStrategy()
        : this(ThreadParking.DefaultNanos)
    {
    }

    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        if (workCount > 0)
        {
            _parkNanos = 0;
            return;
        }

        // All zero is the default value of the struct.
        _parkNanos = _parkNanos == 0 ? _parkMinNanos : Math.Min(_parkNanos * 2, _parkMaxNanos);
        ThreadParking.Park(_parkNanos == 0 ? ThreadParking.DefaultNanos : _parkNanos);
    }

    /// <inheritdoc/>
    public void Reset() => _parkNanos = 0;
}
