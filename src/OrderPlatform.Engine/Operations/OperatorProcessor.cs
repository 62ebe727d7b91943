using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Operations;

/// <summary>
/// Operator commands (D16): halt refuses new exposure and cancels open orders that would add to it; resume allows it again; flatten cancels all open
/// orders and closes all positions at the market; the end of doubt ends orders whose venue gives no answer that settles them. Each for the shard, a client or a
/// strategy.
/// </summary>
internal static class OperatorProcessor
{
    public static void OnCommand(EngineState state, in OperatorCommandDecoder command)
    {
        int scoped = -1;
        bool known = command.Action is >= OperatorAction.Halt and <= OperatorAction.EndDoubt && command.Scope switch
        {
            Scope.Shard => true,
            Scope.Client => state.Clients.TryFind(command.ScopeId, out scoped),
            Scope.Strategy => state.Strategies.TryFind(command.ScopeId, out scoped),
            _ => false,
        };
        if (!known)
        {
            Events.Alert(state, Severity.Warning, ReasonCode.InvalidValue, OperatorCommandDecoder.TemplateId, command.ScopeId, (long)command.Action, (long)command.Scope);
            return;
        }

        ReasonCode reason = command.Action switch
        {
            OperatorAction.Halt => ReasonCode.OperatorHalt,
            OperatorAction.Resume => ReasonCode.OperatorResume,
            OperatorAction.EndDoubt => ReasonCode.OperatorEndDoubt,
            _ => ReasonCode.OperatorFlatten,
        };
        Events.Alert(state, Severity.Information, reason, OperatorCommandDecoder.TemplateId, command.ScopeId, (long)command.Scope);
        switch (command.Action)
        {
            case OperatorAction.Halt:
                SetTrading(state, command.Scope, scoped, TradingState.Halted);
                Stop(state, command.Scope, scoped, flatten: false);
                break;
            case OperatorAction.Resume:
                SetTrading(state, command.Scope, scoped, TradingState.Active);
                break;
            case OperatorAction.Flatten:
                Stop(state, command.Scope, scoped, flatten: true);
                break;
            default:
                EndDoubt(state, command.Scope, scoped);
                break;
        }
    }

    private static void SetTrading(EngineState state, Scope scope, int row, TradingState trading)
    {
        switch (scope)
        {
            case Scope.Shard:
                state.TradingState = trading;
                break;
            case Scope.Client:
                state.Clients[row].State = trading;
                break;
            default:
                state.Strategies[row].State = trading;
                break;
        }
    }

    private static void Stop(EngineState state, Scope scope, int scoped, bool flatten)
    {
        int rows = state.Orders.Rows.Length;
        for (int row = 0; row < rows; row++)
        {
            ref Order order = ref state.Orders[row];
            if (order.IsOpen && IsIn(state, scope, scoped, state.Positions[order.Position]) && (flatten || OrderDesk.OpeningLeft(order) > 0))
            {
                OrderDesk.Cancel(state, ref order);
            }
        }

        for (int row = 0; row < state.Positions.Count; row++)
        {
            ref Position position = ref state.Positions[row];
            if (!flatten || !IsIn(state, scope, scoped, position))
            {
                continue;
            }

            position.Intent = default;
            if (position.WorkingParent >= 0 || !position.Quantity.IsZero)
            {
                IntentProcessor.Want(state, row, new Intent
                {
                    State = IntentState.Ready,
                    Target = Direction.Neutral,
                    ExitReason = ExitReason.Operator,
                    AtMarket = true,
                });
            }
        }
    }

    private static void EndDoubt(EngineState state, Scope scope, int scoped)
    {
        int rows = state.Orders.Rows.Length;
        for (int row = 0; row < rows && state.Orders.InDoubtCount > 0; row++)
        {
            if (state.Orders[row].InDoubt && IsIn(state, scope, scoped, state.Positions[state.Orders[row].Position]))
            {
                Reconciliation.EndWithout(state, row, OrderStatus.Cancelled, ReasonCode.OperatorEndDoubt);
            }
        }
    }

    private static bool IsIn(EngineState state, Scope scope, int scoped, in Position position) =>
        scope == Scope.Shard
        || (scope == Scope.Strategy && position.Strategy == scoped)
        || (scope == Scope.Client && state.Strategies[position.Strategy].Client == scoped);
}
