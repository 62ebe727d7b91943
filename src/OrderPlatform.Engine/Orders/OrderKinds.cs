using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>What follows from an order's type, and what of it a venue can do itself (R59, R62).</summary>
public static class OrderKinds
{
    /// <summary>Whether it has a limit price.</summary>
    public static bool HasLimit(OrderType type) => type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;

    /// <summary>Whether it waits for a price before it is live.</summary>
    public static bool HasTrigger(OrderType type) => type is >= OrderType.Stop and <= OrderType.TrailingStop;

    /// <summary>What it is once its trigger was reached.</summary>
    public static OrderType Live(OrderType type) => HasLimit(type) ? OrderType.Limit : OrderType.Market;

    /// <summary>Whether the venue watches the trigger itself.</summary>
    public static bool IsNative(VenueFeatures features, OrderType type) => type switch
    {
        OrderType.Stop => features.HasFlag(VenueFeatures.Stop),
        OrderType.StopLimit => features.HasFlag(VenueFeatures.StopLimit),
        OrderType.MarketIfTouched or OrderType.LimitIfTouched => features.HasFlag(VenueFeatures.IfTouched),
        OrderType.TrailingStop => features.HasFlag(VenueFeatures.TrailingStop),
        _ => true,
    };

    /// <summary>Whether the venue ends the order itself when its time is over.</summary>
    public static bool IsNative(VenueFeatures features, TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.GoodTillDate => features.HasFlag(VenueFeatures.GoodTillDate),
        TimeInForce.Day => features.HasFlag(VenueFeatures.Day),
        _ => true,
    };
}
