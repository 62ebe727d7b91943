using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Operations;

/// <summary>
/// Whether venues, and accounts at them, can be reached (R29): to what cannot, nothing that opens is sent, and a person is told of each change.
/// </summary>
internal static class Connectivity
{
    public static void OnStatus(EngineState state, in VenueStatusDecoder status)
    {
        if (!state.Venues.TryFind(status.VenueId, out int venue))
        {
            Refuse(state, ReasonCode.UnknownVenue, status.VenueId);
        }
        else if (status.Connected is not (YesNo.Yes or YesNo.No))
        {
            Refuse(state, ReasonCode.InvalidValue, status.VenueId);
        }
        else if (!status.TryGetAccountId(out uint accountId))
        {
            bool wasDown = state.Venues[venue].IsDown;
            Set(state, ref state.Venues[venue].IsDown, status.Connected == YesNo.No, status.VenueId, Scope.Venue);
            OnVenue(state, venue, wasDown);
        }
        else if (!state.Accounts.TryFind(accountId, out int account) || state.Accounts[account].Venue != venue)
        {
            Refuse(state, ReasonCode.UnknownAccount, accountId);
        }
        else
        {
            Set(state, ref state.Accounts[account].IsDown, status.Connected == YesNo.No, accountId, Scope.Account);
        }
    }

    // A venue that was lost is let back by its breaker, where it has one, with one order first; and what is in doubt there is asked for before anything else.
    private static void OnVenue(EngineState state, int venue, bool wasDown)
    {
        bool isDown = state.Venues[venue].IsDown;
        if (isDown && !wasDown)
        {
            Breakers.OnVenueDown(state, venue);
        }
        else if (wasDown && !isDown)
        {
            OrderDoubt.AskAll(state, venue);
        }
    }

    private static void Set(EngineState state, ref bool isDown, bool down, uint id, Scope scope)
    {
        if (isDown != down)
        {
            isDown = down;
            Severity severity = down ? Severity.Critical : Severity.Information;
            Events.Alert(state, severity, down ? ReasonCode.VenueDown : ReasonCode.VenueUp, VenueStatusDecoder.TemplateId, id, (long)scope);
        }
    }

    private static void Refuse(EngineState state, ReasonCode reason, uint id) =>
        Events.Alert(state, Severity.Warning, reason, VenueStatusDecoder.TemplateId, id);
}
