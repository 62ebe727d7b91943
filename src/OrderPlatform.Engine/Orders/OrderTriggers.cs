using OrderPlatform.Engine.Exits;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Whether prices reach an order's trigger: a stop at or beyond it against the order's holder (a buy at or above, a sell at or below), an if-touched order
/// at or beyond it in favour, a trailing stop by the distance from the best price since it began. Prices are compared exactly.
/// </summary>
internal static class OrderTriggers
{
    /// <summary>Tests an order against what the market did; a trailing stop remembers the best price.</summary>
    public static bool IsReached(ref Order order, in PriceRange range)
    {
        bool isBuy = order.Side == Side.Buy;
        switch (order.Type)
        {
            case OrderType.Stop or OrderType.StopLimit:
                return isBuy ? range.High >= order.TriggerPrice : range.Low <= order.TriggerPrice;
            case OrderType.MarketIfTouched or OrderType.LimitIfTouched:
                return isBuy ? range.Low <= order.TriggerPrice : range.High >= order.TriggerPrice;
            case OrderType.TrailingStop:
                var stop = new TrailingStop { Side = order.Side, Fraction = order.TrailingOffset, Watermark = order.BestPrice };
                bool isReached = stop.Observe(range);
                order.BestPrice = stop.Watermark;
                return isReached;
            default:
                return false;
        }
    }
}
