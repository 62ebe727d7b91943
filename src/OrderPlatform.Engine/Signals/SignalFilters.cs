using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>
/// The filters of a signal in their order: reference data, duplicate, freshness, direction, trading state, votes, and then those of <see cref="DecisionFilters"/>. The
/// first one that holds a signal decides, and its numbers are in the record (R43, R44, R122, R129).
/// </summary>
internal static class SignalFilters
{
    /// <summary>Whether a signal is held.</summary>
    public static bool Holds(EngineState state, in SignalDecoder signal, ref SignalCase found)
    {
        found.Row = -1;
        found.Other = -1;
        found.Target = signal.Direction;
        found.Role = signal.Role == SignalRole.NULL_VALUE ? SignalRole.None : signal.Role;
        found.HasConfidence = signal.TryGetConfidence(out long confidence);
        found.Confidence = new Ratio(found.HasConfidence ? confidence : 0);
        return IsUnknown(state, signal, ref found)
            || IsStale(state, signal, ref found)
            || IsNoDirection(state, signal, ref found)
            || IsStopped(state, ref found)
            || Ensemble.Holds(state, signal, ref found)
            || DecisionFilters.Hold(state, signal, ref found);
    }

    private static bool IsUnknown(EngineState state, in SignalDecoder signal, ref SignalCase found)
    {
        if (!state.Strategies.TryFind(signal.StrategyId, out int strategy))
        {
            return found.Hold(FilterKind.ReferenceData, ReasonCode.UnknownStrategy);
        }

        if (!state.Clients.TryFind(signal.ClientId, out int client))
        {
            return found.Hold(FilterKind.ReferenceData, ReasonCode.UnknownClient);
        }

        if (state.Strategies[strategy].Client != client)
        {
            return found.Hold(FilterKind.ReferenceData, ReasonCode.NotTheOwner);
        }

        if (!state.Instruments.TryFind(signal.InstrumentId, out int instrument))
        {
            return found.Hold(FilterKind.ReferenceData, ReasonCode.UnknownInstrument);
        }

        if (FindPosition(state, signal, strategy, instrument, ref found) is not ReasonCode.None and var none)
        {
            return found.Hold(FilterKind.ReferenceData, none);
        }

        return !state.Strategies[strategy].Seen.TryAdd(signal.SignalId, found.Role) && found.Hold(FilterKind.Duplicate, ReasonCode.DuplicateSignal);
    }

    private static ReasonCode FindPosition(EngineState state, in SignalDecoder signal, int strategy, int instrument, ref SignalCase found)
    {
        bool isExit = signal.Direction == Direction.Short && state.Strategies[strategy].Mode != TradingMode.LongShort;
        ReasonCode reason = Legs.TryOfSignal(state, strategy, instrument, isExit ? Direction.Neutral : signal.Direction, out PositionLeg leg);
        reason = reason == ReasonCode.None ? state.Positions.TryFindOrAdd(state, strategy, instrument, leg, out found.Row) : reason;
        int other = reason == ReasonCode.None ? Legs.Other(state, found.Row) : -1;
        found.Other = other >= 0 && !state.Positions[other].Quantity.IsZero ? other : -1;
        return reason;
    }

    private static bool IsStale(EngineState state, in SignalDecoder signal, ref SignalCase found)
    {
        ref Strategy strategy = ref state.Strategies[state.Positions[found.Row].Strategy];
        bool ends = signal.TryGetValidUntilNanos(out long until);
        if (ends && until < state.NowNanos)
        {
            return found.Hold(FilterKind.Freshness, ReasonCode.SignalExpired, until, state.NowNanos);
        }

        if (ends && strategy.EntryTiming == EntryTiming.AtTime && signal.TryGetExecuteAtNanos(out long execution) && execution > until)
        {
            return found.Hold(FilterKind.Freshness, ReasonCode.SignalExpired, until, execution);
        }

        // A publisher's clock may be ahead: what comes from the future has no age.
        long age = signal.GeneratedAtNanos >= state.NowNanos ? 0 : signal.GeneratedAtNanos < 0 ? state.NowNanos : state.NowNanos - signal.GeneratedAtNanos;
        return strategy.SignalRules.MaximumAgeNanos != 0 && age > strategy.SignalRules.MaximumAgeNanos
            && found.Hold(FilterKind.Freshness, ReasonCode.SignalTooOld, age, strategy.SignalRules.MaximumAgeNanos);
    }

    private static bool IsNoDirection(EngineState state, in SignalDecoder signal, ref SignalCase found)
    {
        if (signal.Direction is not (Direction.Long or Direction.Short or Direction.Neutral) || found.Role > SignalRole.Profit)
        {
            return found.Hold(FilterKind.Direction, ReasonCode.InvalidValue);
        }

        ref Position position = ref state.Positions[found.Row];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        bool isVote = strategy.SignalRules.VotingMethod != VotingMethod.None;
        return signal.Direction == Direction.Neutral && !isVote && (strategy.NeutralSignal != NeutralSignal.Flatten || Outlook.IsIdle(state, found.Row))
            && found.Hold(FilterKind.Direction, ReasonCode.NeutralDirection);
    }

    private static bool IsStopped(EngineState state, ref SignalCase found)
    {
        ref Position position = ref state.Positions[found.Row];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Client client = ref state.Clients[strategy.Client];
        if (client.Reconciling)
        {
            return found.Hold(FilterKind.TradingState, ReasonCode.Reconciling);
        }

        // What only would open is held here; a reversal goes on, and what it opens is refused by the checks before an order.
        TradingState trading = Stricter(state.TradingState, Stricter(client.State, strategy.State));
        return trading != TradingState.Active && Outlook.IsIdle(state, found.Row) && found.Other < 0
            && found.Hold(FilterKind.TradingState, trading == TradingState.Halted ? ReasonCode.Halted : ReasonCode.Reducing, (long)trading * FixedPoint.One);
    }

    private static TradingState Stricter(TradingState left, TradingState right) => left > right ? left : right;
}
