using OrderPlatform.Engine;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Events;

/// <summary>Of which topic an event is, and whose: 0 is nobody's, which only those see who see all.</summary>
/// <param name="Topic">One topic; 0 for what no subscriber gets.</param>
/// <param name="ClientId">The client, or 0.</param>
internal readonly record struct EventAudience(EventTopics Topic, uint ClientId)
{
    /// <summary>The audience of an output.</summary>
    /// <param name="state">The engine that made it, as it is after that input.</param>
    /// <param name="message">The output.</param>
    public static EventAudience Of(EngineState state, ReadOnlySpan<byte> message)
    {
        if (!MessageHeader.TryRead(message, out MessageHeader header))
        {
            return default;
        }

        return header.TemplateId switch
        {
            PositionEventDecoder.TemplateId => new(EventTopics.Accounts, PositionEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            TradeEventDecoder.TemplateId => new(EventTopics.Accounts, TradeEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            FundingEventDecoder.TemplateId => new(EventTopics.Accounts, FundingEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            ProtectionEventDecoder.TemplateId => new(EventTopics.Accounts, ProtectionEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            CashEventDecoder.TemplateId => new(EventTopics.Accounts, CashEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            OrderEventDecoder.TemplateId => new(EventTopics.Orders, OrderEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            ParentEventDecoder.TemplateId => new(EventTopics.Orders, ParentEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            DecisionEventDecoder.TemplateId => new(EventTopics.Orders, DecisionEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            SizingEventDecoder.TemplateId => new(EventTopics.Orders, SizingEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            VoteEventDecoder.TemplateId => new(EventTopics.Orders, VoteEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            CheckEventDecoder.TemplateId => new(EventTopics.Orders, CheckEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            NewOrderDecoder.TemplateId => new(EventTopics.Orders, OfAccount(state, NewOrderDecoder.WrapForDecodeAndApplyHeader(message).AccountId)),
            OrderCancelRequestDecoder.TemplateId =>
                new(EventTopics.Orders, OfAccount(state, OrderCancelRequestDecoder.WrapForDecodeAndApplyHeader(message).AccountId)),
            OrderAmendRequestDecoder.TemplateId =>
                new(EventTopics.Orders, OfAccount(state, OrderAmendRequestDecoder.WrapForDecodeAndApplyHeader(message).AccountId)),
            OrderStatusRequestDecoder.TemplateId =>
                new(EventTopics.Orders, OfOrder(state, OrderStatusRequestDecoder.WrapForDecodeAndApplyHeader(message).ClientOrderId)),
            RiskEventDecoder.TemplateId => new(EventTopics.Alerts, RiskEventDecoder.WrapForDecodeAndApplyHeader(message).ClientId),
            AlertEventDecoder.TemplateId => new(EventTopics.Alerts, 0),
            BreakerEventDecoder.TemplateId => new(EventTopics.Alerts, OfBreaker(state, BreakerEventDecoder.WrapForDecodeAndApplyHeader(message))),
            TradingStateEventDecoder.TemplateId =>
                new(EventTopics.Alerts, OfTradingState(state, TradingStateEventDecoder.WrapForDecodeAndApplyHeader(message))),
            _ => default,
        };
    }

    private static uint OfBreaker(EngineState state, BreakerEventDecoder breaker) => OfScope(state, breaker.Scope, breaker.ScopeId);

    private static uint OfTradingState(EngineState state, TradingStateEventDecoder change) => OfScope(state, change.Scope, change.ScopeId);

    private static uint OfScope(EngineState state, Scope scope, uint id) => scope switch
    {
        Scope.Client => id,
        Scope.Strategy => OfStrategy(state, id),
        Scope.Account => OfAccount(state, id),
        _ => 0,
    };

    private static uint OfStrategy(EngineState state, uint id) =>
        state.Strategies.TryFind(id, out int row) ? state.Clients[state.Strategies[row].Client].Id : 0;

    private static uint OfAccount(EngineState state, uint id) =>
        state.Accounts.TryFind(id, out int row) ? state.Clients[state.Accounts[row].Client].Id : 0;

    private static uint OfOrder(EngineState state, ulong clientOrderId) =>
        state.Orders.TryFind(clientOrderId, out int row)
            ? state.Clients[state.Strategies[state.Positions[state.Orders[row].Position].Strategy].Client].Id
            : 0;
}
