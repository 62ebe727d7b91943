using OrderPlatform.Engine;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>Steps from what the engine says.</summary>
internal static class StepReader
{
    public static WorldStep Of(in DecisionEventDecoder e) => new(
        StepKind.Decision, e.ClientId, e.StrategyId, e.InstrumentId, e.SignalId, (byte)e.Filter, (byte)e.Action, e.Reason, e.Target, e.Value, e.Limit,
        Mixed(e.Position, e.Equity, e.TryGetMark(out long mark) ? mark : 0));

    public static WorldStep Of(in SizingEventDecoder e) => new(
        StepKind.Sizing, e.ClientId, e.StrategyId, e.InstrumentId, e.SignalId, (byte)e.Bound, (byte)e.Mode, ReasonCode.None, e.Quantity, e.KellyNotional,
            e.Notional,
        Mixed(0, e.Equity, e.Price));

    public static WorldStep Of(in RiskEventDecoder e) => new(
        StepKind.Refusal, e.ClientId, e.StrategyId, e.InstrumentId, e.RequestId, (byte)e.Check, 0, e.Reason, e.Quantity, e.Value, e.Limit, e.Value);

    public static WorldStep Of(in TradingStateEventDecoder e, EngineState state) => new(
        StepKind.State, ClientOf(e, state), e.Scope == Scope.Strategy ? e.ScopeId : 0, 0, e.ScopeId, (byte)e.Scope, (byte)e.State, e.Reason, 0, e.Value,
            e.Limit, e.Value);

    public static WorldStep Of(in OrderEventDecoder fill) => new(
        StepKind.Fill, fill.ClientId, fill.StrategyId, fill.InstrumentId, fill.RequestId, (byte)fill.Side, (byte)fill.Liquidity, ReasonCode.None,
            fill.LastQuantity, fill.LastPrice,
        fill.LastFee, fill.Quantity);

    public static void Add(List<WorldStep> steps, CheckEventDecoder e)
    {
        foreach (CheckEventDecoder.ChecksDecoder check in e.GetChecks())
        {
            // The same check may look at a client's limit and at a strategy's: both are steps of their own.
            byte code = (byte)(((byte)check.Check << 2) | ((byte)check.Scope & 3));
            bool passed = check.Passed == YesNo.Yes;
            steps.Add(new WorldStep(
                StepKind.Check, e.ClientId, e.StrategyId, e.InstrumentId, e.RequestId, code, (byte)check.Passed, passed ? ReasonCode.None : e.Reason,
                    e.Quantity,
                check.Value, check.Limit, check.Value));
        }
    }

    /// <summary>The check of a step of that kind.</summary>
    public static CheckKind CheckOf(in WorldStep step) => (CheckKind)(step.Kind == StepKind.Check ? step.Code >> 2 : step.Code);

    private static uint ClientOf(in TradingStateEventDecoder e, EngineState state) => e.Scope switch
    {
        Scope.Client => e.ScopeId,
        Scope.Strategy when state.Strategies.TryFind(e.ScopeId, out int row) => state.Clients[state.Strategies[row].Client].Id,
        _ => 0,
    };

    // For equality alone; it needs no spread.
    private static long Mixed(long position, long equity, long price) => unchecked((((position * 31) + equity) * 31) + price);
}
