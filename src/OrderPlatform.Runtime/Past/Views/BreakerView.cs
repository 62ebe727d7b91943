using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>A circuit breaker that is configured, or is not closed.</summary>
/// <param name="Scope">Whose orders it stops.</param>
/// <param name="ScopeId">Id of that client, strategy or venue.</param>
/// <param name="State">Closed: orders flow; open: stopped; half open: probing.</param>
/// <param name="Cause">Why it opened.</param>
/// <param name="Rejects">Refusals in the window.</param>
/// <param name="RejectsMaximum">0 is no such cause.</param>
/// <param name="Timeouts">Unknown outcomes in the window.</param>
/// <param name="TimeoutsMaximum">0 is no such cause.</param>
/// <param name="Losses">Losing trades one after the other.</param>
/// <param name="LossesMaximum">0 is no such cause.</param>
/// <param name="OpenUntilNanos">With open.</param>
public sealed record BreakerView(
    Scope Scope, uint ScopeId, BreakerState State, ReasonCode Cause, uint Rejects, uint RejectsMaximum, uint Timeouts, uint TimeoutsMaximum, uint Losses,
    uint LossesMaximum, long OpenUntilNanos)
{
    internal static bool IsShown(in Breaker breaker) => breaker.IsSet || breaker.State != BreakerState.Closed;

    internal static BreakerView Of(Scope scope, uint id, in Breaker breaker) => new(
        scope, id, breaker.State, breaker.Cause, breaker.Rejects, breaker.RejectsMaximum, breaker.Timeouts, breaker.TimeoutsMaximum, breaker.Losses, breaker.LossesMaximum,
        breaker.OpenUntilNanos);
}
