using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>What an order's fields must be together, whoever made it, and when its time is over.</summary>
internal static class OrderRules
{
    private const long DayNanos = 86_400_000_000_000;

    /// <summary>When the engine or the venue ends the order; 0 is never.</summary>
    public static long ExpiryOf(in OrderTerms terms, in Venue venue, long nowNanos) => terms.TimeInForce switch
    {
        TimeInForce.GoodTillDate => terms.ExpireAtNanos,
        TimeInForce.Day => nowNanos - Modulo(nowNanos - venue.DayEndNanos) + DayNanos,
        _ => 0,
    };

    /// <summary>Checks what no limit and no venue's filter covers.</summary>
    /// <returns><c>null</c> if the order may go.</returns>
    public static Refusal? Check(EngineState state, in Order order)
    {
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        ref Venue venue = ref state.Venues[instrument.Venue];
        if (!IsSane(order))
        {
            return new Refusal(CheckKind.ReferenceData, ReasonCode.InvalidValue, order.TriggerPrice.Raw, order.TrailingOffset.Raw);
        }

        if (order.TimeInForce == TimeInForce.GoodTillDate && order.ExpireAtNanos <= state.NowNanos)
        {
            return new Refusal(CheckKind.ReferenceData, ReasonCode.Expired, order.ExpireAtNanos, state.NowNanos);
        }

        if (order.ReduceOnly && !order.Opening.IsZero && order.LinkRole != LinkRole.Secondary)
        {
            return new Refusal(CheckKind.ReduceOnly, ReasonCode.NotReducing, order.Opening.Raw, 0);
        }

        return order.PostOnly && order.Type == OrderType.Limit && !venue.Features.HasFlag(VenueFeatures.PostOnly) ? CheckRests(instrument, order) : null;
    }

    /// <summary>Where the venue has no post-only orders: whether this one would trade with the best price that is known.</summary>
    public static Refusal? CheckRests(in Instrument instrument, in Order order)
    {
        Price opposite = order.Side == Side.Buy ? instrument.Ask : instrument.Bid;
        bool crosses = !opposite.IsZero && (order.Side == Side.Buy ? order.LimitPrice >= opposite : order.LimitPrice <= opposite);
        return crosses ? new Refusal(CheckKind.PostOnly, ReasonCode.WouldCross, order.LimitPrice.Raw, opposite.Raw) : null;
    }

    private static bool IsSane(in Order order) =>
        (order.Type == OrderType.TrailingStop
            ? order.TrailingOffset.Raw is > 0 and < FixedPoint.One
            : !OrderKinds.HasTrigger(order.Type) || Bounds.IsPrice(order.TriggerPrice.Raw))
        && (!OrderKinds.HasLimit(order.Type) || Bounds.IsPrice(order.LimitPrice.Raw))
        && (!order.PostOnly || (OrderKinds.HasLimit(order.Type) && order.TimeInForce is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill)))
        && order.DisplayQuantity.Raw >= 0 && order.DisplayQuantity <= order.Quantity;

    private static long Modulo(long nanos) => ((nanos % DayNanos) + DayNanos) % DayNanos;
}
