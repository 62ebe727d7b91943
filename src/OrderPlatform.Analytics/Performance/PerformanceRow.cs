using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>The figures of one client, strategy, venue, symbol or side, or of all together.</summary>
public sealed class PerformanceRow
{
    private readonly long _spanNanos;
    private readonly Money _meanEquity;

    internal PerformanceRow(
        PerformanceKey key, IReadOnlyList<TradeRecord> trades, IReadOnlyList<OrderRecord> orders, int refused, long spanNanos, Money meanEquity)
    {
        Key = key;
        Trades = TradeStatistics.From(trades);
        Orders = OrderStatistics.From(orders, refused);
        HeldNanos = Union(trades);
        _spanNanos = spanNanos;
        _meanEquity = meanEquity;
    }

    /// <summary>What the row is about.</summary>
    public PerformanceKey Key { get; }

    /// <summary>Closed trades.</summary>
    public TradeStatistics Trades { get; }

    /// <summary>Orders.</summary>
    public OrderStatistics Orders { get; }

    /// <summary>Time in which at least one of the closed trades was open, nanoseconds.</summary>
    public long HeldNanos { get; }

    /// <summary>That time as a share of the run's; <c>null</c> if the run has no length.</summary>
    public double? Exposure => _spanNanos > 0 ? (double)HeldNanos / _spanNanos : null;

    /// <summary>Traded value, bought and sold, over the run's mean equity; <c>null</c> without positive equity.</summary>
    public double? Turnover => _meanEquity.Raw > 0 ? (double)Orders.TradedValue.Raw / _meanEquity.Raw : null;

    private static long Union(IReadOnlyList<TradeRecord> trades)
    {
        long held = 0;
        long until = long.MinValue;
        foreach (TradeRecord trade in trades.OrderBy(static t => t.EntryTimeNanos))
        {
            long from = Math.Max(until, trade.EntryTimeNanos);
            held += Math.Max(0, trade.ExitTimeNanos - from);
            until = Math.Max(until, trade.ExitTimeNanos);
        }

        return held;
    }
}
