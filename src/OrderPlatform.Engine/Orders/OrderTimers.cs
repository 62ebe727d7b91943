using System;
using OrderPlatform.Engine.Timers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// The one timer of an order: whatever comes first of asking again, the venue's silence, and the end of its time where the venue does not watch that
/// itself. It is set anew with each change of state.
/// </summary>
internal static class OrderTimers
{
    /// <summary>The first interval between two questions; each is twice the one before.</summary>
    public const long AskNanos = 5_000_000_000;

    /// <summary>The longest interval between two questions.</summary>
    public const long AskMaxNanos = 60_000_000_000;

    /// <summary>An order that rests is asked for when it was silent for so many execution timeouts: a report may be lost on a healthy line (T4).</summary>
    public const long SweepFactor = 60;

    private const int DoublingsMax = 4;

    /// <summary>Sets the order's timer for what it waits for now.</summary>
    public static void Arm(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        state.Timers.Cancel(ref order.Timer);
        (TimerKind kind, long due) = Next(state, order);
        if (kind != TimerKind.None)
        {
            order.Timer = state.Timers.Set(due, kind, row);
        }
    }

    /// <summary>An order's timer fired.</summary>
    public static void OnTimer(EngineState state, in Timer timer)
    {
        ref Order order = ref state.Orders[timer.Subject];
        order.Timer = TimerTable.None;
        switch (timer.Kind)
        {
            case TimerKind.AskAgain:
                OrderDoubt.AskAgain(state, timer.Subject);
                break;
            case TimerKind.OrderTimeout when IsAwaited(order):
                OrderChanges.TryApply(state, timer.Subject, OrderEventKind.Timeout, ReasonCode.ExecutionTimeout);
                break;
            case TimerKind.OrderTimeout:
                // An order that works may go on working: the question alone puts it in no doubt.
                OrderDoubt.Ask(state, order);
                Arm(state, timer.Subject);
                break;
            default:
                OrderChanges.TryApply(state, timer.Subject, OrderEventKind.Expire, ReasonCode.Expired);
                break;
        }
    }

    private static (TimerKind Kind, long Due) Next(EngineState state, in Order order)
    {
        bool isMissing = order.Reported > order.Cumulative;
        if (order.InDoubt || (!order.IsOpen && isMissing && order.Attempts < OrderDoubt.AsksBeforeAlarm))
        {
            return (TimerKind.AskAgain, After(state.NowNanos, Math.Min(AskMaxNanos, AskNanos << Math.Min((int)order.Attempts, DoublingsMax))));
        }

        if (!order.IsOpen)
        {
            return (TimerKind.None, 0);
        }

        long silence = Silence(state, order);
        long expiry = order.Emulated && order.ExpireAtNanos != 0 && order.Status != OrderStatus.PendingCancel ? order.ExpireAtNanos : long.MaxValue;
        return silence <= expiry
            ? silence == long.MaxValue ? (TimerKind.None, 0) : (TimerKind.OrderTimeout, silence)
            : (TimerKind.OrderExpiry, expiry);
    }

    // When the venue's silence becomes a doubt, or a question.
    private static long Silence(EngineState state, in Order order)
    {
        long timeout = state.Strategies[state.Positions[order.Position].Strategy].Execution.ExecutionTimeoutNanos;
        long soon = IsAwaited(order) ? timeout : Math.Max(timeout, AskNanos);
        long late = timeout > AskMaxNanos ? timeout : Math.Max(AskMaxNanos, timeout * SweepFactor);
        return timeout <= 0 || !OrderTransitions.IsAtVenue(order.Status) || order.CancelQueued ? long.MaxValue
            : After(state.NowNanos, IsAwaited(order) || order.Type == OrderType.Market ? soon : late);
    }

    // Whether an answer must come soon: to a request, or the end of an order that does not rest. A market order that the venue has acknowledged is asked for
    // as soon, but works as long as it finds nothing to trade with: there is no doubt of it.
    private static bool IsAwaited(in Order order) =>
        order.Status is OrderStatus.PendingNew or OrderStatus.PendingCancel || !order.AmendQuantity.IsZero
        || order.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;

    private static long After(long now, long nanos) => now > long.MaxValue - nanos ? long.MaxValue : now + nanos;
}
