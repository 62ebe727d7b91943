using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>Whether an order may enter: the rules of its instrument, in a fixed order. Integers only, so no valid multiple is ever refused.</summary>
internal static class OrderRules
{
    /// <summary>Checks enums, price, quantity and notional.</summary>
    /// <param name="rules">The instrument.</param>
    /// <param name="order">The order, or what it would be after an amend.</param>
    /// <param name="referenceRaw">Price that measures a market order, or 0 if there is none.</param>
    public static VenueRejectReason Check(VenueInstrument rules, in VenueOrder order, long referenceRaw)
    {
        if (order.Side is not (OrderSide.Buy or OrderSide.Sell)
            || order.Type is not (VenueOrderType.Market or VenueOrderType.Limit)
            || order.TimeInForce is < VenueTimeInForce.GoodTillCancelled or > VenueTimeInForce.FillOrKill)
        {
            return VenueRejectReason.Malformed;
        }

        VenueRejectReason reason = order.Type == VenueOrderType.Limit ? CheckPrice(rules, order.LimitPrice) : VenueRejectReason.None;
        reason = reason == VenueRejectReason.None ? CheckQuantity(rules, order.Quantity) : reason;
        Price measure = order.Type == VenueOrderType.Limit ? order.LimitPrice : new Price(referenceRaw);
        return reason == VenueRejectReason.None && !measure.IsZero ? CheckNotional(rules, measure, order.Quantity) : reason;
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

    private static VenueRejectReason CheckNotional(VenueInstrument rules, Price price, Quantity quantity) =>
        !price.TryValue(quantity, out Money value) ? VenueRejectReason.ValueOutOfRange
        : value < rules.MinimumNotional ? VenueRejectReason.NotionalBelowMinimum
        : !rules.MaximumNotional.IsZero && value > rules.MaximumNotional ? VenueRejectReason.NotionalAboveMaximum
        : VenueRejectReason.None;
}
