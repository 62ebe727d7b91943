using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>
/// Takes strategies, their rules for signals, execution and exits, and limits in. Each record replaces the rules of its kind, also at run time.
/// </summary>
internal static class StrategyRegistry
{
    public static void OnStrategy(EngineState state, in StrategyConfigurationDecoder record)
    {
        const ushort Template = StrategyConfigurationDecoder.TemplateId;
        if (!state.Clients.TryFind(record.ClientId, out int client))
        {
            Registry.Refuse(state, ReasonCode.UnknownClient, Template, record.StrategyId);
        }
        else if (!state.Accounts.TryFind(record.AccountId, out int account))
        {
            Registry.Refuse(state, ReasonCode.UnknownAccount, Template, record.StrategyId);
        }
        else if (state.Accounts[account].Client != client)
        {
            Registry.Refuse(state, ReasonCode.NotTheOwner, Template, record.StrategyId);
        }
        else
        {
            bool isKnown = state.Strategies.TryFind(record.StrategyId, out int row);
            Strategy strategy = isKnown ? state.Strategies[row] : StrategyRules.New(record.StrategyId, client, account);
            if (strategy.Client != client || strategy.Account != account)
            {
                Registry.Refuse(state, ReasonCode.AlreadyDefined, Template, record.StrategyId);
                return;
            }

            StrategyRules.Read(record, ref strategy);
            if (StrategyRules.WrongField(strategy) is not null)
            {
                Registry.Refuse(state, ReasonCode.InvalidValue, Template, record.StrategyId);
                return;
            }

            if (!isKnown && !state.Strategies.IsFull)
            {
                Registry.Link(state, ref strategy);
                strategy.DayOpeningEquity = Valuation.Equity(state, account);
                strategy.PeakEquity = strategy.DayOpeningEquity;
                strategy.IsWatched = state.Clients[client].Limits.IsWatched;
            }

            Registry.Put(state, state.Strategies, record.StrategyId, strategy, Template);
            if (isKnown)
            {
                ProtectionDesk.OnRules(state, row);
            }
        }
    }

    public static void OnSignals(EngineState state, in SignalConfigurationDecoder record)
    {
        if (TryFind(state, record.StrategyId, SignalConfigurationDecoder.TemplateId, out int row))
        {
            Strategy changed = state.Strategies[row];
            SignalConfigurationReader.Read(record, ref changed.SignalRules);
            Accept(state, row, changed, SignalConfigurationDecoder.TemplateId);
        }
    }

    public static void OnExecution(EngineState state, in ExecutionConfigurationDecoder record)
    {
        if (TryFind(state, record.StrategyId, ExecutionConfigurationDecoder.TemplateId, out int row))
        {
            Strategy changed = state.Strategies[row];
            ExecutionConfigurationReader.Read(record, ref changed.Execution);
            Accept(state, row, changed, ExecutionConfigurationDecoder.TemplateId);
        }
    }

    public static void OnExits(EngineState state, in ExitConfigurationDecoder record)
    {
        if (TryFind(state, record.StrategyId, ExitConfigurationDecoder.TemplateId, out int row))
        {
            Strategy changed = state.Strategies[row];
            ExitConfigurationReader.Read(record, ref changed.Exits);
            Accept(state, row, changed, ExitConfigurationDecoder.TemplateId);
        }
    }

    public static void OnLimits(EngineState state, in RiskLimitsDecoder record)
    {
        RiskLimitSet limits = LimitRecord.Read(record, out string? wrong);
        if (wrong is not null)
        {
            Registry.Refuse(state, ReasonCode.InvalidValue, RiskLimitsDecoder.TemplateId, record.ScopeId);
        }
        else if (record.Scope == Scope.Client && state.Clients.TryFind(record.ScopeId, out int client))
        {
            RiskLimitSet before = state.Clients[client].Limits;
            state.Clients[client].Limits = limits;
            RiskMonitor.OnLimits(state, Scope.Client, client, before);
        }
        else if (record.Scope == Scope.Strategy && state.Strategies.TryFind(record.ScopeId, out int strategy))
        {
            RiskLimitSet before = state.Strategies[strategy].Limits;
            state.Strategies[strategy].Limits = limits;
            RiskMonitor.OnLimits(state, Scope.Strategy, strategy, before);
        }
        else
        {
            ReasonCode reason = record.Scope switch
            {
                Scope.Client => ReasonCode.UnknownClient,
                Scope.Strategy => ReasonCode.UnknownStrategy,
                _ => ReasonCode.InvalidValue,
            };
            Registry.Refuse(state, reason, RiskLimitsDecoder.TemplateId, record.ScopeId);
        }
    }

    private static bool TryFind(EngineState state, uint id, ushort template, out int row)
    {
        bool found = state.Strategies.TryFind(id, out row);
        if (!found)
        {
            Registry.Refuse(state, ReasonCode.UnknownStrategy, template, id);
        }

        return found;
    }

    private static void Accept(EngineState state, int row, in Strategy changed, ushort template)
    {
        if (StrategyRules.WrongField(changed) is null)
        {
            state.Strategies[row] = changed;
            if (template == ExitConfigurationDecoder.TemplateId)
            {
                ProtectionDesk.OnRules(state, row);
            }
        }
        else
        {
            Registry.Refuse(state, ReasonCode.InvalidValue, template, changed.Id);
        }
    }
}
