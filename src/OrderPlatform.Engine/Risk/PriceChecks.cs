using System;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// Whether the order's price is reasonable (R109, R113), and the price that it goes by new enough and near the one that it was decided at (R51).
/// </summary>
internal static class PriceChecks
{
    /// <summary>
    /// Distance of the price from the mark, as a fraction of the mark; at the limit it passes. Without a mark nothing can be said, and it is refused.
    /// </summary>
    public static void Collar(in CheckedOrder order, ref CheckList list)
    {
        ScopedLimit most = ScopedLimit.Smaller(order.Own.MaximumPriceDeviation.Raw, order.Shared.MaximumPriceDeviation.Raw);
        if (!most.IsSet)
        {
            return;
        }

        long mark = order.Instrument.Mark.Raw;
        if (mark == 0)
        {
            list.Add(CheckKind.PriceCollar, most.Scope, ReasonCode.NoPrice, 0, most.Raw);
            return;
        }

        long distance = CheckNumber.ShareUp(Int128.Abs((Int128)order.Order.Price.Raw - mark), mark);
        list.Add(CheckKind.PriceCollar, most.Scope, distance > most.Raw ? ReasonCode.PriceCollar : ReasonCode.None, distance, most.Raw);
    }

    /// <summary>Age of the mark, in seconds; at the limit it passes.</summary>
    public static void Stale(in CheckedOrder order, ref CheckList list)
    {
        ScopedLimit most = ScopedLimit.Smaller(order.Own.MaximumPriceAgeNanos, order.Shared.MaximumPriceAgeNanos);
        if (!most.IsSet)
        {
            return;
        }

        bool isKnown = !order.Instrument.Mark.IsZero;
        long age = isKnown ? order.State.NowNanos - order.Instrument.MarkTimeNanos : 0;
        ReasonCode reason = !isKnown ? ReasonCode.NoPrice : age > most.Raw ? ReasonCode.StalePrice : ReasonCode.None;
        list.Add(CheckKind.StalePrice, most.Scope, reason, Seconds(age), Seconds(most.Raw));
    }

    /// <summary>How much worse the price is than the one at which it was decided, as a fraction of that; at the limit it passes.</summary>
    public static void Slippage(in CheckedOrder order, ref CheckList list)
    {
        ScopedLimit most = ScopedLimit.Smaller(order.Own.MaximumSlippage.Raw, order.Shared.MaximumSlippage.Raw);
        if (!most.IsSet || order.Order.DecisionPrice.IsZero)
        {
            return;
        }

        Int128 rise = (Int128)order.Order.Price.Raw - order.Order.DecisionPrice.Raw;
        long slippage = CheckNumber.ShareUp(order.Order.Side == Side.Buy ? rise : -rise, order.Order.DecisionPrice.Raw);
        list.Add(CheckKind.Slippage, most.Scope, slippage > most.Raw ? ReasonCode.SlippageLimit : ReasonCode.None, slippage, most.Raw);
    }

    // Seconds times 1e8 are nanoseconds over ten.
    private static long Seconds(long nanos) => nanos / 10;
}
