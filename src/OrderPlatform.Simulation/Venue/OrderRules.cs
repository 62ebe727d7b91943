using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>Whether an order may enter: the rules of its instrument, in a fixed order. Integers only, so no valid multiple is ever refused.</summary>
internal static class OrderRules
{
    /// <summary>Whether orders of a type wait for a price before they are live.</summary>
    public static bool HasTrigger(VenueOrderType type) => type is >= VenueOrderType.Stop and <= VenueOrderType.TrailingStop;

    /// <summary>Whether an order is a limit order once it is live.</summary>
    public static bool HasLimit(in VenueOrder order) =>
        order.Type is VenueOrderType.Limit or VenueOrderType.StopLimit or VenueOrderType.LimitIfTouched
        || (order.Type == VenueOrderType.TrailingStop && !order.LimitPrice.IsZero);

    /// <summary>Checks enums, prices, quantities, notional and time.</summary>
    /// <param name="rules">The instrument.</param>
    /// <param name="order">The order, or what it would be after an amend.</param>
    /// <param name="referenceRaw">Price that measures a market order, or 0 if there is none.</param>
    /// <param name="timeNanos">Now.</param>
    public static VenueRejectReason Check(VenueInstrument rules, in VenueOrder order, long referenceRaw, long timeNanos)
    {
        if (!IsWellFormed(in order))
        {
            return VenueRejectReason.Malformed;
        }

        bool hasLimit = HasLimit(in order);
        VenueRejectReason reason = hasLimit ? CheckPrice(rules, order.LimitPrice) : VenueRejectReason.None;
        bool hasTriggerPrice = HasTrigger(order.Type) && (order.Type != VenueOrderType.TrailingStop || !order.TriggerPrice.IsZero);
        reason = reason == VenueRejectReason.None && hasTriggerPrice ? CheckPrice(rules, order.TriggerPrice) : reason;
        reason = reason == VenueRejectReason.None ? CheckQuantity(rules, order.Quantity) : reason;
        reason = reason == VenueRejectReason.None ? CheckDisplay(rules, in order) : reason;
        bool isPast = order.TimeInForce == VenueTimeInForce.GoodTillDate && order.ExpireAtNanos <= timeNanos;
        reason = reason == VenueRejectReason.None && isPast ? VenueRejectReason.ExpiryInThePast : reason;
        Price measure = hasLimit ? order.LimitPrice : hasTriggerPrice ? order.TriggerPrice : new Price(referenceRaw);
        return reason == VenueRejectReason.None && !measure.IsZero ? CheckNotional(rules, measure, order.Quantity) : reason;
    }

    private static bool IsWellFormed(in VenueOrder order)
    {
        if (order.Side is not (OrderSide.Buy or OrderSide.Sell)
            || order.Type is < VenueOrderType.Market or > VenueOrderType.TrailingStop
            || order.TimeInForce is < VenueTimeInForce.GoodTillCancelled or > VenueTimeInForce.Day
            || order.SelfTradePrevention > SelfTradePrevention.Decrement)
        {
            return false;
        }

        bool mayRest = order.TimeInForce is not (VenueTimeInForce.ImmediateOrCancel or VenueTimeInForce.FillOrKill);
        bool isDistanceRight = order.Type != VenueOrderType.TrailingStop
            || (order.TrailingOffset.Raw is >= 0 and < FixedPoint.One && order.TrailingDistance.Raw >= 0
                && (order.TrailingOffset.Raw > 0) != (order.TrailingDistance.Raw > 0));
        return isDistanceRight && (!order.PostOnly || (mayRest && HasLimit(in order)));
    }

    private static VenueRejectReason CheckPrice(VenueInstrument rules, Price price) =>
        price <= Price.Zero || price < rules.MinimumPrice ? VenueRejectReason.PriceBelowMinimum
        : !rules.MaximumPrice.IsZero && price > rules.MaximumPrice ? VenueRejectReason.PriceAboveMaximum
        : !rules.Tick.IsZero && price.Raw % rules.Tick.Raw != 0 ? VenueRejectReason.PriceNotOnTick
        : VenueRejectReason.None;

    private static VenueRejectReason CheckQuantity(VenueInstrument rules, Quantity quantity) =>
        quantity <= Quantity.Zero || quantity < rules.MinimumQuantity ? VenueRejectReason.QuantityBelowMinimum
        : !rules.MaximumQuantity.IsZero && quantity > rules.MaximumQuantity ? VenueRejectReason.QuantityAboveMaximum
        : !rules.Step.IsZero && quantity.Raw % rules.Step.Raw != 0 ? VenueRejectReason.QuantityNotOnStep
        : VenueRejectReason.None;

    private static VenueRejectReason CheckDisplay(VenueInstrument rules, in VenueOrder order) =>
        order.DisplayQuantity.IsZero ? VenueRejectReason.None
        : order.DisplayQuantity < Quantity.Zero || order.DisplayQuantity > order.Quantity || !HasLimit(in order)
            || (!rules.Step.IsZero && order.DisplayQuantity.Raw % rules.Step.Raw != 0) ? VenueRejectReason.DisplayNotAllowed
        : VenueRejectReason.None;

    private static VenueRejectReason CheckNotional(VenueInstrument rules, Price price, Quantity quantity) =>
        !price.TryValue(quantity, out Money value) ? VenueRejectReason.ValueOutOfRange
        : value < rules.MinimumNotional ? VenueRejectReason.NotionalBelowMinimum
        : !rules.MaximumNotional.IsZero && value > rules.MaximumNotional ? VenueRejectReason.NotionalAboveMaximum
        : VenueRejectReason.None;
}
