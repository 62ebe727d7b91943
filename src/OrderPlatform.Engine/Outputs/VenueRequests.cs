using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Outputs;

/// <summary>
/// Writes the outputs for venues: new orders, cancels, amends, questions. What a venue cannot do itself is not asked of it: the engine does it, and the
/// venue gets the plain order.
/// </summary>
internal static class VenueRequests
{
    public static void New(EngineState state, in Order order, byte batch = 0)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        ref Venue venue = ref state.Venues[instrument.Venue];
        bool isLive = !OrderKinds.IsNative(venue.Features, order.Type);
        bool endsItself = OrderKinds.IsNative(venue.Features, order.TimeInForce);
        OrderType type = isLive ? OrderKinds.Live(order.Type) : order.Type;
        var e = NewOrderEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientOrderId = order.ClientOrderId;
        e.AccountId = state.Accounts[position.Account].Id;
        e.StrategyId = state.Strategies[position.Strategy].Id;
        e.InstrumentId = instrument.Id;
        e.VenueId = venue.Id;
        e.Side = order.Side;
        e.OrderType = type;
        e.TimeInForce = endsItself ? order.TimeInForce : TimeInForce.GoodTillCancelled;
        e.Quantity = order.Quantity.Raw;
        if (OrderKinds.HasLimit(type))
        {
            e.Price = order.LimitPrice.Raw;
        }

        e.DecidedAtNanos = order.DecidedAtNanos;
        if (OrderKinds.HasTrigger(type))
        {
            WriteTrigger(ref e, order);
        }

        if (endsItself && order.TimeInForce == TimeInForce.GoodTillDate)
        {
            e.ExpireAtNanos = order.ExpireAtNanos;
        }

        WriteFlags(ref e, order, venue, batch);
        if (position.Leg != PositionLeg.Net)
        {
            e.Leg = position.Leg;
        }

        state.Outputs.Commit(NewOrderEncoder.EncodedLength);
        Risk.MessageCount.OnSent(state, order.Position);
    }

    public static void Cancel(EngineState state, in Order order, byte batch = 0)
    {
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        var e = OrderCancelRequestEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientOrderId = order.ClientOrderId;
        e.InstrumentId = instrument.Id;
        e.VenueId = state.Venues[instrument.Venue].Id;
        e.DecidedAtNanos = state.NowNanos;
        e.AccountId = state.Accounts[state.Positions[order.Position].Account].Id;
        if (batch != 0)
        {
            e.Batch = batch;
        }

        state.Outputs.Commit(OrderCancelRequestEncoder.EncodedLength);
        Risk.MessageCount.OnSent(state, order.Position);
    }

    public static void Status(EngineState state, in Order order)
    {
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        var e = OrderStatusRequestEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientOrderId = order.ClientOrderId;
        e.InstrumentId = instrument.Id;
        e.VenueId = state.Venues[instrument.Venue].Id;
        e.CumulativeQuantity = order.Cumulative.Raw;
        state.Outputs.Commit(OrderStatusRequestEncoder.EncodedLength);
    }

    /// <summary>Asks for the quantity and prices that the order's amend under way wants.</summary>
    public static void Amend(EngineState state, in Order order)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        ref Venue venue = ref state.Venues[instrument.Venue];
        bool isLive = !OrderKinds.IsNative(venue.Features, order.Type);
        var e = OrderAmendRequestEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientOrderId = order.ClientOrderId;
        e.InstrumentId = instrument.Id;
        e.VenueId = venue.Id;
        e.Quantity = order.AmendQuantity.Raw;
        if (OrderKinds.HasLimit(order.Type))
        {
            e.Price = order.AmendPrice.Raw;
        }

        e.DecidedAtNanos = state.NowNanos;
        e.AccountId = state.Accounts[position.Account].Id;
        if (!isLive && OrderKinds.HasTrigger(order.Type) && order.Type != OrderType.TrailingStop)
        {
            e.TriggerPrice = order.AmendTrigger.Raw;
        }

        state.Outputs.Commit(OrderAmendRequestEncoder.EncodedLength);
        Risk.MessageCount.OnSent(state, order.Position);
    }

    private static void WriteTrigger(ref NewOrderEncoder e, in Order order)
    {
        if (order.Type == OrderType.TrailingStop)
        {
            e.TrailingOffset = order.TrailingOffset.Raw;
        }
        else
        {
            e.TriggerPrice = order.TriggerPrice.Raw;
        }
    }

    private static void WriteFlags(ref NewOrderEncoder e, in Order order, in Venue venue, byte batch)
    {
        if (!order.DisplayQuantity.IsZero && venue.Features.HasFlag(VenueFeatures.Iceberg))
        {
            e.DisplayQuantity = order.DisplayQuantity.Raw;
        }

        if (order.PostOnly && venue.Features.HasFlag(VenueFeatures.PostOnly))
        {
            e.PostOnly = YesNo.Yes;
        }

        if (order.ReduceOnly && venue.Features.HasFlag(VenueFeatures.ReduceOnly))
        {
            e.ReduceOnly = YesNo.Yes;
        }

        if (batch != 0)
        {
            e.Batch = batch;
        }

        if (venue.SelfTradePrevention != SelfTradePrevention.None)
        {
            e.SelfTradePrevention = venue.SelfTradePrevention;
        }
    }
}
