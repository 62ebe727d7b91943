using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>What was lost already, and what this order can lose (R114, R120 MaxLossCheck and DailyLossLimitCheck, R121, D1).</summary>
internal static class LossChecks
{
    /// <summary>The value of a loss per trade whose stop is not known yet.</summary>
    public const long NotKnown = -1;

    /// <summary>The loss of the day; at the limit nothing increases any more.</summary>
    public static void DailyLoss(in CheckedOrder order, ref CheckList list)
    {
        if (order.Own.HasDailyLoss || order.Shared.HasDailyLoss)
        {
            list.AddNearer(LossFigures.DailyLoss(order.Strategy, order.StandingOfStrategy), LossFigures.DailyLoss(order.Client, order.StandingOfClient));
        }
    }

    /// <summary>The fall from the highest result; at the limit nothing increases any more.</summary>
    public static void Drawdown(in CheckedOrder order, ref CheckList list)
    {
        if (order.Own.HasDrawdown || order.Shared.HasDrawdown)
        {
            list.AddNearer(LossFigures.Drawdown(order.Strategy, order.StandingOfStrategy), LossFigures.Drawdown(order.Client, order.StandingOfClient));
        }
    }

    /// <summary>
    /// What the opening part loses from the order's price to its stop. Without any stop rule that is its whole value; where the rule's level is not known yet
    /// (multiples of a deviation or a range before the entry) the check passes and its value is <see cref="NotKnown"/>.
    /// </summary>
    public static void PerTrade(in CheckedOrder order, ref CheckList list)
    {
        ScopedLimit most = ScopedLimit.Smaller(order.Own.MaximumLossPerTrade.Raw, order.Shared.MaximumLossPerTrade.Raw);
        if (!most.IsSet)
        {
            return;
        }

        long loss = LossAtStop(order);
        list.Add(CheckKind.LossPerTrade, most.Scope, loss > most.Raw ? ReasonCode.LossPerTradeLimit : ReasonCode.None, loss, most.Raw);
    }

    private static long LossAtStop(in CheckedOrder order)
    {
        long value = ContractValue.Notional(order.Instrument, order.Order.Price, order.Order.Increasing).Raw;
        if (order.Strategy.Exits.StopLoss.IsZero)
        {
            return value;
        }

        Price stop = Stop(order);
        return stop.IsZero ? NotKnown : Math.Abs(value - ContractValue.Notional(order.Instrument, stop, order.Order.Increasing).Raw);
    }

    private static Price Stop(in CheckedOrder order)
    {
        // What adds to a position shares its stop; what opens one or turns it round has none yet.
        Price known = order.State.Positions.ProtectionOf(order.Order.Position).StopPrice;
        if (order.Order.Closing.IsZero && !order.Position.Quantity.IsZero && !known.IsZero)
        {
            return known;
        }

        long fraction = order.Strategy.Exits.StopLoss.Raw;
        return order.Strategy.Exits.StopMode == ExitMode.Fixed
            && FixedPoint.TryMultiplyDivide(order.Order.Price.Raw, order.Order.Side == Side.Buy ? FixedPoint.One - fraction : FixedPoint.One + fraction,
                FixedPoint.One, out long raw)
            ? new Price(raw)
            : Price.Zero;
    }
}
