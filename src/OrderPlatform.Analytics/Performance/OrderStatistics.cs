using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics;

/// <summary>How orders were executed, and what that cost (R95, R98). What cannot be said is <c>null</c>.</summary>
public sealed class OrderStatistics
{
    private OrderStatistics()
    {
    }

    /// <summary>Orders that passed the risk checks.</summary>
    public int Count { get; private init; }

    /// <summary>Filled completely.</summary>
    public int Filled { get; private init; }

    /// <summary>Ended with a part filled.</summary>
    public int PartlyFilled { get; private init; }

    /// <summary>Refused by the venue with nothing filled.</summary>
    public int Rejected { get; private init; }

    /// <summary>Ended in any way.</summary>
    public int Ended { get; private init; }

    /// <summary>Refused by the risk checks: never an order.</summary>
    public int Refused { get; private init; }

    /// <summary>Filled over ordered quantity; <c>null</c> over more than one symbol, whose quantities cannot be added, and without orders.</summary>
    public double? FillRatio { get; private init; }

    /// <summary>Mean of each order's filled share: small orders weigh as much as large ones.</summary>
    public double? MeanFillRatio { get; private init; }

    /// <summary>Filled completely over ended.</summary>
    public double? SuccessRate => Share(Filled, Ended);

    /// <summary>Rejected by the venue over ended.</summary>
    public double? RejectionRate => Share(Rejected, Ended);

    /// <summary>What passed the risk checks over all that came before them.</summary>
    public double? RiskPassRate => Share(Count, (long)Count + Refused);

    /// <summary>From sending to the venue's first answer.</summary>
    public LatencyFigures? Answer { get; private init; }

    /// <summary>From sending to the first fill; an order that rests waits long.</summary>
    public LatencyFigures? FirstFill { get; private init; }

    /// <summary>From sending to the last fill of orders that were filled completely.</summary>
    public LatencyFigures? WholeFill { get; private init; }

    /// <summary>Slippage against the price of the decision: what the delay, the schedule and the market's answer cost together.</summary>
    public ExecutionCost DecisionCost { get; private init; }

    /// <summary>Slippage against the price when the order was sent: what its execution cost alone.</summary>
    public ExecutionCost ArrivalCost { get; private init; }

    /// <summary>Value of all fills, bought and sold.</summary>
    public Money TradedValue { get; private init; }

    /// <summary>Fees; negative if rebates outweigh them.</summary>
    public Money Fees { get; private init; }

    /// <summary>Fees in hundredths of a percent of the traded value.</summary>
    public double? FeeBasisPoints => TradedValue.Raw > 0 ? (double)Fees.Raw / TradedValue.Raw * 10_000 : null;

    /// <summary>The statistics of some orders and of the number of those that the risk checks refused.</summary>
    /// <exception cref="OverflowException">A sum of money left 64 bits.</exception>
    public static OrderStatistics From(IReadOnlyList<OrderRecord> orders, int refused = 0)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ExecutionCost decision = default, arrival = default;
        Money traded = default, fees = default;
        foreach (OrderRecord order in orders)
        {
            decision += order.DecisionCost;
            arrival += order.ArrivalCost;
            traded += order.Value;
            fees += order.Fees;
        }

        return new OrderStatistics
        {
            Count = orders.Count,
            Filled = orders.Count(static o => o.Status == OrderStatus.Filled),
            PartlyFilled = orders.Count(static o => o.HasEnded && o.Status != OrderStatus.Filled && !o.Filled.IsZero),
            Rejected = orders.Count(static o => o.Status == OrderStatus.Rejected && o.Filled.IsZero),
            Ended = orders.Count(static o => o.HasEnded),
            Refused = refused,
            FillRatio = FillRatioOf(orders),
            MeanFillRatio = MeanFillRatioOf(orders),
            Answer = LatencyFigures.From(Waits(orders, static o => o.AnsweredAtNanos)),
            FirstFill = LatencyFigures.From(Waits(orders, static o => o.FirstFillNanos)),
            WholeFill = LatencyFigures.From(Waits(orders, static o => o.Status == OrderStatus.Filled ? o.LastFillNanos : null)),
            DecisionCost = decision,
            ArrivalCost = arrival,
            TradedValue = traded,
            Fees = fees,
        };
    }

    private static double? Share(long part, long whole) => whole > 0 ? (double)part / whole : null;

    private static IEnumerable<long> Waits(IEnumerable<OrderRecord> orders, Func<OrderRecord, long?> until) =>
        orders.Where(o => o.SentAtNanos is not null && until(o) is not null).Select(o => until(o)!.Value - o.SentAtNanos!.Value);

    private static double? FillRatioOf(IReadOnlyList<OrderRecord> orders)
    {
        Int128 ordered = 0, filled = 0;
        foreach (OrderRecord order in orders)
        {
            if (order.Instrument != orders[0].Instrument)
            {
                return null;
            }

            ordered += order.Quantity.Raw;
            filled += order.Filled.Raw;
        }

        return ordered > 0 ? (double)filled / (double)ordered : null;
    }

    private static double? MeanFillRatioOf(IReadOnlyList<OrderRecord> orders)
    {
        double sum = 0;
        int count = 0;
        foreach (OrderRecord order in orders)
        {
            if (order.Quantity.Raw > 0)
            {
                sum += (double)order.Filled.Raw / order.Quantity.Raw;
                count++;
            }
        }

        return count > 0 ? sum / count : null;
    }
}
