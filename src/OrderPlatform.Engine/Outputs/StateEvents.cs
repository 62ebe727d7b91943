using System;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Outputs;

/// <summary>What an order or a position is now, as the event that tells of its changes: for the outputs, and for whoever shows the state of a replica.</summary>
public static class StateEvents
{
    /// <summary>Writes an order as it is now; without a fill.</summary>
    /// <param name="buffer">Room for it: <see cref="OutputBatch.OutputLengthMax"/> bytes.</param>
    /// <param name="state">The engine.</param>
    /// <param name="order">The order.</param>
    /// <returns>Bytes of the message.</returns>
    public static int WriteOrder(Span<byte> buffer, EngineState state, in Order order) =>
        WriteOrder(buffer, state, order, default, Liquidity.None, 0, 0, isEstimated: false);

    internal static int WriteOrder(
        Span<byte> buffer, EngineState state, in Order order, in Fill fill, Liquidity liquidity, ulong venueTradeId, long venueTimeNanos, bool isEstimated)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        var e = OrderEventEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = order.ClientOrderId;
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = state.Instruments[position.Instrument].Id;
        e.VenueId = state.Venues[state.Instruments[position.Instrument].Venue].Id;
        e.AccountId = state.Accounts[position.Account].Id;
        e.Status = order.Status;
        e.Side = order.Side;
        e.OrderType = order.Type;
        e.Liquidity = liquidity;
        e.ExitReason = order.ExitReason;
        e.FeeCurrency = fill.FeeCurrency;
        e.Reason = order.Reason;
        e.Quantity = order.Quantity.Raw;
        e.CumulativeQuantity = order.Cumulative.Raw;
        e.LeavesQuantity = order.Leaves.Raw;
        e.LastQuantity = fill.Quantity.Raw;
        e.LastPrice = fill.Price.Raw;
        e.LastFee = fill.Fee;
        e.ParentId = order.ParentId;
        e.RequestId = order.RequestId;
        e.Origin = order.Origin;
        e.TimeInForce = order.TimeInForce;
        e.DecisionPrice = order.DecisionPrice.Raw;
        e.ArrivalPrice = order.ArrivalPrice.Raw;
        e.DecidedAtNanos = order.DecidedAtNanos;
        e.AcknowledgedAtNanos = order.AcknowledgedAtNanos;
        e.InDoubt = order.InDoubt ? YesNo.Yes : YesNo.No;
        e.Estimated = isEstimated ? YesNo.Yes : YesNo.No;
        if (!order.LimitPrice.IsZero)
        {
            e.LimitPrice = order.LimitPrice.Raw;
        }

        if (!order.TriggerPrice.IsZero)
        {
            e.TriggerPrice = order.TriggerPrice.Raw;
        }

        e.VenueTradeId = venueTradeId;
        if (venueTimeNanos != 0)
        {
            e.VenueTimeNanos = venueTimeNanos;
        }

        e.TimestampNanos = state.NowNanos;
        return OrderEventEncoder.EncodedLength;
    }

    /// <summary>Writes a position as it is now, valued at the mark.</summary>
    /// <param name="buffer">Room for it: <see cref="OutputBatch.OutputLengthMax"/> bytes.</param>
    /// <param name="state">The engine.</param>
    /// <param name="position">The position.</param>
    /// <returns>Bytes of the message.</returns>
    public static int WritePosition(Span<byte> buffer, EngineState state, in Position position)
    {
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        var e = PositionEventEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = instrument.Id;
        e.AccountId = state.Accounts[position.Account].Id;
        e.Quantity = position.Quantity.Raw;
        e.Cost = position.Cost.Raw;
        e.AveragePrice = Valuation.AveragePrice(state, position).Raw;
        e.RealisedPnl = position.Realised.Raw;
        e.UnrealisedPnl = position.Unrealised.Raw;
        e.Fees = position.Fees.Raw;
        if (!instrument.Mark.IsZero)
        {
            e.Mark = instrument.Mark.Raw;
        }

        e.Cash = state.Accounts[position.Account].Cash.Raw;
        e.Equity = Valuation.Equity(state, position.Account).Raw;
        e.Leg = position.Leg;
        e.Funding = position.Funding.Raw;
        e.Margin = LiquidationWatch.Initial(state, position).Raw;
        if (!position.LiquidationPrice.IsZero)
        {
            e.LiquidationPrice = position.LiquidationPrice.Raw;
        }

        Protect(ref e, state, position);
        e.TimestampNanos = state.NowNanos;
        return PositionEventEncoder.EncodedLength;
    }

    private static void Protect(ref PositionEventEncoder e, EngineState state, in Position position)
    {
        if (!state.Positions.TryFind(position.Strategy, position.Instrument, position.Leg, out int row) || position.Quantity.IsZero)
        {
            return;
        }

        ref Protection protection = ref state.Positions.ProtectionOf(row);
        if (!protection.StopPrice.IsZero)
        {
            e.StopPrice = protection.StopPrice.Raw;
        }

        if (!protection.TargetPrice.IsZero)
        {
            e.TargetPrice = protection.TargetPrice.Raw;
        }
    }
}
