using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Volatility;

/// <summary>
/// Wilder's smoothing (J. Welles Wilder, "New Concepts in Technical Trading Systems", 1978): the first value is the mean of the first n numbers, each next one
/// is (previous × (n - 1) + number) / n. The average is kept in 64ths of the 8th place, rounded half away from zero, so that the roundings of all
/// steps together (each is weighted down by those after it) stay below n / 128 of the 8th place. The default value is an average of nothing.
/// </summary>
public struct WilderAverage
{
    /// <summary>Longest period. With it sums and averages of prices stay within 64 bits.</summary>
    public const int PeriodMax = 64;

    private const int Guard = 64;

    /// <summary>n, or zero where nothing is averaged.</summary>
    public int Period;

    /// <summary>Numbers that were taken, no more than <see cref="Period"/>.</summary>
    public int Count;

    /// <summary>While fewer than <see cref="Period"/> numbers were taken their sum, then the average times 64; both scaled by 1e8.</summary>
    public long Accumulated;

    /// <summary>An average without numbers.</summary>
    /// <param name="period">n, 1 to <see cref="PeriodMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another period.</exception>
    public WilderAverage(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, PeriodMax);
        Period = period;
    }

    /// <summary>Whether there is an average.</summary>
    public readonly bool IsReady => Period > 0 && Count == Period;

    /// <summary>Takes the next number.</summary>
    /// <param name="raw">Zero or above, at most <see cref="Bounds.PriceMax"/>.</param>
    /// <returns><c>false</c>, and nothing changes, for another number or where nothing is averaged.</returns>
    public bool Add(long raw)
    {
        if (Period == 0 || raw < 0 || raw > Bounds.PriceMax)
        {
            return false;
        }

        if (Count < Period)
        {
            Accumulated += raw;
            Count++;
            Accumulated = Count == Period ? FixedPoint.MultiplyDivide(Accumulated, Guard, Period) : Accumulated;
        }
        else
        {
            Int128 numerator = ((Int128)Accumulated * (Period - 1)) + ((Int128)raw * Guard);
            Accumulated = (long)((numerator + (Period / 2)) / Period);
        }

        return true;
    }

    /// <summary>The average, scaled by 1e8, half away from zero.</summary>
    /// <returns><c>false</c> until <see cref="Period"/> numbers were taken.</returns>
    public readonly bool TryValue(out long raw)
    {
        raw = IsReady ? (Accumulated + (Guard / 2)) / Guard : 0;
        return IsReady;
    }
}
