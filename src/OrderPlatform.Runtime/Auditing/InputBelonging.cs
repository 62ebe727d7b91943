using OrderPlatform.Engine;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>Whose an input is. Market data and ticks are nobody's: what they did to a client stands in its events.</summary>
internal static class InputBelonging
{
    /// <summary>Whose it is.</summary>
    public static Belonging Of(EngineState state, ClientOwnership owners, ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        return header.TemplateId switch
        {
            EpochStartDecoder.TemplateId or ReconciliationStartDecoder.TemplateId => Belonging.Shared,
            SignalDecoder.TemplateId when SignalDecoder.TryWrap(message, out SignalDecoder signal) => owners.OfClient(signal.ClientId),
            SubmitOrderDecoder.TemplateId when SubmitOrderDecoder.TryWrap(message, out SubmitOrderDecoder submit) => owners.OfClient(submit.ClientId),
            CancelOrderDecoder.TemplateId when CancelOrderDecoder.TryWrap(message, out CancelOrderDecoder cancel) => owners.OfClient(cancel.ClientId),
            AmendOrderDecoder.TemplateId when AmendOrderDecoder.TryWrap(message, out AmendOrderDecoder amend) => owners.OfClient(amend.ClientId),
            ExecutionReportDecoder.TemplateId when ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report) =>
                owners.IsOwnOrder(report.ClientOrderId) ? Belonging.Own : Belonging.None,
            OrderStatusReportDecoder.TemplateId when OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder status) =>
                owners.IsOwnOrder(status.ClientOrderId) ? Belonging.Own : Belonging.None,
            CashMovementDecoder.TemplateId when CashMovementDecoder.TryWrap(message, out CashMovementDecoder cash) =>
                owners.OfAccount(state, cash.AccountId) ?? Belonging.None,
            VenueStatusDecoder.TemplateId when VenueStatusDecoder.TryWrap(message, out VenueStatusDecoder venue) =>
                venue.TryGetAccountId(out uint account) ? owners.OfAccount(state, account) ?? Belonging.None : owners.OfVenue(venue.VenueId),
            OperatorCommandDecoder.TemplateId when OperatorCommandDecoder.TryWrap(message, out OperatorCommandDecoder command) =>
                owners.OfScope(state, command.Scope, command.ScopeId),
            OperatorLimitDecoder.TemplateId when OperatorLimitDecoder.TryWrap(message, out OperatorLimitDecoder limit) =>
                owners.OfScope(state, limit.Scope, limit.ScopeId),
            OperatorOrderDecoder.TemplateId when OperatorOrderDecoder.TryWrap(message, out OperatorOrderDecoder order) =>
                owners.IsOwnOrder(order.ClientOrderId) ? Belonging.Own : Belonging.None,
            _ => OfConfiguration(state, owners, header.TemplateId, message),
        };
    }

    private static Belonging OfConfiguration(EngineState state, ClientOwnership owners, ushort template, ReadOnlySpan<byte> message) => template switch
    {
        ClientConfigurationDecoder.TemplateId when ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder it) => owners.OfClient(it.ClientId),
        AccountConfigurationDecoder.TemplateId when AccountConfigurationDecoder.TryWrap(message, out AccountConfigurationDecoder it) => owners.OfClient(it.ClientId),
        StrategyConfigurationDecoder.TemplateId when StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder it) =>
            owners.OfClient(it.ClientId),
        SignalConfigurationDecoder.TemplateId when SignalConfigurationDecoder.TryWrap(message, out SignalConfigurationDecoder it) =>
            owners.OfStrategy(state, it.StrategyId) ?? Belonging.None,
        ExecutionConfigurationDecoder.TemplateId when ExecutionConfigurationDecoder.TryWrap(message, out ExecutionConfigurationDecoder it) =>
            owners.OfStrategy(state, it.StrategyId) ?? Belonging.None,
        ExitConfigurationDecoder.TemplateId when ExitConfigurationDecoder.TryWrap(message, out ExitConfigurationDecoder it) =>
            owners.OfStrategy(state, it.StrategyId) ?? Belonging.None,
        PositionSeedDecoder.TemplateId when PositionSeedDecoder.TryWrap(message, out PositionSeedDecoder it) =>
            owners.OfStrategy(state, it.StrategyId) ?? Belonging.None,
        RiskLimitsDecoder.TemplateId when RiskLimitsDecoder.TryWrap(message, out RiskLimitsDecoder it) => owners.OfScope(state, it.Scope, it.ScopeId),
        BreakerConfigurationDecoder.TemplateId when BreakerConfigurationDecoder.TryWrap(message, out BreakerConfigurationDecoder it) =>
            owners.OfScope(state, it.Scope, it.ScopeId),
        RateBudgetConfigurationDecoder.TemplateId when RateBudgetConfigurationDecoder.TryWrap(message, out RateBudgetConfigurationDecoder it) =>
            it.TryGetAccountId(out uint account) && account != 0 ? owners.OfAccount(state, account) ?? Belonging.None : owners.OfScope(state, it.Scope, it.ScopeId),
        VenueConfigurationDecoder.TemplateId when VenueConfigurationDecoder.TryWrap(message, out VenueConfigurationDecoder it) => owners.OfVenue(it.VenueId),
        InstrumentConfigurationDecoder.TemplateId when InstrumentConfigurationDecoder.TryWrap(message, out InstrumentConfigurationDecoder it) =>
            owners.OfInstrument(it.InstrumentId),
        _ => Belonging.None,
    };
}
