using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// Turns equity points into returns per UTC day or hour. A point at exactly a boundary closes the period before it, as a bar's close does.
/// Periods without a point inside the series keep the equity before them and return 0. The first and last period may be partial.
/// </summary>
internal static class PeriodReturns
{
    /// <summary>Nanoseconds of an hour.</summary>
    internal const long HourNanos = 3_600_000_000_000;

    /// <summary>Nanoseconds of a day.</summary>
    internal const long DayNanos = 24 * HourNanos;

    /// <summary>The returns in order, or an empty list if an equity to divide by is not positive.</summary>
    internal static List<PeriodReturn> From(IReadOnlyList<EquityPoint> points, Money initialEquity, long periodNanos)
    {
        List<PeriodReturn> returns = [];
        Money previous = initialEquity;
        for (int i = 0; i < points.Count; i++)
        {
            long period = Period(points[i].TimeNanos, periodNanos);
            bool isLast = i + 1 == points.Count;
            long nextPeriod = isLast ? period + 1 : Period(points[i + 1].TimeNanos, periodNanos);
            if (nextPeriod == period)
            {
                continue;
            }

            if (previous.Raw <= 0)
            {
                return [];
            }

            Money equity = points[i].Equity;
            returns.Add(new PeriodReturn(period * periodNanos, ((double)equity.Raw - previous.Raw) / previous.Raw, equity));
            for (long gap = period + 1; gap < nextPeriod; gap++)
            {
                returns.Add(new PeriodReturn(gap * periodNanos, 0, equity));
            }

            previous = equity;
        }

        return returns;
    }

    private static long Period(long timeNanos, long periodNanos) =>
        (long)Int128.Max(FloorDivide((Int128)timeNanos - 1, periodNanos), long.MinValue / periodNanos);

    private static Int128 FloorDivide(Int128 value, long divisor) => (value / divisor) - (value % divisor < 0 ? 1 : 0);
}
