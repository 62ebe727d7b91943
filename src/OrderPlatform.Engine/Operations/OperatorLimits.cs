using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Operations;

/// <summary>
/// One limit that a person sets, of a client or a strategy: the others stay as they are, so two people never undo each other's change. The alert has the
/// number before and the number now. What names no limit, no such scope or a number that cannot be changes nothing.
/// </summary>
internal static class OperatorLimits
{
    public static void OnLimit(EngineState state, in OperatorLimitDecoder command)
    {
        if (command.Scope == Scope.Client && state.Clients.TryFind(command.ScopeId, out int client))
        {
            Set(state, ref state.Clients[client].Limits, command, client);
        }
        else if (command.Scope == Scope.Strategy && state.Strategies.TryFind(command.ScopeId, out int strategy))
        {
            Set(state, ref state.Strategies[strategy].Limits, command, strategy);
        }
        else
        {
            ReasonCode reason = command.Scope switch
            {
                Scope.Client => ReasonCode.UnknownClient,
                Scope.Strategy => ReasonCode.UnknownStrategy,
                _ => ReasonCode.InvalidValue,
            };
            Events.Alert(state, Severity.Warning, reason, OperatorLimitDecoder.TemplateId, command.ScopeId, (long)command.Scope, (long)command.Limit);
        }
    }

    private static void Set(EngineState state, ref RiskLimitSet limits, in OperatorLimitDecoder command, int row)
    {
        RiskLimitSet before = limits;
        bool isSet = command.TryGetValue(out long raw);
        if (!LimitField.TrySet(ref limits, command.Limit, isSet, raw))
        {
            Events.Alert(state, Severity.Warning, ReasonCode.InvalidValue, OperatorLimitDecoder.TemplateId, command.ScopeId, (long)command.Limit, raw);
            return;
        }

        Events.Alert(state, Severity.Information, ReasonCode.ConfigurationChanged, OperatorLimitDecoder.TemplateId, command.ScopeId,
            LimitField.Get(before, command.Limit), LimitField.Get(limits, command.Limit));
        RiskMonitor.OnLimits(state, command.Scope, row, before);
    }
}
