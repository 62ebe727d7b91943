using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Volatility;

/// <summary>
/// The true ranges of the newest bars, from which Wilder's average of any period follows (D6 <c>atr</c>): its first value is the mean of the oldest n that are kept, and
/// the later ones are smoothed in. What is older than 64 bars would weigh ((n - 1) / n)^(64 - n) of the average: 2.5 % of the first value's difference for n = 14.
/// So one history serves strategies of every period, also for their first entry. The default value is an empty history.
/// </summary>
public struct RangeHistory
{
    /// <summary>Ranges that are kept.</summary>
    public const int RangesMax = 64;

    /// <summary>Ranges that were taken, no more than <see cref="RangesMax"/>.</summary>
    public int Count;

    /// <summary>Where the next one goes.</summary>
    public int Next;

    /// <summary>Close of the bar before; zero before the first.</summary>
    public Price PreviousClose;

    /// <summary>The ranges, scaled by 1e8.</summary>
    public RangeRing Ranges;

    /// <summary>Takes the next bar; the first one counts as high - low.</summary>
    /// <returns><c>false</c>, and nothing changes, if the three are not prices of one bar.</returns>
    public bool Add(Price high, Price low, Price close)
    {
        if (!Bounds.IsPrice(low.Raw) || !Bounds.IsPrice(high.Raw) || close < low || close > high)
        {
            return false;
        }

        Ranges[Next] = PreviousClose.IsZero
            ? high.Raw - low.Raw
            : Math.Max(high.Raw, PreviousClose.Raw) - Math.Min(low.Raw, PreviousClose.Raw);
        Next = (Next + 1) % RangesMax;
        Count = Math.Min(Count + 1, RangesMax);
        PreviousClose = close;
        return true;
    }

    /// <summary>Wilder's average true range.</summary>
    /// <param name="period">n, 1 to <see cref="RangesMax"/>.</param>
    /// <param name="range">The average, a distance in price.</param>
    /// <returns><c>false</c> until n bars were taken.</returns>
    public readonly bool TryAverage(int period, out Price range)
    {
        range = Price.Zero;
        if (period is < 1 or > RangesMax || Count < period)
        {
            return false;
        }

        var average = new WilderAverage(period);
        int oldest = Count == RangesMax ? Next : 0;
        for (int index = 0; index < Count; index++)
        {
            average.Add(Ranges[(oldest + index) % RangesMax]);
        }

        bool known = average.TryValue(out long raw);
        range = new Price(raw);
        return known;
    }

    /// <summary>The ranges of a history.</summary>
    [InlineArray(RangesMax)]
    public struct RangeRing
    {
        private long _first;
    }
}
