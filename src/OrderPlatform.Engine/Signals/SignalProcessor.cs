using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>Turns signals into intents (R32 to R44). Every signal leaves one decision record, a hold included, with the filter, its reason and its numbers (R129).</summary>
internal static class SignalProcessor
{
    public static void OnSignal(EngineState state, in SignalDecoder signal)
    {
        SignalCase found = default;
        if (SignalFilters.Holds(state, signal, ref found))
        {
            Quantity held = found.Row < 0 ? Quantity.Zero : state.Positions[found.Row].Quantity;
            DecisionRecords.Write(state, signal, found, DecisionAction.Hold, held, default);
        }
        else
        {
            Accept(state, signal, ref found);
        }
    }

    /// <summary>What a position shall want by a signal.</summary>
    public static Intent IntentOf(EngineState state, in SignalDecoder signal, in SignalCase found)
    {
        ref Position position = ref state.Positions[found.Row];
        EntryTiming timing = state.Strategies[position.Strategy].EntryTiming;
        bool isTimed = signal.TryGetExecuteAtNanos(out long execution) && timing == EntryTiming.AtTime && execution > state.NowNanos;
        return new Intent
        {
            State = timing == EntryTiming.CurrentOpen ? IntentState.WaitsForOpen : isTimed ? IntentState.WaitsForTime : IntentState.Ready,
            Target = found.Target,
            ExitReason = found.Target == Direction.Neutral && !found.ClosesOnly ? ExitReason.Signal : ExitReason.Reversal,
            RequestId = signal.SignalId,
            ExecuteAtNanos = isTimed ? execution : 0,
            ValidUntilNanos = signal.TryGetValidUntilNanos(out long until) ? until : 0,
            DecisionPrice = state.Instruments[position.Instrument].Mark,
            ExpectedReturn = new Ratio(signal.TryGetExpectedReturn(out long expected) ? expected : 0),
            RiskScore = new Ratio(signal.TryGetRiskScore(out long risk) ? risk : 0),
            Volatility = new Ratio(signal.TryGetVolatility(out long volatility) ? volatility : 0),
        };
    }

    private static void Accept(EngineState state, in SignalDecoder signal, ref SignalCase found)
    {
        ref Position position = ref state.Positions[found.Row];
        Intent intent = IntentOf(state, signal, found);
        bool blocked = Outlook.IsOrdered(position);
        DecisionAction action = intent.State != IntentState.Ready || blocked ? DecisionAction.Wait
            : Outlook.SideOf(state, found.Row) == Direction.Neutral ? DecisionAction.Enter
            : found.Target == Direction.Neutral ? DecisionAction.Exit
            : DecisionAction.Reverse;
        if (found.Reason == ReasonCode.None && action == DecisionAction.Wait)
        {
            found.Reason = intent.State switch
            {
                IntentState.WaitsForOpen => ReasonCode.WaitingForNextBar,
                IntentState.WaitsForTime => ReasonCode.WaitingForTime,
                _ => ReasonCode.OrderInFlight,
            };
        }

        Quantity size = found.Target == Direction.Neutral ? Quantity.Zero : found.Size.Quantity;
        DecisionRecords.Write(state, signal, found, action, found.Target == Direction.Short ? -size : size, intent);
        if (found.Target != Direction.Neutral)
        {
            state.Positions.ProtectionOf(found.Row).PendingVolatility = intent.Volatility;
        }

        if (found.Other >= 0)
        {
            IntentProcessor.Want(state, found.Other, intent with { Target = Direction.Neutral });
            IntentTiming.Schedule(state, found.Other);
        }

        IntentProcessor.Want(state, found.Row, intent, found.Size);
        IntentTiming.Schedule(state, found.Row);
    }
}
