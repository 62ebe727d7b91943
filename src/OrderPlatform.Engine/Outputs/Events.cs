using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Trades;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Outputs;

/// <summary>
/// Writes the outputs for everybody: orders, positions, trades, funding, cash and alerts. Requests to venues are <see cref="VenueRequests"/>'.
/// </summary>
internal static class Events
{
    [MethodImpl(MethodImplOptions.NoInlining)]
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

    public static void Order(
        EngineState state, in Order order, in Fill fill, Liquidity liquidity, ulong venueTradeId, long venueTimeNanos, bool isEstimated = false) =>
        state.Outputs.Commit(StateEvents.WriteOrder(state.Outputs.Claim(), state, order, fill, liquidity, venueTradeId, venueTimeNanos, isEstimated));

    public static void Position(EngineState state, in Position position) =>
        state.Outputs.Commit(StateEvents.WritePosition(state.Outputs.Claim(), state, position));

    public static void Trade(EngineState state, in Position position, in Round round, ExitReason reason)
    {
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        var e = TradeEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = instrument.Id;
        e.Direction = round.Direction;
        e.ExitReason = reason;
        e.TradeNumber = round.Number;
        e.FillCount = round.FillCount;
        e.EntryQuantity = round.EntryQuantity.Raw;
        e.EntryValue = round.EntryValue.Raw;
        e.ExitValue = round.ExitValue.Raw;
        e.EntryPrice = ContractValue.AveragePrice(instrument, round.EntryQuantity, round.EntryValue).Raw;
        e.ExitPrice = ContractValue.AveragePrice(instrument, round.ExitQuantity, round.ExitValue).Raw;
        e.RealisedPnl = round.Realised.Raw;
        e.Fees = round.Fees.Raw;
        e.Leg = position.Leg;
        e.AccountId = state.Accounts[position.Account].Id;
        e.Adverse = round.Adverse.Raw;
        e.Favourable = round.Favourable.Raw;
        e.Slippage = round.Slippage.Raw;
        e.Funding = round.Funding.Raw;
        e.ExitDrawdown = Valuation.Hold((Int128)round.Favourable.Raw - round.Realised.Raw).Raw;
        e.EntryTimeNanos = round.EntryTimeNanos;
        e.ExitTimeNanos = state.NowNanos;
        state.Outputs.Commit(TradeEventEncoder.EncodedLength);
    }

    public static void Funding(EngineState state, in Position position, Quantity held, Ratio rate, Price mark, Money payment)
    {
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        var e = FundingEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = state.Instruments[position.Instrument].Id;
        e.AccountId = state.Accounts[position.Account].Id;
        e.Quantity = held.Raw;
        e.Rate = rate.Raw;
        e.Mark = mark.Raw;
        e.Payment = payment.Raw;
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(FundingEventEncoder.EncodedLength);
    }

    public static void Cash(EngineState state, in Account account, CashKind kind, long amount, ulong movementId)
    {
        var e = CashEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientId = state.Clients[account.Client].Id;
        e.AccountId = account.Id;
        e.Kind = kind;
        e.Amount = amount;
        e.Cash = account.Cash.Raw;
        e.MovementId = movementId;
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(CashEventEncoder.EncodedLength);
    }
}
