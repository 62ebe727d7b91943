using OrderPlatform.Engine;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>Whose an output is.</summary>
internal static class OutputBelonging
{
    /// <summary>Whose it is.</summary>
    /// <param name="state">The engine after the input.</param>
    /// <param name="owners">What is known of the clients' things.</param>
    /// <param name="output">The output; those of an input in their order.</param>
    /// <param name="input">The input's template.</param>
    /// <param name="inputIs">Whose the input is.</param>
    public static Belonging Of(EngineState state, ClientOwnership owners, ReadOnlySpan<byte> output, ushort input, Belonging inputIs)
    {
        MessageHeader.TryRead(output, out MessageHeader header);
        return header.TemplateId switch
        {
            NewOrderDecoder.TemplateId when NewOrderDecoder.TryWrap(output, out NewOrderDecoder it) => owners.OfAccount(state, it.AccountId) ?? Belonging.None,
            OrderCancelRequestDecoder.TemplateId when OrderCancelRequestDecoder.TryWrap(output, out OrderCancelRequestDecoder it) =>
                owners.OfAccount(state, it.AccountId) ?? Belonging.None,
            OrderAmendRequestDecoder.TemplateId when OrderAmendRequestDecoder.TryWrap(output, out OrderAmendRequestDecoder it) =>
                owners.OfAccount(state, it.AccountId) ?? Belonging.None,
            OrderStatusRequestDecoder.TemplateId when OrderStatusRequestDecoder.TryWrap(output, out OrderStatusRequestDecoder it) =>
                owners.IsOwnOrder(it.ClientOrderId) ? Belonging.Own : Belonging.None,
            BreakerEventDecoder.TemplateId when BreakerEventDecoder.TryWrap(output, out BreakerEventDecoder it) =>
                owners.Changed(owners.OfScope(state, it.Scope, it.ScopeId)),
            TradingStateEventDecoder.TemplateId when TradingStateEventDecoder.TryWrap(output, out TradingStateEventDecoder it) =>
                owners.Changed(owners.OfScope(state, it.Scope, it.ScopeId)),
            AlertEventDecoder.TemplateId when AlertEventDecoder.TryWrap(output, out AlertEventDecoder it) => OfAlert(state, owners, it, input, inputIs),
            _ => OfEvent(owners, header.TemplateId, output),
        };
    }

    private static Belonging OfEvent(ClientOwnership owners, ushort template, ReadOnlySpan<byte> output) => template switch
    {
        DecisionEventDecoder.TemplateId when DecisionEventDecoder.TryWrap(output, out DecisionEventDecoder it) => owners.OfClient(it.ClientId),
        OrderEventDecoder.TemplateId when OrderEventDecoder.TryWrap(output, out OrderEventDecoder it) => owners.OfClient(it.ClientId),
        PositionEventDecoder.TemplateId when PositionEventDecoder.TryWrap(output, out PositionEventDecoder it) => owners.OfClient(it.ClientId),
        TradeEventDecoder.TemplateId when TradeEventDecoder.TryWrap(output, out TradeEventDecoder it) => owners.OfClient(it.ClientId),
        RiskEventDecoder.TemplateId when RiskEventDecoder.TryWrap(output, out RiskEventDecoder it) => owners.OfClient(it.ClientId),
        SizingEventDecoder.TemplateId when SizingEventDecoder.TryWrap(output, out SizingEventDecoder it) => owners.OfClient(it.ClientId),
        VoteEventDecoder.TemplateId when VoteEventDecoder.TryWrap(output, out VoteEventDecoder it) => owners.OfClient(it.ClientId),
        CheckEventDecoder.TemplateId when CheckEventDecoder.TryWrap(output, out CheckEventDecoder it) => owners.OfClient(it.ClientId),
        ParentEventDecoder.TemplateId when ParentEventDecoder.TryWrap(output, out ParentEventDecoder it) => owners.OfClient(it.ClientId),
        FundingEventDecoder.TemplateId when FundingEventDecoder.TryWrap(output, out FundingEventDecoder it) => owners.OfClient(it.ClientId),
        ProtectionEventDecoder.TemplateId when ProtectionEventDecoder.TryWrap(output, out ProtectionEventDecoder it) => owners.OfClient(it.ClientId),
        CashEventDecoder.TemplateId when CashEventDecoder.TryWrap(output, out CashEventDecoder it) => owners.OfClient(it.ClientId),
        _ => Belonging.None,
    };

    // An alert names one thing, and its reason says what kind of thing. Where that is not certain it is left out: a file must not tell of others.
    private static Belonging OfAlert(EngineState state, ClientOwnership owners, in AlertEventDecoder alert, ushort input, Belonging inputIs)
    {
        ulong subject = alert.SubjectId;
        switch (alert.Reason)
        {
            case ReasonCode.Unprotected:
                return owners.OfStrategy(state, (uint)(subject >> 32)) ?? Belonging.None;
            case ReasonCode.LiquidationNear:
                return owners.OfStrategy(state, (uint)subject) ?? Belonging.None;
            case ReasonCode.LedgerUnbalanced:
                return owners.OfAccount(state, (uint)subject) ?? Belonging.None;
            case ReasonCode.RiskBreach or ReasonCode.AutomaticReduction or ReasonCode.BreakerTripped:
                return owners.LastChange;
            case ReasonCode.ReconciliationStarted:
                return Belonging.Shared;
            case ReasonCode.ReconciliationComplete:
                return subject == 0 ? Belonging.Shared : owners.OfClient((uint)subject);
            case ReasonCode.MalformedInput or ReasonCode.TimeWentBack:
                return Belonging.None;
        }

        bool isOfInput = alert.InputTemplateId == input && inputIs != Belonging.None;
        return owners.IsOwnOrder(subject) || isOfInput ? (owners.IsOwnOrder(subject) ? Belonging.Own : inputIs) : Belonging.None;
    }
}
