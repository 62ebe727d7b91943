using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Volatility;

/// <summary>
/// Wilder's average true range (D6 <c>atr</c>, R118, R124): the smoothed mean of max(high - low, |high - previous close|, |low - previous close|), a
/// distance in price. The default value is an average of nothing.
/// </summary>
public struct AverageTrueRange
{
    /// <summary>Period where the configuration does not say (D6).</summary>
    public const int PeriodDefault = 14;

    /// <summary>The smoothed true ranges.</summary>
    public WilderAverage Average;

    /// <summary>Which bars the first value is made of.</summary>
    public TrueRangeSeed Seed;

    /// <summary>Close of the bar before; zero before the first.</summary>
    public Price PreviousClose;

    /// <summary>An ATR without bars.</summary>
    /// <param name="period">1 to <see cref="WilderAverage.PeriodMax"/>.</param>
    /// <param name="seed">Convention of the first value.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another period.</exception>
    public AverageTrueRange(int period, TrueRangeSeed seed = TrueRangeSeed.WithFirstBar)
    {
        Average = new WilderAverage(period);
        Seed = seed;
    }

    /// <summary>Takes the next bar.</summary>
    /// <returns><c>false</c>, and nothing changes, if the three are not prices of one bar (low &lt;= close &lt;= high) or nothing is averaged.</returns>
    public bool Add(Price high, Price low, Price close)
    {
        if (Average.Period == 0 || !Bounds.IsPrice(low.Raw) || !Bounds.IsPrice(high.Raw) || close < low || close > high)
        {
            return false;
        }

        if (!PreviousClose.IsZero)
        {
            Average.Add(Math.Max(high.Raw, PreviousClose.Raw) - Math.Min(low.Raw, PreviousClose.Raw));
        }
        else if (Seed == TrueRangeSeed.WithFirstBar)
        {
            Average.Add(high.Raw - low.Raw);
        }

        PreviousClose = close;
        return true;
    }

    /// <summary>The average true range, half away from zero at 8 places.</summary>
    /// <returns><c>false</c> until enough bars were taken.</returns>
    public readonly bool TryValue(out Price range)
    {
        bool known = Average.TryValue(out long raw);
        range = new Price(raw);
        return known;
    }
}
