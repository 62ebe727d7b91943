using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// The figures of a span of time within a run (R97). A moment belongs to a span that ends with it, so that spans side by side share nothing and leave nothing
/// out: trades count by their exit, orders by their decision. Nothing after the span's end has a say in it.
/// </summary>
public sealed class SpanPerformance
{
    private SpanPerformance(long afterNanos, long untilNanos, PerformanceTable table, ReturnStatistics returns, Money totalPnl)
    {
        AfterNanos = afterNanos;
        UntilNanos = untilNanos;
        Table = table;
        Returns = returns;
        TotalPnl = totalPnl;
    }

    /// <summary>Begin of the span, which does not belong to it; nanoseconds since the Unix epoch, UTC.</summary>
    public long AfterNanos { get; }

    /// <summary>End of the span, which belongs to it.</summary>
    public long UntilNanos { get; }

    /// <summary>Trades and orders of the span.</summary>
    public PerformanceTable Table { get; }

    /// <summary>What the curve says within the span; the equity at its begin is the first peak and the base of the first return.</summary>
    public ReturnStatistics Returns { get; }

    /// <summary>Change of equity in the span: what was won and what positions gained, after fees, without deposits.</summary>
    public Money TotalPnl { get; }

    /// <summary>Share of the closed trades that were won; <c>null</c> without trades.</summary>
    public double? WinRate => Table.Overall.Trades.All.WinRate;

    /// <summary>Sharpe ratio, annualised; <c>null</c> if undefined.</summary>
    public double? Sharpe => Returns.Sharpe;

    /// <summary>Calculates the figures of one span.</summary>
    /// <param name="run">The run.</param>
    /// <param name="afterNanos">Begin, nanoseconds since the Unix epoch, UTC.</param>
    /// <param name="untilNanos">End, not before the begin.</param>
    /// <exception cref="ArgumentOutOfRangeException">The end is before the begin.</exception>
    public static SpanPerformance Calculate(RunRecord run, long afterNanos, long untilNanos)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(untilNanos, afterNanos);
        bool IsWithin(long nanos) => nanos > afterNanos && nanos <= untilNanos;
        List<EquityPoint> points = [.. run.Equity.Where(p => IsWithin(p.TimeNanos))];
        EquityPoint start = BaseOf(run, afterNanos);
        var table = new PerformanceTable(
            [.. run.Trades.Where(t => IsWithin(t.ExitTimeNanos))],
            [.. run.Orders.Where(o => IsWithin(o.DecidedAtNanos))],
            [.. run.Refusals.Where(r => IsWithin(r.TimeNanos))],
            untilNanos - afterNanos,
            PerformanceTable.MeanEquity(points, start.Equity));
        EquityPoint end = points.Count > 0 ? points[^1] : start;
        Money total = end.Equity - start.Equity - (end.Deposits - start.Deposits);
        return new SpanPerformance(afterNanos, untilNanos, table, ReturnStatistics.From(points, start), total);
    }

    // The last point up to the begin holds until the span's first; before the first point there is the initial equity, flat.
    private static EquityPoint BaseOf(RunRecord run, long afterNanos)
    {
        int next = run.Equity.FindIndex(p => p.TimeNanos > afterNanos);
        int last = next < 0 ? run.Equity.Count - 1 : next - 1;
        EquityPoint held = last >= 0 ? run.Equity[last] : new EquityPoint(afterNanos, run.InitialEquity, run.InitialEquity, Quantity.Zero, Price.Zero);
        return held with { TimeNanos = afterNanos };
    }
}
