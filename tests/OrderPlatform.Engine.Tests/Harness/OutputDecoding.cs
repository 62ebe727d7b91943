using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>Decodes one output into its record.</summary>
internal static class OutputDecoding
{
    public static object Decode(ReadOnlySpan<byte> bytes)
    {
        MessageHeader.TryRead(bytes, out MessageHeader header);
        return header.TemplateId switch
        {
            NewOrderDecoder.TemplateId => NewOrder(bytes),
            OrderCancelRequestDecoder.TemplateId => new CancelSent(OrderCancelRequestDecoder.WrapForDecodeAndApplyHeader(bytes).ClientOrderId),
            OrderAmendRequestDecoder.TemplateId => Amend(bytes),
            OrderStatusRequestDecoder.TemplateId => Asked(bytes),
            DecisionEventDecoder.TemplateId => Decision(bytes),
            OrderEventDecoder.TemplateId => Order(bytes),
            PositionEventDecoder.TemplateId => Position(bytes),
            TradeEventDecoder.TemplateId => Trade(bytes),
            RiskEventDecoder.TemplateId => Risk(bytes),
            AlertEventDecoder.TemplateId => Alert(bytes),
            SizingEventDecoder.TemplateId => Sized.Of(bytes),
            VoteEventDecoder.TemplateId => Voted.Of(bytes),
            ProtectionEventDecoder.TemplateId => Protected.Of(bytes),
            CheckEventDecoder.TemplateId => RiskDecoding.Checks(bytes),
            BreakerEventDecoder.TemplateId => RiskDecoding.Breaker(bytes),
            TradingStateEventDecoder.TemplateId => RiskDecoding.State(bytes),
            ParentEventDecoder.TemplateId => Parent(bytes),
            FundingEventDecoder.TemplateId => Funding(bytes),
            CashEventDecoder.TemplateId => Cash(bytes),
            _ => throw new InvalidOperationException($"output of template {header.TemplateId} is unknown to the tests"),
        };
    }

    private static Sent NewOrder(ReadOnlySpan<byte> bytes)
    {
        var d = NewOrderDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new Sent(d.ClientOrderId, d.StrategyId, d.InstrumentId, d.AccountId, d.VenueId, d.Side, d.OrderType, d.TimeInForce, Of(d.Quantity),
            d.TryGetPrice(out long price) ? Of(price) : null);
    }

    private static Asked Asked(ReadOnlySpan<byte> bytes)
    {
        var d = OrderStatusRequestDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new Asked(d.ClientOrderId, Of(d.CumulativeQuantity));
    }

    private static AmendSent Amend(ReadOnlySpan<byte> bytes)
    {
        var d = OrderAmendRequestDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new AmendSent(d.ClientOrderId, Of(d.Quantity), d.TryGetPrice(out long price) ? Of(price) : null);
    }

    private static Decision Decision(ReadOnlySpan<byte> bytes)
    {
        var d = DecisionEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new Decision(d.SignalId, d.Action, d.Reason, d.Direction, Of(d.Position), Of(d.Target), d.TryGetMark(out long mark) ? Of(mark) : null,
            Of(d.Equity));
    }

    private static OrderNews Order(ReadOnlySpan<byte> bytes)
    {
        var d = OrderEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new OrderNews(d.ClientOrderId, d.Status, d.Side, d.Reason, d.ExitReason, Of(d.Quantity), Of(d.CumulativeQuantity), Of(d.LeavesQuantity),
            Of(d.LastQuantity), Of(d.LastPrice), Of(d.LastFee));
    }

    private static PositionNews Position(ReadOnlySpan<byte> bytes)
    {
        var d = PositionEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new PositionNews(d.StrategyId, d.InstrumentId, Of(d.Quantity), Of(d.Cost), Of(d.AveragePrice), Of(d.RealisedPnl), Of(d.UnrealisedPnl),
            Of(d.Fees), Of(d.Cash), Of(d.Equity), d.Leg, Of(d.Funding), Of(d.Margin), d.TryGetLiquidationPrice(out long price) ? Of(price) : null);
    }

    private static FundingNews Funding(ReadOnlySpan<byte> bytes)
    {
        var d = FundingEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new FundingNews(d.StrategyId, d.InstrumentId, d.AccountId, Of(d.Quantity), Of(d.Rate), Of(d.Mark), Of(d.Payment));
    }

    private static CashNews Cash(ReadOnlySpan<byte> bytes)
    {
        var d = CashEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new CashNews(d.AccountId, d.Kind, Of(d.Amount), Of(d.Cash), d.MovementId);
    }

    private static TradeNews Trade(ReadOnlySpan<byte> bytes)
    {
        var d = TradeEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new TradeNews(d.StrategyId, d.InstrumentId, d.Direction, d.ExitReason, d.TradeNumber, d.FillCount, Of(d.EntryQuantity), Of(d.EntryValue), Of(d.ExitValue),
            Of(d.EntryPrice), Of(d.ExitPrice), Of(d.RealisedPnl), Of(d.Fees), d.EntryTimeNanos, d.ExitTimeNanos,
            d.Leg, Of(d.Adverse), Of(d.Favourable), Of(d.Slippage), Of(d.Funding), Of(d.ExitDrawdown));
    }

    private static Refused Risk(ReadOnlySpan<byte> bytes)
    {
        var d = RiskEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new Refused(d.Check, d.Reason, Of(d.Quantity), Of(d.Value), Of(d.Limit), d.Side);
    }

    private static ParentNews Parent(ReadOnlySpan<byte> bytes)
    {
        var d = ParentEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new ParentNews(d.ParentId, d.Algorithm, d.Status, d.Reason, d.Side, Of(d.Quantity), Of(d.Executed), Of(d.Working), Of(d.Unsent), Of(d.Ended),
            d.Children, Of(d.AveragePrice));
    }

    private static Alert Alert(ReadOnlySpan<byte> bytes)
    {
        var d = AlertEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new Alert(d.Severity, d.Reason, d.InputTemplateId, d.SubjectId, d.Expected, d.Actual);
    }
}
