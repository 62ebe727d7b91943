using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>Writes what a signal became, a hold included: which filter decided, with which numbers (R129).</summary>
internal static class DecisionRecords
{
    /// <summary>The record of a signal.</summary>
    public static void Write(EngineState state, in SignalDecoder signal, in SignalCase found, DecisionAction action, Quantity target, in Intent intent)
    {
        var e = DecisionEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.SignalId = signal.SignalId;
        e.ClientId = signal.ClientId;
        e.StrategyId = signal.StrategyId;
        e.InstrumentId = signal.InstrumentId;
        e.Direction = signal.Direction;
        e.Action = action;
        e.Reason = found.Reason;
        e.Target = target.Raw;
        e.Filter = found.Filter;
        e.Value = found.Value;
        e.Limit = found.Limit;
        e.Role = found.Role;
        if (found.HasConfidence)
        {
            e.Confidence = found.Confidence.Raw;
        }

        if (found.HasMomentum)
        {
            e.Momentum = found.Momentum.Raw;
        }

        if (intent.State == IntentState.WaitsForTime)
        {
            e.ExecuteAtNanos = intent.ExecuteAtNanos;
        }

        AddPosition(state, ref e, found.Row);
        state.Outputs.Commit(DecisionEventEncoder.EncodedLength);
    }

    /// <summary>The record of an intent whose validity ended while it waited.</summary>
    public static void Expired(EngineState state, int row, in Intent intent)
    {
        ref Position position = ref state.Positions[row];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        var e = DecisionEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.SignalId = intent.RequestId;
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = state.Instruments[position.Instrument].Id;
        e.Direction = intent.Target;
        e.Action = DecisionAction.Hold;
        e.Reason = ReasonCode.IntentExpired;
        e.Target = position.Quantity.Raw;
        e.Filter = FilterKind.Freshness;
        e.Value = intent.ValidUntilNanos;
        e.Limit = state.NowNanos;
        e.Role = SignalRole.None;
        AddPosition(state, ref e, row);
        state.Outputs.Commit(DecisionEventEncoder.EncodedLength);
    }

    private static void AddPosition(EngineState state, ref DecisionEventEncoder e, int row)
    {
        e.Position = 0;
        e.Equity = 0;
        e.TimestampNanos = state.NowNanos;
        if (row < 0)
        {
            return;
        }

        ref Position position = ref state.Positions[row];
        e.Position = position.Quantity.Raw;
        e.Equity = Valuation.Equity(state, position.Account).Raw;
        if (!state.Instruments[position.Instrument].Mark.IsZero)
        {
            e.Mark = state.Instruments[position.Instrument].Mark.Raw;
        }
    }
}
