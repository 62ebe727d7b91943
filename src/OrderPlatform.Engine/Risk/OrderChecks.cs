using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>Size and value of the order itself: the venue's rules, which hold for every order, and ours (R109 to R112, R120 OrderSizeCheck).</summary>
internal static class OrderChecks
{
    /// <summary>Step, smallest and largest quantity, smallest and largest value.</summary>
    public static void VenueRules(in CheckedOrder order, ref CheckList list)
    {
        ref Instrument instrument = ref order.Instrument;
        Quantity quantity = order.Order.Quantity;
        if (instrument.QuantityStep.Raw > 0 && quantity.Raw % instrument.QuantityStep.Raw != 0)
        {
            Add(ref list, ReasonCode.QuantityNotOnStep, quantity.Raw, instrument.QuantityStep.Raw);
            return;
        }

        if (quantity < instrument.MinimumQuantity)
        {
            Add(ref list, ReasonCode.QuantityBelowMinimum, quantity.Raw, instrument.MinimumQuantity.Raw);
            return;
        }

        if (quantity > instrument.MaximumQuantity && !order.IsWhole)
        {
            Add(ref list, ReasonCode.QuantityAboveMaximum, quantity.Raw, instrument.MaximumQuantity.Raw);
            return;
        }

        // Only what closes goes out before the first price (an operator's flatten of a seeded position); its value is then unknown, not zero.
        if (order.Order.Price.IsZero)
        {
            Add(ref list, ReasonCode.None, quantity.Raw, instrument.MaximumQuantity.Raw);
            return;
        }

        Value(order, ref list, quantity);
    }

    /// <summary>Smallest and largest order. The smallest is compared with the whole order, the largest with what increases the position.</summary>
    public static void Quantity(in CheckedOrder order, ref CheckList list)
    {
        long ownLeast = order.Own.MinimumOrderQuantity.Raw;
        long sharedLeast = order.Shared.MinimumOrderQuantity.Raw;
        ScopedLimit least = ownLeast >= sharedLeast ? new(ownLeast, Scope.Strategy) : new(sharedLeast, Scope.Client);
        ScopedLimit most = order.IsWhole
            ? new(long.MaxValue, Scope.Strategy)
            : ScopedLimit.Smaller(order.Own.MaximumOrderQuantity.Raw, order.Shared.MaximumOrderQuantity.Raw);
        long whole = order.Order.Quantity.Raw;
        long increasing = order.Order.Increasing.Raw;
        if (whole < least.Raw)
        {
            list.Add(CheckKind.OrderQuantity, least.Scope, ReasonCode.QuantityBelowMinimum, whole, least.Raw);
        }
        else if (most.IsSet)
        {
            list.Add(CheckKind.OrderQuantity, most.Scope, increasing > most.Raw ? ReasonCode.QuantityAboveMaximum : ReasonCode.None, increasing, most.Raw);
        }
        else if (least.Raw > 0)
        {
            list.Add(CheckKind.OrderQuantity, least.Scope, ReasonCode.None, whole, least.Raw);
        }
    }

    /// <summary>Largest value of what increases the position.</summary>
    public static void Notional(in CheckedOrder order, ref CheckList list)
    {
        ScopedLimit most = ScopedLimit.Smaller(order.Own.MaximumOrderNotional.Raw, order.Shared.MaximumOrderNotional.Raw);
        if (most.IsSet && !order.IsWhole)
        {
            long value = ContractValue.Notional(order.Instrument, order.Order.Price, order.Order.Increasing).Raw;
            list.Add(CheckKind.OrderNotional, most.Scope, value > most.Raw ? ReasonCode.NotionalAboveMaximum : ReasonCode.None, value, most.Raw);
        }
    }

    private static void Value(in CheckedOrder order, ref CheckList list, Quantity quantity)
    {
        ref Instrument instrument = ref order.Instrument;
        if (!ContractValue.TryOf(instrument, order.Order.Price, quantity, out Money value) || value.Raw == long.MinValue)
        {
            Add(ref list, ReasonCode.ArithmeticOverflow, quantity.Raw, order.Order.Price.Raw);
            return;
        }

        value = value.Abs();
        if (value < instrument.MinimumNotional)
        {
            Add(ref list, ReasonCode.NotionalBelowMinimum, value.Raw, instrument.MinimumNotional.Raw);
        }
        else if (value > instrument.MaximumNotional && !order.IsWhole)
        {
            Add(ref list, ReasonCode.NotionalAboveMaximum, value.Raw, instrument.MaximumNotional.Raw);
        }
        else
        {
            Add(ref list, ReasonCode.None, quantity.Raw, instrument.MaximumQuantity.Raw);
        }
    }

    private static void Add(ref CheckList list, ReasonCode reason, long value, long limit) =>
        list.Add(CheckKind.VenueRules, Scope.Instrument, reason, value, limit);
}
