using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Operations;

/// <summary>
/// Operator commands (D16, T16). Reduce and halt refuse new exposure, and halt cancels open orders that would add to it; resume allows it again; flatten
/// cancels all open orders and closes all positions at the market; kill halts and cancels everything, and with flatten closes everything after that; shutdown
/// flattens, and opens nothing until the next start (D10). States
/// are of the shard, a client or a strategy; orders are also cancelled, and positions closed, of a venue, an account or an instrument.
/// </summary>
internal static class OperatorProcessor
{
    public static void OnCommand(EngineState state, in OperatorCommandDecoder command)
    {
        if (!OperatorActions.IsPossible(command.Action, command.Scope) || !TryFind(state, command.Scope, command.ScopeId, out int row))
        {
            Events.Alert(state, Severity.Warning, ReasonCode.InvalidValue, OperatorCommandDecoder.TemplateId, command.ScopeId, (long)command.Action,
                (long)command.Scope);
            return;
        }

        Events.Alert(state, Severity.Information, ReasonOf(command.Action), OperatorCommandDecoder.TemplateId, command.ScopeId, (long)command.Scope);
        Act(state, command.Action, command.Scope, row);
    }

    private static bool TryFind(EngineState state, Scope scope, uint id, out int row)
    {
        row = -1;
        return scope switch
        {
            Scope.Shard => true,
            Scope.Client => state.Clients.TryFind(id, out row),
            Scope.Strategy => state.Strategies.TryFind(id, out row),
            Scope.Venue => state.Venues.TryFind(id, out row),
            Scope.Account => state.Accounts.TryFind(id, out row),
            Scope.Instrument => state.Instruments.TryFind(id, out row),
            _ => false,
        };
    }

    private static ReasonCode ReasonOf(OperatorAction action) => action switch
    {
        OperatorAction.Halt => ReasonCode.OperatorHalt,
        OperatorAction.Resume => ReasonCode.OperatorResume,
        OperatorAction.Flatten => ReasonCode.OperatorFlatten,
        OperatorAction.EndDoubt => ReasonCode.OperatorEndDoubt,
        OperatorAction.Reduce => ReasonCode.OperatorReduce,
        OperatorAction.CancelAll => ReasonCode.OperatorCancelAll,
        OperatorAction.ResetBreaker => ReasonCode.OperatorResetBreaker,
        OperatorAction.Shutdown => ReasonCode.OperatorShutdown,
        _ => ReasonCode.OperatorKill,
    };

    private static void Act(EngineState state, OperatorAction action, Scope scope, int row)
    {
        switch (action)
        {
            case OperatorAction.Halt:
                TradingStates.Set(state, scope, row, TradingState.Halted, ReasonCode.OperatorHalt);
                ScopeSweep.CancelOrders(state, scope, row, openingOnly: true);
                break;
            case OperatorAction.Reduce:
                TradingStates.Set(state, scope, row, TradingState.Reducing, ReasonCode.OperatorReduce);
                break;
            case OperatorAction.Resume:
                TradingStates.Set(state, scope, row, TradingState.Active, ReasonCode.OperatorResume);
                RiskMonitor.OnResumed(state, scope, row);
                break;
            case OperatorAction.Flatten:
                Flatten(state, scope, row, ReasonCode.OperatorFlatten);
                break;
            case OperatorAction.Shutdown:
                TradingStates.Rest(state, scope, row);
                Flatten(state, scope, row, ReasonCode.OperatorShutdown);
                break;
            case OperatorAction.CancelAll:
                ScopeSweep.CancelOrders(state, scope, row, openingOnly: false);
                ScopeSweep.EndParents(state, scope, row, ReasonCode.OperatorCancelAll);
                break;
            case OperatorAction.ResetBreaker:
                ResetBreakers(state, scope, row);
                break;
            case OperatorAction.EndDoubt:
                ScopeSweep.EndDoubt(state, scope, row);
                break;
            default:
                Kill(state, scope, row, flatten: action == OperatorAction.KillAndFlatten);
                break;
        }
    }

    private static void Flatten(EngineState state, Scope scope, int row, ReasonCode reason)
    {
        EndAll(state, scope, row, reason);
        ScopeSweep.CloseAll(state, scope, row, ExitReason.Operator);
    }

    private static void EndAll(EngineState state, Scope scope, int row, ReasonCode reason)
    {
        ScopeSweep.DropIntents(state, scope, row);
        ScopeSweep.CancelOrders(state, scope, row, openingOnly: false);
        ScopeSweep.EndParents(state, scope, row, reason);
    }

    private static void Kill(EngineState state, Scope scope, int row, bool flatten)
    {
        TradingStates.Set(state, scope, row, TradingState.Halted, ReasonCode.OperatorKill);
        EndAll(state, scope, row, ReasonCode.OperatorKill);
        if (flatten)
        {
            ScopeSweep.CloseAll(state, scope, row, ExitReason.Operator);
        }
    }

    private static void ResetBreakers(EngineState state, Scope scope, int row)
    {
        if (scope != Scope.Shard)
        {
            Breakers.Reset(state, scope, row);
            return;
        }

        for (int venue = 0; venue < state.Venues.Count; venue++)
        {
            Breakers.Reset(state, Scope.Venue, venue);
        }

        for (int client = 0; client < state.Clients.Count; client++)
        {
            Breakers.Reset(state, Scope.Client, client);
        }

        for (int strategy = 0; strategy < state.Strategies.Count; strategy++)
        {
            Breakers.Reset(state, Scope.Strategy, strategy);
        }
    }
}
