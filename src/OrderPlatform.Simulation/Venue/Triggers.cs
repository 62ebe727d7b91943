using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// When an order that waits becomes live. A trailing stop follows from the first price that reaches its activation price, which lies on whichever side of
/// the first price it is; that price is the first extreme (the rules of
/// https://github.com/binance/binance-spot-api-docs/blob/master/faqs/trailing-stop-faq.md).
/// </summary>
internal static class Triggers
{
    /// <summary>Tells a waiting order a price.</summary>
    /// <returns>Whether it triggers.</returns>
    public static bool Observe(OpenOrder order, long priceRaw)
    {
        if (order.Terms.Type != VenueOrderType.TrailingStop)
        {
            return IsReached(order, priceRaw);
        }

        if (order.ExtremeRaw == 0)
        {
            if (order.TriggerSign == 0)
            {
                order.TriggerSign = order.Terms.TriggerPrice.Raw >= priceRaw ? 1 : -1;
            }

            if (order.Terms.TriggerPrice.IsZero || IsReached(order, priceRaw))
            {
                order.ExtremeRaw = priceRaw;
            }

            return false;
        }

        Follow(order, priceRaw);
        return order.Sign * (Int128)priceRaw >= order.Sign * (Int128)StopRaw(order);
    }

    /// <summary>Moves the extreme of a trailing stop that follows; it does not trigger by that.</summary>
    public static void Follow(OpenOrder order, long priceRaw)
    {
        if (order.ExtremeRaw != 0 && order.Sign * priceRaw < order.Sign * order.ExtremeRaw)
        {
            order.ExtremeRaw = priceRaw;
        }
    }

    /// <summary>The price at which a trailing stop that follows triggers, to the smallest unit, away from the extreme; above zero.</summary>
    public static long StopRaw(OpenOrder order)
    {
        Int128 extreme = order.ExtremeRaw;
        Int128 stop = order.Terms.TrailingDistance.Raw > 0
            ? extreme + (order.Sign * (Int128)order.Terms.TrailingDistance.Raw)
            : Share(extreme, order.Terms.TrailingOffset.Raw, order.Sign);
        return (long)Int128.Clamp(stop, 1, long.MaxValue);
    }

    // Whole units: prices are whole too, so a price reaches the rounded level exactly when it reaches the unrounded one.
    private static Int128 Share(Int128 extreme, long offsetRaw, int sign)
    {
        Int128 scaled = extreme * (FixedPoint.One + (sign * (Int128)offsetRaw));
        return sign > 0 ? (scaled + FixedPoint.One - 1) / FixedPoint.One : scaled / FixedPoint.One;
    }

    private static bool IsReached(OpenOrder order, long priceRaw) =>
        order.TriggerSign * priceRaw >= order.TriggerSign * order.Terms.TriggerPrice.Raw;
}
