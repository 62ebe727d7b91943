using System;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// A counter that requests raise and time lowers at a constant rate (Kraken, R133). What is left is kept as an exact multiple of 1 / period, so no
/// rounding error grows however often it is asked: the counter after many small steps is the counter after one big one.
/// </summary>
public struct LeakyCounter
{
    /// <summary>Time that never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Highest that a request may raise the counter to.</summary>
    public long Capacity;

    /// <summary>The part of the capacity that only requests which lower risk may use.</summary>
    public long Reserved;

    /// <summary>Units that leak away in a period; the fraction of the two is in lowest terms.</summary>
    public long Amount;

    /// <summary>The period: 0.33 a second is 33 in 100 seconds.</summary>
    public long PeriodNanos;

    /// <summary>The counter times <see cref="PeriodNanos"/>.</summary>
    public long Level;

    /// <summary>The time of <see cref="Level"/>.</summary>
    public long AtNanos;

    /// <summary>Creates a counter at zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A capacity, amount or period that is not above zero, a reserve outside 0..capacity, or numbers that are no <see cref="IsRate"/>.
    /// </exception>
    public LeakyCounter(long capacity, long amount, long periodNanos, long reserved = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(periodNanos);
        ArgumentOutOfRangeException.ThrowIfNegative(reserved);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reserved, capacity);
        ArgumentOutOfRangeException.ThrowIfEqual(IsRate(capacity, amount, periodNanos), false);
        long common = CommonDivisor(amount, periodNanos);
        Capacity = capacity;
        Reserved = reserved;
        Amount = amount / common;
        PeriodNanos = periodNanos / common;
    }

    /// <summary>
    /// Whether the counter's level fits in 64 bits with room to spare: capacity × period in lowest terms is at most 2^61, all three above zero.
    /// </summary>
    public static bool IsRate(long capacity, long amount, long periodNanos) =>
        capacity > 0 && amount > 0 && periodNanos > 0 && capacity <= (1L << 61) / (periodNanos / CommonDivisor(amount, periodNanos));

    /// <summary>Raises the counter by the whole cost or not at all.</summary>
    /// <param name="nowNanos">Time of the input; an earlier one than the last counts as the last.</param>
    /// <param name="cost">Units, zero or above.</param>
    /// <param name="mayUseReserve">Whether the request lowers risk.</param>
    /// <returns><c>false</c> if the counter would pass its limit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cost is below zero.</exception>
    public bool TryTake(long nowNanos, long cost, bool mayUseReserve = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        Leak(nowNanos);
        if (cost > Limit(mayUseReserve) || Excess(Level, cost, mayUseReserve) > 0)
        {
            return false;
        }

        Level += cost * PeriodNanos;
        return true;
    }

    /// <summary>Counts what was sent whatever the limit says; a negative cost is given back, but never below zero.</summary>
    public void Add(long nowNanos, long cost)
    {
        Leak(nowNanos);
        Level = Saturate(Level + ((Int128)cost * PeriodNanos));
    }

    /// <summary>The counter at this time, rounded up: a part of a unit is used.</summary>
    public readonly long Used(long nowNanos)
    {
        long level = LevelAt(nowNanos);
        return (level / PeriodNanos) + (level % PeriodNanos == 0 ? 0 : 1);
    }

    /// <summary>The earliest time, not before now, at which the cost can be taken if nothing else is; <see cref="Never"/> if it is too much.</summary>
    public readonly long WhenFree(long nowNanos, long cost, bool mayUseReserve = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        if (cost > Limit(mayUseReserve))
        {
            return Never;
        }

        Int128 excess = Excess(LevelAt(nowNanos), cost, mayUseReserve);
        Int128 at = Math.Max(nowNanos, AtNanos) + ((excess + Amount - 1) / Amount);
        return excess <= 0 ? nowNanos : at < Never ? (long)at : Never;
    }

    /// <summary>Sets the counter to the venue's own number plus what was sent after the request that the number came with.</summary>
    public void Overwrite(long nowNanos, long venueUsed, long inFlight = 0)
    {
        Leak(nowNanos);
        Level = Saturate(((Int128)Math.Max(0, venueUsed) + Math.Max(0, inFlight)) * PeriodNanos);
    }

    private readonly long Limit(bool mayUseReserve) => mayUseReserve ? Capacity : Capacity - Reserved;

    private readonly Int128 Excess(long level, long cost, bool mayUseReserve) => level + (((Int128)cost - Limit(mayUseReserve)) * PeriodNanos);

    private readonly long LevelAt(long nowNanos) =>
        nowNanos <= AtNanos ? Level : (long)Int128.Max(0, Level - (((Int128)nowNanos - AtNanos) * Amount));

    private void Leak(long nowNanos)
    {
        Level = LevelAt(nowNanos);
        AtNanos = Math.Max(AtNanos, nowNanos);
    }

    private static long CommonDivisor(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }

    private static long Saturate(Int128 level) => (long)Int128.Clamp(level, 0, long.MaxValue);
}
