using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Trades;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Outputs;

/// <summary>Writes the outputs for everybody: orders, positions, trades and alerts. Requests to venues are <see cref="VenueRequests"/>'.</summary>
internal static class Events
{
    public static void Alert(EngineState state, Severity severity, ReasonCode reason, ushort templateId, ulong subject, long expected = 0, long actual = 0)
    {
        var e = AlertEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.Severity = severity;
        e.Reason = reason;
        e.InputTemplateId = templateId;
        e.SubjectId = subject;
        e.Expected = expected;
        e.Actual = actual;
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(AlertEventEncoder.EncodedLength);
    }

    public static void Order(EngineState state, in Order order) => Order(state, order, default, Liquidity.None, 0, 0);

    public static void Order(EngineState state, in Order order, in Fill fill, Liquidity liquidity, ulong venueTradeId, long venueTimeNanos)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        var e = OrderEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientOrderId = order.ClientOrderId;
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = state.Instruments[position.Instrument].Id;
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
        if (order.Type == OrderType.Limit)
        {
            e.LimitPrice = order.LimitPrice.Raw;
        }

        e.VenueTradeId = venueTradeId;
        if (venueTimeNanos != 0)
        {
            e.VenueTimeNanos = venueTimeNanos;
        }

        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(OrderEventEncoder.EncodedLength);
    }

    public static void Position(EngineState state, in Position position)
    {
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        var e = PositionEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
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
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(PositionEventEncoder.EncodedLength);
    }

    public static void Trade(EngineState state, in Position position, in Round round, ExitReason reason)
    {
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        var e = TradeEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = state.Instruments[position.Instrument].Id;
        e.Direction = round.Direction;
        e.ExitReason = reason;
        e.TradeNumber = round.Number;
        e.FillCount = round.FillCount;
        e.EntryQuantity = round.EntryQuantity.Raw;
        e.EntryValue = round.EntryValue.Raw;
        e.ExitValue = round.ExitValue.Raw;
        e.EntryPrice = Average(round.EntryValue, round.EntryQuantity);
        e.ExitPrice = Average(round.ExitValue, round.ExitQuantity);
        e.RealisedPnl = round.Realised.Raw;
        e.Fees = round.Fees.Raw;
        e.EntryTimeNanos = round.EntryTimeNanos;
        e.ExitTimeNanos = state.NowNanos;
        state.Outputs.Commit(TradeEventEncoder.EncodedLength);
    }

    private static long Average(Money value, Quantity quantity) =>
        !quantity.IsZero && FixedPoint.TryMultiplyDivide(value.Raw, FixedPoint.One, quantity.Raw, out long raw) ? raw : 0;
}
