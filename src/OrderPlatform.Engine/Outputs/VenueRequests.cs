using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Outputs;

/// <summary>Writes the outputs for venues: new orders, cancels and amends.</summary>
internal static class VenueRequests
{
    public static void New(EngineState state, in Order order, byte batch = 0)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        var e = NewOrderEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientOrderId = order.ClientOrderId;
        e.AccountId = state.Accounts[position.Account].Id;
        e.StrategyId = state.Strategies[position.Strategy].Id;
        e.InstrumentId = instrument.Id;
        e.VenueId = state.Venues[instrument.Venue].Id;
        e.Side = order.Side;
        e.OrderType = order.Type;
        e.TimeInForce = order.TimeInForce;
        e.Quantity = order.Quantity.Raw;
        if (order.Type == OrderType.Limit)
        {
            e.Price = order.LimitPrice.Raw;
        }

        if (batch != 0)
        {
            e.Batch = batch;
        }

        e.DecidedAtNanos = order.DecidedAtNanos;
        state.Outputs.Commit(NewOrderEncoder.EncodedLength);
        Risk.MessageCount.OnSent(state, order.Position);
    }

    public static void Cancel(EngineState state, in Order order)
    {
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        var e = OrderCancelRequestEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientOrderId = order.ClientOrderId;
        e.InstrumentId = instrument.Id;
        e.VenueId = state.Venues[instrument.Venue].Id;
        e.DecidedAtNanos = state.NowNanos;
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

    public static void Amend(EngineState state, in Order order, long quantity, long price)
    {
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        var e = OrderAmendRequestEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientOrderId = order.ClientOrderId;
        e.InstrumentId = instrument.Id;
        e.VenueId = state.Venues[instrument.Venue].Id;
        e.Quantity = quantity;
        if (order.Type == OrderType.Limit)
        {
            e.Price = price;
        }

        e.DecidedAtNanos = state.NowNanos;
        state.Outputs.Commit(OrderAmendRequestEncoder.EncodedLength);
        Risk.MessageCount.OnSent(state, order.Position);
    }
}
