using System;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// A budget that is full again at the start of each window (R55, R56, R133, T11). All is counted in whole units; time is that of the inputs, in
/// nanoseconds since 1970-01-01 UTC, and one that is earlier than the last one seen counts as that one.
/// </summary>
public struct FixedWindow
{
    /// <summary>Time that never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Most in one window.</summary>
    public long Capacity;

    /// <summary>The part of the capacity that only requests which lower risk may use (cancels).</summary>
    public long Reserved;

    /// <summary>Length of a window.</summary>
    public long WindowNanos;

    /// <summary>When windows begin.</summary>
    public WindowAlignment Alignment;

    /// <summary>Start of the window that is counted.</summary>
    public long StartNanos;

    /// <summary>Taken in that window.</summary>
    public long Taken;

    /// <summary>Creates an empty budget.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A capacity or window that is not above zero, or a reserve outside 0..capacity.</exception>
    public FixedWindow(long capacity, long windowNanos, WindowAlignment alignment, long reserved = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(windowNanos);
        ArgumentOutOfRangeException.ThrowIfNegative(reserved);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reserved, capacity);
        Capacity = capacity;
        Reserved = reserved;
        WindowNanos = windowNanos;
        Alignment = alignment;

        // Long ago: the first request opens the first window.
        StartNanos = -windowNanos;
    }

    /// <summary>Takes the whole cost or nothing.</summary>
    /// <param name="nowNanos">Time of the input.</param>
    /// <param name="cost">Units, zero or above; a batch is one cost.</param>
    /// <param name="mayUseReserve">Whether the request lowers risk.</param>
    /// <returns><c>false</c> if it does not fit; then nothing is taken.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cost is below zero.</exception>
    public bool TryTake(long nowNanos, long cost, bool mayUseReserve = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        Roll(nowNanos);
        if (!Fits(cost, mayUseReserve, Taken))
        {
            return false;
        }

        Taken += cost;
        return true;
    }

    /// <summary>Counts what was sent whatever the budget says; a negative cost is given back, but never below zero.</summary>
    public void Add(long nowNanos, long cost)
    {
        Roll(nowNanos);
        Taken = Saturate(Taken, cost);
    }

    /// <summary>Taken in the window of this time.</summary>
    public readonly long Used(long nowNanos) => IsOver(nowNanos) ? 0 : Taken;

    /// <summary>The earliest time, not before now, at which the cost can be taken if nothing else is; <see cref="Never"/> if it is too much.</summary>
    public readonly long WhenFree(long nowNanos, long cost, bool mayUseReserve = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        return Fits(cost, mayUseReserve, Used(nowNanos)) ? nowNanos
            : Fits(cost, mayUseReserve, 0) && StartNanos <= Never - WindowNanos ? StartNanos + WindowNanos
            : Never;
    }

    /// <summary>
    /// Sets the count to the venue's own number, which knows of other processes (its header or answer), plus what was sent after the request that
    /// the number came with.
    /// </summary>
    public void Overwrite(long nowNanos, long venueUsed, long inFlight = 0)
    {
        Roll(nowNanos);
        Taken = Saturate(Math.Max(0, venueUsed), Math.Max(0, inFlight));
    }

    private readonly bool Fits(long cost, bool mayUseReserve, long used)
    {
        long limit = mayUseReserve ? Capacity : Capacity - Reserved;
        return cost <= limit && used <= limit - cost;
    }

    private readonly bool IsOver(long nowNanos) => (Int128)nowNanos - StartNanos >= WindowNanos;

    private void Roll(long nowNanos)
    {
        if (IsOver(nowNanos))
        {
            StartNanos = Alignment == WindowAlignment.Calendar ? nowNanos - (nowNanos % WindowNanos) : nowNanos;
            Taken = 0;
        }
    }

    /// <summary>A sum of counts that stays between zero and the largest number: a limit that wraps would be none.</summary>
    private static long Saturate(long count, long delta) => (long)Int128.Clamp((Int128)count + delta, 0, long.MaxValue);
}
