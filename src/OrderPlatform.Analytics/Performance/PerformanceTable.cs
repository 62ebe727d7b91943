using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// Figures of trades and orders told apart by client, strategy, venue, symbol or side (R94, R102). Every trade and every order is in exactly one row of each
/// dimension, so that the rows add up to the whole.
/// </summary>
public sealed class PerformanceTable
{
    private readonly IReadOnlyList<TradeRecord> _trades;
    private readonly IReadOnlyList<OrderRecord> _orders;
    private readonly IReadOnlyList<RiskRefusal> _refusals;
    private readonly long _spanNanos;
    private readonly Money _meanEquity;

    /// <summary>Makes a table.</summary>
    /// <param name="trades">Closed trades, in order of their exit.</param>
    /// <param name="orders">Orders.</param>
    /// <param name="refusals">Orders that risk refused.</param>
    /// <param name="spanNanos">Length of the time that they are from, for exposure; 0 if unknown.</param>
    /// <param name="meanEquity">Mean equity of that time, for turnover; zero if unknown.</param>
    public PerformanceTable(
        IReadOnlyList<TradeRecord> trades,
        IReadOnlyList<OrderRecord> orders,
        IReadOnlyList<RiskRefusal> refusals,
        long spanNanos = 0,
        Money meanEquity = default)
    {
        ArgumentNullException.ThrowIfNull(trades);
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(refusals);
        _trades = trades;
        _orders = orders;
        _refusals = refusals;
        _spanNanos = spanNanos;
        _meanEquity = meanEquity;
        Overall = new PerformanceRow(PerformanceKey.Overall, trades, orders, refusals.Count, spanNanos, meanEquity);
    }

    /// <summary>Everything together.</summary>
    public PerformanceRow Overall { get; }

    /// <summary>The table of a run.</summary>
    public static PerformanceTable From(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new PerformanceTable(run.Trades, run.Orders, run.Refusals, run.LastTimeNanos - run.FirstTimeNanos, MeanEquity(run.Equity, run.InitialEquity));
    }

    /// <summary>One row for each name of a dimension, in ordinal order of the names.</summary>
    public IReadOnlyList<PerformanceRow> By(PerformanceDimension dimension)
    {
        if (dimension == PerformanceDimension.Overall)
        {
            return [Overall];
        }

        ILookup<string, TradeRecord> trades = _trades.ToLookup(t => PerformanceKey.Of(dimension, t));
        ILookup<string, OrderRecord> orders = _orders.ToLookup(o => PerformanceKey.Of(dimension, o));
        ILookup<string, RiskRefusal> refusals = _refusals.ToLookup(r => PerformanceKey.Of(dimension, r));
        return
        [
            .. trades.Select(static g => g.Key).Concat(orders.Select(static g => g.Key)).Concat(refusals.Select(static g => g.Key))
                .Distinct().Order(StringComparer.Ordinal)
                .Select(name => new PerformanceRow(
                    new PerformanceKey(dimension, name), [.. trades[name]], [.. orders[name]], refusals[name].Count(), _spanNanos, _meanEquity)),
        ];
    }

    /// <summary>The row of one key; <c>null</c> if nothing belongs to it.</summary>
    public PerformanceRow? Find(PerformanceKey key) => By(key.Dimension).FirstOrDefault(row => row.Key == key);

    /// <summary>The mean of the curve's points, half away from zero at 1e-8; the equity at the start if there is none.</summary>
    internal static Money MeanEquity(IReadOnlyList<EquityPoint> points, Money start)
    {
        Int128 sum = 0;
        foreach (EquityPoint point in points)
        {
            sum += point.Equity.Raw;
        }

        return points.Count == 0 ? start : new Money((long)WideNumber.DivideHalfAway(sum, points.Count));
    }
}
