using System.Diagnostics;

namespace OrderPlatform.Disruptor.Agents;

/// <summary>
/// Spins, then yields, then parks for longer and longer. Thresholds are in nanoseconds, not loops: a pause instruction takes 20 ns on
/// one processor and 140 cycles on another.
/// </summary>
public struct BackoffIdleStrategy : IIdleStrategy
{
    private readonly long _spinNanos;
    private readonly long _yieldUntilNanos;
    private readonly long _parkMinNanos;
    private readonly long _parkMaxNanos;
    private long _idleSinceTicks;
    private long _parkNanos;

    /// <param name="spinNanos">How long to spin, at least 0.</param>
    /// <param name="yieldNanos">How long to yield after that, at least 0.</param>
    /// <param name="parkMinNanos">The first parking period, 1 to 1,000,000,000.</param>
    /// <param name="parkMaxNanos">The longest parking period, at least the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside.</exception>
    public BackoffIdleStrategy(long spinNanos, long yieldNanos, long parkMinNanos, long parkMaxNanos)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spinNanos);
        ArgumentOutOfRangeException.ThrowIfNegative(yieldNanos);
        ThreadParking.ThrowIfOutside(parkMinNanos);
        ThreadParking.ThrowIfOutside(parkMaxNanos);
        ArgumentOutOfRangeException.ThrowIfLessThan(parkMaxNanos, parkMinNanos);
        _spinNanos = spinNanos;
        _yieldUntilNanos = spinNanos + yieldNanos;
        _parkMinNanos = parkMinNanos;
        _parkMaxNanos = parkMaxNanos;
    }

    /// <summary>5 µs of spinning, 20 µs of yielding, parking from 50 µs to 1 ms.</summary>
    public BackoffIdleStrategy()
        : this(5_000, 20_000, 50_000, 1_000_000)
    {
    }

    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        if (workCount > 0)
        {
            Reset();
            return;
        }

        long now = Stopwatch.GetTimestamp();
        if (_idleSinceTicks == 0)
        {
            _idleSinceTicks = now;
            _parkNanos = _parkMinNanos;
        }

        long idleNanos = (long)Stopwatch.GetElapsedTime(_idleSinceTicks, now).TotalNanoseconds;
        if (idleNanos < _spinNanos)
        {
            Thread.SpinWait(1);
        }
        else if (idleNanos < _yieldUntilNanos)
        {
            Thread.Yield();
        }
        else
        {
            ThreadParking.Park(_parkNanos);
            _parkNanos = Math.Min(_parkNanos * 2, _parkMaxNanos);
        }
    }

    /// <inheritdoc/>
    public void Reset() => _idleSinceTicks = 0;
}
