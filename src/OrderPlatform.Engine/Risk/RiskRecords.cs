using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>Writes the record of each refusal: check, numbers, limit, reason.</summary>
internal static class RiskRecords
{
    /// <summary>A refusal of an order of a known position.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Refused(EngineState state, in ProposedOrder order, in Refusal refusal)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        Write(state, state.Clients[strategy.Client].Id, strategy.Id, state.Instruments[position.Instrument].Id, order.Side, order.Quantity.Raw,
            order.RequestId, refusal);
    }

    /// <summary>A refusal of a request whose ids, as it gave them, name nothing known.</summary>
    public static void Refused(EngineState state, uint clientId, uint strategyId, uint instrumentId, Side side, long quantity, ulong requestId,
        in Refusal refusal) =>
        Write(state, clientId, strategyId, instrumentId, side, quantity, requestId, refusal);

    private static void Write(EngineState state, uint clientId, uint strategyId, uint instrumentId, Side side, long quantity, ulong requestId,
        in Refusal refusal)
    {
        var e = RiskEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientId = clientId;
        e.StrategyId = strategyId;
        e.InstrumentId = instrumentId;
        e.Side = side;
        e.Check = refusal.Check;
        e.Reason = refusal.Reason;
        e.Quantity = quantity;
        e.Value = refusal.Value;
        e.Limit = refusal.Limit;
        e.RequestId = requestId;
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(RiskEventEncoder.EncodedLength);
    }
}
