using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>An input or output of the engine as JSON text, by its generated decoder.</summary>
internal static class MessageText
{
    /// <summary>The text, or null where it is no message of the schema's inputs and outputs.</summary>
    public static string? Json(ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        return Input(header.TemplateId, message) ?? Configuration(header.TemplateId, message) ?? Output(header.TemplateId, message);
    }

    private static string? Input(ushort templateId, ReadOnlySpan<byte> message) => templateId switch
    {
        MarketTradeDecoder.TemplateId when MarketTradeDecoder.TryWrap(message, out MarketTradeDecoder it) => it.ToJson(),
        TopOfBookDecoder.TemplateId when TopOfBookDecoder.TryWrap(message, out TopOfBookDecoder it) => it.ToJson(),
        BarDecoder.TemplateId when BarDecoder.TryWrap(message, out BarDecoder it) => it.ToJson(),
        SignalDecoder.TemplateId when SignalDecoder.TryWrap(message, out SignalDecoder it) => it.ToJson(),
        ExecutionReportDecoder.TemplateId when ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder it) => it.ToJson(),
        SubmitOrderDecoder.TemplateId when SubmitOrderDecoder.TryWrap(message, out SubmitOrderDecoder it) => it.ToJson(),
        CancelOrderDecoder.TemplateId when CancelOrderDecoder.TryWrap(message, out CancelOrderDecoder it) => it.ToJson(),
        AmendOrderDecoder.TemplateId when AmendOrderDecoder.TryWrap(message, out AmendOrderDecoder it) => it.ToJson(),
        OrderStatusReportDecoder.TemplateId when OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder it) => it.ToJson(),
        OperatorCommandDecoder.TemplateId when OperatorCommandDecoder.TryWrap(message, out OperatorCommandDecoder it) => it.ToJson(),
        OperatorLimitDecoder.TemplateId when OperatorLimitDecoder.TryWrap(message, out OperatorLimitDecoder it) => it.ToJson(),
        OperatorOrderDecoder.TemplateId when OperatorOrderDecoder.TryWrap(message, out OperatorOrderDecoder it) => it.ToJson(),
        _ => null,
    };

    private static string? Configuration(ushort templateId, ReadOnlySpan<byte> message) => templateId switch
    {
        TickDecoder.TemplateId when TickDecoder.TryWrap(message, out TickDecoder it) => it.ToJson(),
        EpochStartDecoder.TemplateId when EpochStartDecoder.TryWrap(message, out EpochStartDecoder it) => it.ToJson(),
        ReconciliationStartDecoder.TemplateId when ReconciliationStartDecoder.TryWrap(message, out ReconciliationStartDecoder it) => it.ToJson(),
        VenueConfigurationDecoder.TemplateId when VenueConfigurationDecoder.TryWrap(message, out VenueConfigurationDecoder it) => it.ToJson(),
        InstrumentConfigurationDecoder.TemplateId when InstrumentConfigurationDecoder.TryWrap(message, out InstrumentConfigurationDecoder it) => it.ToJson(),
        ClientConfigurationDecoder.TemplateId when ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder it) => it.ToJson(),
        AccountConfigurationDecoder.TemplateId when AccountConfigurationDecoder.TryWrap(message, out AccountConfigurationDecoder it) => it.ToJson(),
        StrategyConfigurationDecoder.TemplateId when StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder it) => it.ToJson(),
        RiskLimitsDecoder.TemplateId when RiskLimitsDecoder.TryWrap(message, out RiskLimitsDecoder it) => it.ToJson(),
        PositionSeedDecoder.TemplateId when PositionSeedDecoder.TryWrap(message, out PositionSeedDecoder it) => it.ToJson(),
        SignalConfigurationDecoder.TemplateId when SignalConfigurationDecoder.TryWrap(message, out SignalConfigurationDecoder it) => it.ToJson(),
        ExecutionConfigurationDecoder.TemplateId when ExecutionConfigurationDecoder.TryWrap(message, out ExecutionConfigurationDecoder it) => it.ToJson(),
        ExitConfigurationDecoder.TemplateId when ExitConfigurationDecoder.TryWrap(message, out ExitConfigurationDecoder it) => it.ToJson(),
        RateBudgetConfigurationDecoder.TemplateId when RateBudgetConfigurationDecoder.TryWrap(message, out RateBudgetConfigurationDecoder it) => it.ToJson(),
        BreakerConfigurationDecoder.TemplateId when BreakerConfigurationDecoder.TryWrap(message, out BreakerConfigurationDecoder it) => it.ToJson(),
        FundingRateDecoder.TemplateId when FundingRateDecoder.TryWrap(message, out FundingRateDecoder it) => it.ToJson(),
        CashMovementDecoder.TemplateId when CashMovementDecoder.TryWrap(message, out CashMovementDecoder it) => it.ToJson(),
        VenueStatusDecoder.TemplateId when VenueStatusDecoder.TryWrap(message, out VenueStatusDecoder it) => it.ToJson(),
        _ => null,
    };

    private static string? Output(ushort templateId, ReadOnlySpan<byte> message) => templateId switch
    {
        NewOrderDecoder.TemplateId when NewOrderDecoder.TryWrap(message, out NewOrderDecoder it) => it.ToJson(),
        OrderCancelRequestDecoder.TemplateId when OrderCancelRequestDecoder.TryWrap(message, out OrderCancelRequestDecoder it) => it.ToJson(),
        OrderAmendRequestDecoder.TemplateId when OrderAmendRequestDecoder.TryWrap(message, out OrderAmendRequestDecoder it) => it.ToJson(),
        OrderStatusRequestDecoder.TemplateId when OrderStatusRequestDecoder.TryWrap(message, out OrderStatusRequestDecoder it) => it.ToJson(),
        DecisionEventDecoder.TemplateId when DecisionEventDecoder.TryWrap(message, out DecisionEventDecoder it) => it.ToJson(),
        OrderEventDecoder.TemplateId when OrderEventDecoder.TryWrap(message, out OrderEventDecoder it) => it.ToJson(),
        PositionEventDecoder.TemplateId when PositionEventDecoder.TryWrap(message, out PositionEventDecoder it) => it.ToJson(),
        TradeEventDecoder.TemplateId when TradeEventDecoder.TryWrap(message, out TradeEventDecoder it) => it.ToJson(),
        RiskEventDecoder.TemplateId when RiskEventDecoder.TryWrap(message, out RiskEventDecoder it) => it.ToJson(),
        AlertEventDecoder.TemplateId when AlertEventDecoder.TryWrap(message, out AlertEventDecoder it) => it.ToJson(),
        SizingEventDecoder.TemplateId when SizingEventDecoder.TryWrap(message, out SizingEventDecoder it) => it.ToJson(),
        VoteEventDecoder.TemplateId when VoteEventDecoder.TryWrap(message, out VoteEventDecoder it) => it.ToJson(),
        CheckEventDecoder.TemplateId when CheckEventDecoder.TryWrap(message, out CheckEventDecoder it) => it.ToJson(),
        ParentEventDecoder.TemplateId when ParentEventDecoder.TryWrap(message, out ParentEventDecoder it) => it.ToJson(),
        BreakerEventDecoder.TemplateId when BreakerEventDecoder.TryWrap(message, out BreakerEventDecoder it) => it.ToJson(),
        TradingStateEventDecoder.TemplateId when TradingStateEventDecoder.TryWrap(message, out TradingStateEventDecoder it) => it.ToJson(),
        FundingEventDecoder.TemplateId when FundingEventDecoder.TryWrap(message, out FundingEventDecoder it) => it.ToJson(),
        ProtectionEventDecoder.TemplateId when ProtectionEventDecoder.TryWrap(message, out ProtectionEventDecoder it) => it.ToJson(),
        CashEventDecoder.TemplateId when CashEventDecoder.TryWrap(message, out CashEventDecoder it) => it.ToJson(),
        _ => null,
    };
}
