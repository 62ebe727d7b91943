using OrderPlatform.Engine;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>Outside ids of what a row belongs to.</summary>
internal static class ScopeIds
{
    public static uint Of(EngineState state, Scope scope, int row) => scope switch
    {
        Scope.Client => state.Clients[row].Id,
        Scope.Strategy => state.Strategies[row].Id,
        Scope.Venue => state.Venues[row].Id,
        Scope.Account => state.Accounts[row].Id,
        Scope.Instrument => state.Instruments[row].Id,
        _ => 0,
    };
}
