using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Sizing;

/// <summary>Writes how a size came about: the rule's wish, each bound and which of them decided (D4).</summary>
internal static class SizingRecords
{
    public static void Write(EngineState state, ulong signalId, in Position position, Price price, in SizingAnswer answer)
    {
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        var e = SizingEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.SignalId = signalId;
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = state.Instruments[position.Instrument].Id;
        e.Mode = strategy.Sizing.Mode;
        e.Bound = answer.Amounts.DecidedBy;
        e.Equity = answer.Equity.Raw;
        e.Price = price.Raw;
        e.KellyFraction = answer.Kelly.Raw;
        e.KellyNotional = answer.Amounts.Wish.Raw;
        e.RiskNotional = answer.Amounts.RiskBound.Raw;
        e.FractionNotional = answer.Amounts.PositionBound.Raw;
        e.StopDistance = answer.StopDistance.Raw;
        e.Notional = answer.Amounts.Notional.Raw;
        e.Quantity = answer.Quantity.Raw;
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(SizingEventEncoder.EncodedLength);
    }
}
