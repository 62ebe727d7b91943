using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>
/// The filters of what a signal or its ensemble decided, in their order: momentum, confidence, mode, price, position, order in flight, size. Momentum and size are asked
/// for only where something would open; a signal against a position that does not pass them closes it and opens nothing (R122, R126).
/// </summary>
internal static class DecisionFilters
{
    /// <summary>Whether the decision is held.</summary>
    public static bool Hold(EngineState state, in SignalDecoder signal, ref SignalCase found)
    {
        ref Position position = ref state.Positions[found.Row];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        Direction side = Outlook.SideOf(state, found.Row);
        bool isHeld = side != Direction.Neutral || found.Other >= 0;
        bool opens = found.Target != Direction.Neutral && found.Target != side;
        if (opens && LacksMomentum(state, strategy.SignalRules, position, isHeld, ref found))
        {
            return true;
        }

        // A minimum asks for a confidence: a signal without one does not pass (D5).
        if (strategy.SignalRules.MinimumConfidence.Raw > 0 && (!found.HasConfidence || found.Confidence < strategy.SignalRules.MinimumConfidence))
        {
            return found.Hold(FilterKind.Confidence, ReasonCode.ConfidenceTooLow, found.Confidence.Raw, strategy.SignalRules.MinimumConfidence.Raw);
        }

        if (found.Target == Direction.Short && strategy.Mode != TradingMode.LongShort)
        {
            found.Target = Direction.Neutral;
            if (Outlook.IsIdle(state, found.Row))
            {
                return found.Hold(FilterKind.Mode, ReasonCode.NoPositionToSell);
            }
        }

        if (state.Instruments[position.Instrument].Mark.IsZero)
        {
            return found.Hold(FilterKind.Price, ReasonCode.NoPrice);
        }

        Turn(state, ref found);
        return IsThere(state, strategy.SignalRules, signal, ref found)
            || IsOnItsWay(state, ref found)
            || (found.Target != Direction.Neutral && HasNoSize(state, signal, isHeld, ref found));
    }

    private static bool LacksMomentum(EngineState state, in SignalRules rules, in Position position, bool isHeld, ref SignalCase found)
    {
        if (rules.MomentumMinimum.IsZero)
        {
            return false;
        }

        found.HasMomentum = state.Histories[position.Instrument].Minutes.TryMomentum(state.NowNanos, rules.MomentumWindowMinutes, out found.Momentum);
        if (!found.HasMomentum)
        {
            return found.HoldEntry(isHeld, FilterKind.Momentum, ReasonCode.NoHistory, 0, rules.MomentumMinimum.Raw);
        }

        long size = found.Momentum.Raw == long.MinValue ? long.MaxValue : Math.Abs(found.Momentum.Raw);
        return size < rules.MomentumMinimum.Raw && found.HoldEntry(isHeld, FilterKind.Momentum, ReasonCode.MomentumTooLow, size, rules.MomentumMinimum.Raw);
    }

    // Nothing is wanted or ordered, and the position is there already; or it is on the other side, which takes more confidence to leave (R126).
    private static bool IsThere(EngineState state, in SignalRules rules, in SignalDecoder signal, ref SignalCase found)
    {
        Direction side = Outlook.SideOf(state, found.Row);
        bool isOpposite = !found.IsVote && signal.Direction != Direction.Neutral
            && (found.Other >= 0 || (side != Direction.Neutral && signal.Direction != side));
        if (isOpposite && rules.ReversalConfidence.Raw > 0 && (!found.HasConfidence || found.Confidence < rules.ReversalConfidence))
        {
            return found.Hold(FilterKind.Position, ReasonCode.ReversalNotConfident, found.Confidence.Raw, rules.ReversalConfidence.Raw);
        }

        ref Position position = ref state.Positions[found.Row];
        return Outlook.IsSettled(position) && side == found.Target && found.Target != Direction.Neutral
            && found.Hold(FilterKind.Position, ReasonCode.AlreadyInPosition, position.Quantity.Raw);
    }

    private static bool IsOnItsWay(EngineState state, ref SignalCase found)
    {
        ref Position position = ref state.Positions[found.Row];

        // A protective exit or a flatten that still waits for an order's end comes first.
        if (position.Intent is { State: IntentState.Ready, AtMarket: true })
        {
            return found.Hold(FilterKind.Order, ReasonCode.OrderInFlight);
        }

        if (Outlook.Coming(state, found.Row) != found.Target)
        {
            return false;
        }

        ReasonCode reason = position.Intent.State switch
        {
            IntentState.WaitsForOpen => ReasonCode.WaitingForNextBar,
            IntentState.WaitsForTime => ReasonCode.WaitingForTime,
            _ => ReasonCode.OrderInFlight,
        };
        return found.Hold(FilterKind.Order, reason);
    }

    private static bool HasNoSize(EngineState state, in SignalDecoder signal, bool isHeld, ref SignalCase found)
    {
        ref Position position = ref state.Positions[found.Row];
        Price price = state.Instruments[position.Instrument].Mark;
        found.Size = PositionSizer.Answer(state, position, price, SignalProcessor.IntentOf(state, signal, found));
        SizingRecords.Write(state, signal.SignalId, position, price, found.Size);
        if (found.Size.Reason == ReasonCode.None)
        {
            return false;
        }

        bool holds = found.HoldEntry(isHeld, FilterKind.Size, found.Size.Reason, found.Size.Value, found.Size.Limit);
        Turn(state, ref found);
        return holds || (found.ClosesOnly && IsOnItsWay(state, ref found));
    }

    // Only what closes goes on: that may be the other leg.
    private static void Turn(EngineState state, ref SignalCase found)
    {
        if (found.ClosesOnly)
        {
            found.Target = Direction.Neutral;
            bool isOther = found.Other >= 0 && Outlook.SideOf(state, found.Row) == Direction.Neutral;
            found.Row = isOther ? found.Other : found.Row;
            found.Other = isOther ? -1 : found.Other;
        }
    }
}
