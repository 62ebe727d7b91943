using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Execution.Routing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>Turns signals into intents (R32 to R44). Every signal leaves one decision record, a hold included, with the reason and the numbers (R129).</summary>
internal static class SignalProcessor
{
    public static void OnSignal(EngineState state, in SignalDecoder signal)
    {
        ReasonCode unknown = Resolve(state, signal, out int row);
        if (unknown != ReasonCode.None)
        {
            Decide(state, signal, row, DecisionAction.Hold, unknown, Quantity.Zero);
            return;
        }

        ReasonCode held = Filter(state, signal, row, out Direction target);
        if (held != ReasonCode.None)
        {
            Decide(state, signal, row, DecisionAction.Hold, held, state.Positions[row].Quantity);
            return;
        }

        Accept(state, signal, row, target);
    }

    private static ReasonCode Resolve(EngineState state, in SignalDecoder signal, out int row)
    {
        row = -1;
        if (!state.Strategies.TryFind(signal.StrategyId, out int strategy))
        {
            return ReasonCode.UnknownStrategy;
        }

        if (!state.Clients.TryFind(signal.ClientId, out int client))
        {
            return ReasonCode.UnknownClient;
        }

        if (state.Strategies[strategy].Client != client)
        {
            return ReasonCode.NotTheOwner;
        }

        if (!state.Instruments.TryFind(signal.InstrumentId, out int instrument))
        {
            return ReasonCode.UnknownInstrument;
        }

        bool isExit = signal.Direction == Direction.Short && state.Strategies[strategy].Mode != TradingMode.LongShort;
        ReasonCode reason = Legs.TryOfSignal(state, strategy, instrument, isExit ? Direction.Neutral : signal.Direction, out PositionLeg leg);
        return reason == ReasonCode.None ? state.Positions.TryFindOrAdd(state, strategy, instrument, leg, out row) : reason;
    }

    private static ReasonCode Filter(EngineState state, in SignalDecoder signal, int row, out Direction target)
    {
        ref Position position = ref state.Positions[row];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        target = signal.Direction;
        if (target is not (Direction.Long or Direction.Short or Direction.Neutral))
        {
            return ReasonCode.InvalidValue;
        }

        if (signal.TryGetValidUntilNanos(out long until) && until < state.NowNanos)
        {
            return ReasonCode.SignalExpired;
        }

        if (state.Clients[strategy.Client].Reconciling)
        {
            return ReasonCode.Reconciling;
        }

        // A protective exit or a flatten that still waits for an order's end comes first.
        if (position.Intent is { State: IntentState.Ready, AtMarket: true })
        {
            return ReasonCode.OrderInFlight;
        }

        // A minimum asks for a confidence: a signal without one does not pass (D5).
        if (strategy.SignalRules.MinimumConfidence.Raw > 0 && (!signal.TryGetConfidence(out long confidence) || confidence < strategy.SignalRules.MinimumConfidence.Raw))
        {
            return ReasonCode.ConfidenceTooLow;
        }

        if (target == Direction.Neutral && strategy.NeutralSignal != NeutralSignal.Flatten)
        {
            return ReasonCode.NeutralDirection;
        }

        if (target == Direction.Short && strategy.Mode != TradingMode.LongShort)
        {
            target = Direction.Neutral;
        }

        return state.Instruments[position.Instrument].Mark.IsZero ? ReasonCode.NoPrice : Redundant(state, signal, row, target);
    }

    private static ReasonCode Redundant(EngineState state, in SignalDecoder signal, int row, Direction target)
    {
        ref Position position = ref state.Positions[row];
        // What counts is where the position will be: what is wanted, else what is ordered, else what is held.
        bool ordered = position.WorkingParent >= 0;
        Direction coming = position.Intent.State != IntentState.None ? position.Intent.Target
            : ordered ? state.Parents[position.WorkingParent].Target
            : ProductPosition.SideOf(state, row);
        if (coming != target)
        {
            return ReasonCode.None;
        }

        return position.Intent.State == IntentState.WaitsForOpen ? ReasonCode.WaitingForNextBar
            : ordered || position.Intent.State != IntentState.None ? ReasonCode.OrderInFlight
            : target != Direction.Neutral ? ReasonCode.AlreadyInPosition
            : signal.Direction == Direction.Short ? ReasonCode.NoPositionToSell
            : ReasonCode.NeutralDirection;
    }

    private static void Accept(EngineState state, in SignalDecoder signal, int row, Direction target)
    {
        ref Position position = ref state.Positions[row];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        bool waits = strategy.EntryTiming == EntryTiming.CurrentOpen;
        bool blocked = position.WorkingParent >= 0;
        DecisionAction action = waits || blocked ? DecisionAction.Wait
            : position.Side == Direction.Neutral ? DecisionAction.Enter
            : target == Direction.Neutral ? DecisionAction.Exit
            : DecisionAction.Reverse;
        ReasonCode reason = waits ? ReasonCode.WaitingForNextBar : blocked ? ReasonCode.OrderInFlight : ReasonCode.None;
        Quantity size = target == Direction.Neutral
            ? Quantity.Zero
            : Sizing.PositionSizer.Size(state, position, state.Instruments[position.Instrument].Mark);
        Decide(state, signal, row, action, reason, target == Direction.Short ? -size : size);

        var intent = new Intent
        {
            State = waits ? IntentState.WaitsForOpen : IntentState.Ready,
            Target = target,
            ExitReason = target == Direction.Neutral ? ExitReason.Signal : ExitReason.Reversal,
            RequestId = signal.SignalId,
            DecisionPrice = state.Instruments[position.Instrument].Mark,
        };
        int other = Legs.Other(state, row);
        if (other >= 0 && !state.Positions[other].Quantity.IsZero)
        {
            IntentProcessor.Want(state, other, intent with { Target = Direction.Neutral });
        }

        IntentProcessor.Want(state, row, intent);
    }

    private static void Decide(EngineState state, in SignalDecoder signal, int row, DecisionAction action, ReasonCode reason, Quantity target)
    {
        var e = DecisionEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.SignalId = signal.SignalId;
        e.ClientId = signal.ClientId;
        e.StrategyId = signal.StrategyId;
        e.InstrumentId = signal.InstrumentId;
        e.Direction = signal.Direction;
        e.Action = action;
        e.Reason = reason;
        e.Target = target.Raw;
        if (row >= 0)
        {
            ref Position position = ref state.Positions[row];
            e.Position = position.Quantity.Raw;
            e.Equity = Valuation.Equity(state, position.Account).Raw;
            if (!state.Instruments[position.Instrument].Mark.IsZero)
            {
                e.Mark = state.Instruments[position.Instrument].Mark.Raw;
            }
        }

        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(DecisionEventEncoder.EncodedLength);
    }
}
