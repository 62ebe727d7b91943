using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>Writes the record of a parent order after each change.</summary>
internal static class ParentRecords
{
    public static void Changed(EngineState state, in ParentOrder parent)
    {
        ref Position position = ref state.Positions[parent.Position];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        var e = ParentEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ParentId = parent.Id;
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = instrument.Id;
        e.RequestId = parent.RequestId;
        e.Algorithm = parent.Algorithm;
        e.Status = parent.Status;
        e.Side = parent.Side;
        e.Reason = parent.Reason;
        e.ExitReason = parent.ExitReason;
        e.Quantity = parent.Quantity.Raw;
        e.Executed = parent.Executed.Raw;
        e.Working = parent.Working.Raw;
        e.Unsent = parent.Unsent.Raw;
        e.Ended = parent.Ended.Raw;
        e.Children = parent.Children;
        e.DecisionPrice = parent.DecisionPrice.Raw;
        e.AveragePrice = ContractValue.AveragePrice(instrument, parent.Executed, parent.ExecutedValue).Raw;
        e.DecidedAtNanos = parent.DecidedAtNanos;
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(ParentEventEncoder.EncodedLength);
    }
}
