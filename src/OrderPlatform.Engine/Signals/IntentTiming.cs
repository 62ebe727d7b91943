using System;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Timers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>
/// The time of intents (R37): one that waits for its time becomes ready then, one that had no room in its input goes with the next, and one that waits for a
/// time, a bar or an order's end goes when its validity ends. One timer a position looks at whatever is wanted when it fires, so that an intent that was
/// replaced meanwhile does no harm.
/// </summary>
internal static class IntentTiming
{
    /// <summary>Sets the timer for what a position wants.</summary>
    public static void Schedule(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        state.Timers.Cancel(ref position.IntentTimer);
        ref Intent intent = ref position.Intent;
        if (intent.State == IntentState.None)
        {
            return;
        }

        // Valid until its end, and not a nanosecond longer.
        long ends = intent.ValidUntilNanos is 0 or long.MaxValue ? long.MaxValue : intent.ValidUntilNanos + 1;
        long due = intent.State == IntentState.WaitsForTime ? Math.Min(intent.ExecuteAtNanos, ends)
            : IsFree(state, position) ? state.NowNanos + 1
            : ends;
        if (due != long.MaxValue)
        {
            position.IntentTimer = state.Timers.Set(due, TimerKind.Intent, row);
        }
    }

    /// <summary>The timer fired.</summary>
    public static void OnTimer(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        position.IntentTimer = TimerTable.None;
        Intent intent = position.Intent;
        if (intent.State != IntentState.None && intent.ValidUntilNanos != 0 && intent.ValidUntilNanos < state.NowNanos)
        {
            position.Intent = default;
            DecisionRecords.Expired(state, row, intent);
            return;
        }

        bool isTime = intent.State == IntentState.WaitsForTime && intent.ExecuteAtNanos <= state.NowNanos;
        if (isTime)
        {
            position.Intent.State = IntentState.Ready;
        }

        // An order that stands in its way is asked to go when its time comes.
        if (isTime || IsFree(state, position))
        {
            IntentProcessor.Advance(state, row);
        }

        Schedule(state, row);
    }

    // Nothing stands in its way but the room of an input.
    private static bool IsFree(EngineState state, in Position position) => position.Intent.State == IntentState.Ready && position.WorkingParent < 0
        && !state.Clients[state.Strategies[position.Strategy].Client].Reconciling;
}
