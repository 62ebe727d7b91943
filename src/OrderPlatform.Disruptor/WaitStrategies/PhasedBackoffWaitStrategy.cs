using System.Diagnostics;

namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>
/// Spins, then yields, then does what the fallback does. The phases are in nanoseconds, not loops: a pause instruction takes 20 ns on
/// one processor and 140 cycles on another.
/// </summary>
/// <typeparam name="TFallback">What follows: <see cref="ParkingWaitStrategy"/> or <see cref="BlockingWaitStrategy"/>.</typeparam>
public struct PhasedBackoffWaitStrategy<TFallback> : IWaitStrategy
    where TFallback : struct, IWaitStrategy
{
    private readonly long _spinNanos;
    private readonly long _yieldUntilNanos;
#pragma warning disable IDE0044 // It changes: its methods change the struct in place.
    private TFallback _fallback;
#pragma warning restore IDE0044
    private long _idleSinceTicks;

    /// <param name="spinNanos">How long to spin, at least 0.</param>
    /// <param name="yieldNanos">How long to yield after that, at least 0.</param>
    /// <param name="fallback">What to do after that.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public PhasedBackoffWaitStrategy(long spinNanos, long yieldNanos, TFallback fallback)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spinNanos);
        ArgumentOutOfRangeException.ThrowIfNegative(yieldNanos);
        _spinNanos = spinNanos;
        _yieldUntilNanos = spinNanos + yieldNanos;
        _fallback = fallback;
    }

    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        if (workCount > 0)
        {
            if (_idleSinceTicks != 0)
                Reset();
            return;
        }

        long now = Stopwatch.GetTimestamp();
        if (_idleSinceTicks == 0)
            _idleSinceTicks = now;
        long idleNanos = (long)Stopwatch.GetElapsedTime(_idleSinceTicks, now).TotalNanoseconds;
        if (idleNanos < _spinNanos)
            Thread.SpinWait(1);
        else if (idleNanos < _yieldUntilNanos)
            Thread.Yield();
        else
            _fallback.Idle(0);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _idleSinceTicks = 0;
        _fallback.Reset();
    }
}

/// <summary>Phases that suit most threads.</summary>
public static class PhasedBackoffWaitStrategy
{
    /// <summary>5 µs of spinning, 20 µs of yielding, parking from 50 µs to 1 ms: for a load that nobody knows, on cores that others share.</summary>
    public static PhasedBackoffWaitStrategy<ParkingWaitStrategy> Default => new(5_000, 20_000, new ParkingWaitStrategy(50_000, 1_000_000));
}
