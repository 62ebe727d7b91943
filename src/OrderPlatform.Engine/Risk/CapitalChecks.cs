using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>Whether there is capital for the order: leverage (R107), and balance with what open orders hold back (R109, R120 CapitalCheck).</summary>
internal static class CapitalChecks
{
    /// <summary>Exposure over equity, of the strategy and its account, and of the client; at the limit it passes.</summary>
    public static void Leverage(in CheckedOrder order, ref CheckList list)
    {
        long own = order.Own.MaximumLeverage.Raw;
        long shared = order.Shared.MaximumLeverage.Raw;
        if (own == long.MaxValue && shared == long.MaxValue)
        {
            return;
        }

        // A reversal gives back the exposure of what it closes.
        Int128 added = Valuation.Converted(order.State, order.Account, Opening(order) - Freed(order));
        long strategy = own == long.MaxValue ? 0 : CheckNumber.ShareUp(
            ExposureFigures.OfStrategy(order.State, order.Strategy) + added, ExposureFigures.EquityOfStrategy(order.State, order.Strategy));
        long client = shared == long.MaxValue ? 0 : CheckNumber.ShareUp(
            ExposureFigures.OfClient(order.State, order.Strategy.Client) + added, order.StandingOfClient.Equity.Raw);
        list.AddNearer(Entry(Scope.Strategy, strategy, own), Entry(Scope.Client, client, shared));
    }

    /// <summary>The account's exposure, with what open orders hold back and the fee of taking, over its equity times its leverage. Always made.</summary>
    public static void Balance(in CheckedOrder order, ref CheckList list)
    {
        ref Venue venue = ref order.State.Venues[order.Instrument.Venue];
        if (!ContractValue.TryOf(order.Instrument, order.Order.Price, order.Order.Opening, out Money opening) || opening.Raw == long.MinValue
            || !FixedPoint.TryMultiplyDivide(opening.Abs().Raw, venue.TakerFeeRate.Raw, FixedPoint.One, out long fee)
            || !FixedPoint.TryMultiplyDivide(
                order.Equity.Raw, order.Account.MaximumLeverage.Raw, FixedPoint.One, out long most))
        {
            list.Add(CheckKind.Balance, Scope.Account, ReasonCode.ArithmeticOverflow, order.Order.Opening.Raw, order.Order.Price.Raw);
            return;
        }

        Int128 exposure = Valuation.Exposure(order.State, order.Position.Account).Raw - Freed(order) + order.Account.Reserved.Raw + opening.Abs().Raw + fee
            + order.Order.AddedHold.Raw;
        list.Add(CheckKind.Balance, Scope.Account, exposure > most ? ReasonCode.InsufficientBalance : ReasonCode.None, CheckNumber.Hold(exposure), most);
    }

    private static Int128 Opening(in CheckedOrder order) => ContractValue.Notional(order.Instrument, order.Order.Price, order.Order.Opening).Raw;

    private static Int128 Freed(in CheckedOrder order) => order.Order.Closing.IsZero ? 0 : order.Position.Exposure.Raw;

    private static CheckEntry Entry(Scope scope, long value, long limit) =>
        new(CheckKind.Leverage, scope, value > limit ? ReasonCode.LeverageLimit : ReasonCode.None, value, limit);
}
