using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>What would be held if this order and all open ones executed (D2, R106, R115, R117, R120, R121).</summary>
internal static class PositionChecks
{
    /// <summary>Quantity, value and share of the account's equity of the strategy's position.</summary>
    public static void Size(in CheckedOrder order, ref CheckList list)
    {
        ScopedLimit quantity = ScopedLimit.Smaller(order.Own.MaximumPositionQuantity.Raw, order.Shared.MaximumPositionQuantity.Raw);
        ScopedLimit notional = ScopedLimit.Smaller(order.Own.MaximumPositionNotional.Raw, order.Shared.MaximumPositionNotional.Raw);
        ScopedLimit fraction = ScopedLimit.Smaller(order.Own.MaximumPositionFraction.Raw, order.Shared.MaximumPositionFraction.Raw);
        if (!quantity.IsSet && !notional.IsSet && !fraction.IsSet)
        {
            return;
        }

        Quantity after = After(order);
        if (quantity.IsSet)
        {
            list.Add(CheckKind.PositionQuantity, quantity.Scope, after.Raw > quantity.Raw ? ReasonCode.PositionQuantityLimit : ReasonCode.None, after.Raw,
                quantity.Raw);
        }

        if (!notional.IsSet && !fraction.IsSet)
        {
            return;
        }

        long value = ContractValue.Notional(order.Instrument, order.Order.Price, after).Raw;
        if (notional.IsSet)
        {
            list.Add(CheckKind.PositionNotional, notional.Scope, value > notional.Raw ? ReasonCode.PositionNotionalLimit : ReasonCode.None, value,
                notional.Raw);
        }

        if (fraction.IsSet)
        {
            long most = CheckNumber.Fraction(new Ratio(fraction.Raw), order.Equity.Raw);
            list.Add(CheckKind.PositionFraction, fraction.Scope, value > most ? ReasonCode.PositionFractionLimit : ReasonCode.None, value, most);
        }
    }

    /// <summary>
    /// The instrument's exposure over all of the client's strategies, as a share of the client's equity. Walks the positions of the instrument.
    /// </summary>
    public static void Concentration(in CheckedOrder order, ref CheckList list)
    {
        ScopedLimit most = ScopedLimit.Smaller(order.Own.MaximumConcentration.Raw, order.Shared.MaximumConcentration.Raw);
        if (!most.IsSet)
        {
            return;
        }

        long own = ContractValue.Notional(order.Instrument, order.Order.Price, After(order)).Raw;
        Int128 exposure = ExposureFigures.OfInstrument(order.State, order.Strategy.Client, order.Position.Instrument, order.Order.Position, own);
        long share = CheckNumber.ShareUp(exposure, order.StandingOfClient.Equity.Raw);
        list.Add(CheckKind.Concentration, most.Scope, share > most.Raw ? ReasonCode.ConcentrationLimit : ReasonCode.None, share, most.Raw);
    }

    // A reversal leaves only its opening part.
    private static Quantity After(in CheckedOrder order) => new(CheckNumber.Hold(
        (Int128)order.Order.Opening.Raw + order.Position.PendingOpening.Raw + (order.Order.Closing.IsZero ? Math.Abs(order.Position.Quantity.Raw) : 0)));
}
