using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>
/// Another attempt after a refusal that may pass (R52, R53, R202, D15): so often and after so long as the strategy says, for what is left only. Never after an
/// unknown outcome: such an order is open and in doubt, and nothing is sent for its parent (T2).
/// </summary>
internal static class Retry
{
    /// <summary>Sets the timer for another attempt.</summary>
    /// <returns><c>false</c> if there have been as many as allowed.</returns>
    public static bool TryAgain(EngineState state, int row, ReasonCode reason)
    {
        ref ParentOrder parent = ref state.Parents[row];
        ref ExecutionRules rules = ref state.Strategies[state.Positions[parent.Position].Strategy].Execution;
        if (parent.Attempts >= rules.RetryAttempts)
        {
            return false;
        }

        parent.Attempts++;
        parent.Reason = reason;
        long due = state.NowNanos + rules.RetryDelayNanos;
        long part = parent.Algorithm is ExecutionAlgorithm.Twap or ExecutionAlgorithm.Vwap or ExecutionAlgorithm.Pov ? ScheduledSteps.NextDueNanos(state, parent)
            : parent.Algorithm == ExecutionAlgorithm.LimitThenMarket && parent.Type == OrderType.Limit ? parent.EndNanos
            : long.MaxValue;
        Arm(state, row, due < part ? due : part);
        return true;
    }

    /// <summary>Sets the parent's only timer.</summary>
    public static void Arm(EngineState state, int row, long dueNanos)
    {
        ref ParentOrder parent = ref state.Parents[row];
        state.Timers.Cancel(ref parent.Timer);
        parent.Timer = state.Timers.Set(dueNanos, TimerKind.ParentStep, row);
    }
}
