using OrderPlatform.Engine.Outputs;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Timers;

/// <summary>Fires the timers that an input's timestamp has reached, before the input itself is processed (N14).</summary>
internal static class TimerProcessor
{
    /// <summary>So many fire with one input; the rest with the next ones, so that no input takes for ever.</summary>
    public const int FiredMax = 1_024;

    public static void FireDue(EngineState state)
    {
        for (int fired = 0; fired < FiredMax && state.Timers.TryTakeDue(state.NowNanos, out Timer timer); fired++)
        {
            Fire(state, timer);
        }
    }

    private static void Fire(EngineState state, in Timer timer)
    {
        switch (timer.Kind)
        {
            case TimerKind.Intent:
                Signals.IntentTiming.OnTimer(state, timer.Subject);
                break;
            case TimerKind.TimeExit:
                Exits.ProtectiveExits.OnTimeExit(state, timer.Subject);
                break;
            case TimerKind.Protection:
                Exits.ProtectionDesk.OnAlarm(state, timer.Subject);
                break;
            case TimerKind.OrderExpiry or TimerKind.OrderTimeout or TimerKind.OrderRetry or TimerKind.AskAgain:
                Orders.OrderTimers.OnTimer(state, timer);
                break;
            case TimerKind.Budget:
                Budgets.RequestQueue.OnTimer(state, timer.Subject);
                break;
            case TimerKind.Breaker:
                Risk.Breakers.OnTimer(state, timer.Subject);
                break;
            case TimerKind.ParentStep:
                Execution.ParentDesk.OnStepTimer(state, timer.Subject);
                break;
            default:
                Events.Alert(state, Severity.Critical, ReasonCode.InvalidValue, 0, (ulong)timer.Kind);
                break;
        }
    }
}
