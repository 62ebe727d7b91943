using OrderPlatform.Engine;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;
using Timer = OrderPlatform.Engine.Timers.Timer;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>A timer that is set.</summary>
/// <param name="DueNanos">When it fires: with the first input whose time is not before.</param>
/// <param name="Kind">What for.</param>
/// <param name="Subject">What the id below is of.</param>
/// <param name="SubjectId">The order, parent order, instrument of the position, account or scope that it belongs to.</param>
public sealed record TimerView(long DueNanos, TimerKind Kind, string Subject, ulong SubjectId)
{
    internal static TimerView Of(EngineState state, in Timer timer)
    {
        (string subject, ulong id) = timer.Kind switch
        {
            TimerKind.Intent or TimerKind.TimeExit or TimerKind.Protection => ("position in instrument", (ulong)state.Instruments[state.Positions[timer.Subject].Instrument].Id),
            TimerKind.OrderExpiry or TimerKind.OrderTimeout or TimerKind.OrderRetry or TimerKind.AskAgain => ("order", state.Orders[timer.Subject].ClientOrderId),
            TimerKind.ParentStep => ("parent", state.Parents[timer.Subject].Id),
            TimerKind.Budget => ("account", state.Accounts[timer.Subject].Id),
            TimerKind.Breaker => OfBreaker(state, timer.Subject),
            _ => ("row", (ulong)timer.Subject),
        };
        return new TimerView(timer.DueNanos, timer.Kind, subject, id);
    }

    private static (string Subject, ulong Id) OfBreaker(EngineState state, int subject)
    {
        (Scope scope, int row) = Breaker.OwnerOf(subject);
        return (scope.ToString().ToLowerInvariant(), ScopeIds.Of(state, scope, row));
    }
}
