using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>What shard, clients and strategies may trade, and why; each change leaves a record. It is state, so a restart keeps it (T16).</summary>
internal static class TradingStates
{
    /// <summary>Sets a state and its reason.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="scope">Shard, client or strategy.</param>
    /// <param name="row">Row of it; not used with the shard.</param>
    /// <param name="trading">The new state.</param>
    /// <param name="reason">Why.</param>
    /// <param name="value">What broke a limit, times 1e8.</param>
    /// <param name="limit">The limit, times 1e8.</param>
    public static void Set(EngineState state, Scope scope, int row, TradingState trading, ReasonCode reason, long value = 0, long limit = 0)
    {
        TradingState before;
        uint id = 0;
        if (scope == Scope.Shard)
        {
            before = state.TradingState;
            state.TradingState = trading;
        }
        else if (scope == Scope.Client)
        {
            ref Client client = ref state.Clients[row];
            (before, id) = (client.State, client.Id);
            (client.State, client.StateReason) = (trading, trading == TradingState.Active ? ReasonCode.None : reason);
        }
        else
        {
            ref Strategy strategy = ref state.Strategies[row];
            (before, id) = (strategy.State, strategy.Id);
            (strategy.State, strategy.StateReason) = (trading, trading == TradingState.Active ? ReasonCode.None : reason);
        }

        if (before != trading)
        {
            Write(state, scope, id, trading, reason, value, limit);
        }
    }

    /// <summary>Nothing opens until the next start (D10); what was forbidden before stays so.</summary>
    public static void Rest(EngineState state, Scope scope, int row)
    {
        TradingState before = scope == Scope.Client ? state.Clients[row].State : state.Strategies[row].State;
        if (before == TradingState.Active)
        {
            Set(state, scope, row, TradingState.Reducing, ReasonCode.OperatorShutdown);
        }
    }

    /// <summary>The engine starts: what rested until now may trade again.</summary>
    public static void OnStart(EngineState state)
    {
        for (int row = 0; row < state.Clients.Count; row++)
        {
            if (state.Clients[row].StateReason == ReasonCode.OperatorShutdown)
            {
                Set(state, Scope.Client, row, TradingState.Active, ReasonCode.OperatorShutdown);
            }
        }

        for (int row = 0; row < state.Strategies.Count; row++)
        {
            if (state.Strategies[row].StateReason == ReasonCode.OperatorShutdown)
            {
                Set(state, Scope.Strategy, row, TradingState.Active, ReasonCode.OperatorShutdown);
            }
        }
    }

    /// <summary>Whether a state came from a broken limit that a new day gives back: all but a drawdown, which a person must resume.</summary>
    public static bool EndsWithTheDay(ReasonCode reason) => reason is ReasonCode.DailyLossLimit or ReasonCode.LeverageLimit or ReasonCode.ConcentrationLimit;

    private static void Write(EngineState state, Scope scope, uint id, TradingState trading, ReasonCode reason, long value, long limit)
    {
        var e = TradingStateEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.Scope = scope;
        e.ScopeId = id;
        e.State = trading;
        e.Reason = reason;
        e.Value = value;
        e.Limit = limit;
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(TradingStateEventEncoder.EncodedLength);
    }
}
