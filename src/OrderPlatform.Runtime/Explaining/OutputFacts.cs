using System.Diagnostics.CodeAnalysis;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>Outputs that are facts as they are: what kind of link, and the ids by which they belong to others.</summary>
internal static class OutputFacts
{
    /// <summary>Reads an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="blank">A fact of its place.</param>
    /// <param name="fact">The fact.</param>
    /// <returns>False if it belongs to no chain.</returns>
    public static bool TryRead(ReadOnlySpan<byte> output, Fact blank, [NotNullWhen(true)] out Fact? fact)
    {
        fact = OfSignal(output, blank) ?? OfOrder(output, blank) ?? OfVenueRequest(output, blank) ?? OfPosition(output, blank);
        return fact is not null;
    }

    private static Fact? OfSignal(ReadOnlySpan<byte> output, Fact blank)
    {
        if (CheckEventDecoder.TryWrap(output, out CheckEventDecoder check))
        {
            return Of(blank, LinkKind.Checks, check.ClientId, check.StrategyId, check.InstrumentId) with { RequestId = check.RequestId };
        }

        if (RiskEventDecoder.TryWrap(output, out RiskEventDecoder risk))
        {
            return Of(blank, LinkKind.Refusal, risk.ClientId, risk.StrategyId, risk.InstrumentId) with { RequestId = risk.RequestId };
        }

        if (SizingEventDecoder.TryWrap(output, out SizingEventDecoder sizing))
        {
            return Of(blank, LinkKind.Sizing, sizing.ClientId, sizing.StrategyId, sizing.InstrumentId) with { RequestId = sizing.SignalId };
        }

        return VoteEventDecoder.TryWrap(output, out VoteEventDecoder votes)
            ? Of(blank, LinkKind.Votes, votes.ClientId, votes.StrategyId, votes.InstrumentId) with { RequestId = votes.SignalId }
            : null;
    }

    private static Fact? OfOrder(ReadOnlySpan<byte> output, Fact blank) => OrderEventDecoder.TryWrap(output, out OrderEventDecoder order)
        ? Of(blank, order.LastQuantity > 0 ? LinkKind.Fill : LinkKind.Order, order.ClientId, order.StrategyId, order.InstrumentId) with
        {
            OrderId = order.ClientOrderId,
            ParentId = order.ParentId,
            RequestId = order.RequestId,
            ExitReason = order.ExitReason,
        }
        : null;

    private static Fact? OfVenueRequest(ReadOnlySpan<byte> output, Fact blank)
    {
        if (NewOrderDecoder.TryWrap(output, out NewOrderDecoder order))
        {
            return Of(blank, LinkKind.Sent, 0, order.StrategyId, order.InstrumentId) with { OrderId = order.ClientOrderId };
        }

        if (OrderCancelRequestDecoder.TryWrap(output, out OrderCancelRequestDecoder cancel))
        {
            return Of(blank, LinkKind.Sent, 0, 0, cancel.InstrumentId) with { OrderId = cancel.ClientOrderId };
        }

        if (OrderAmendRequestDecoder.TryWrap(output, out OrderAmendRequestDecoder amend))
        {
            return Of(blank, LinkKind.Sent, 0, 0, amend.InstrumentId) with { OrderId = amend.ClientOrderId };
        }

        return OrderStatusRequestDecoder.TryWrap(output, out OrderStatusRequestDecoder ask)
            ? Of(blank, LinkKind.Sent, 0, 0, ask.InstrumentId) with { OrderId = ask.ClientOrderId }
            : null;
    }

    private static Fact? OfPosition(ReadOnlySpan<byte> output, Fact blank)
    {
        if (PositionEventDecoder.TryWrap(output, out PositionEventDecoder position))
        {
            return Of(blank, LinkKind.Position, position.ClientId, position.StrategyId, position.InstrumentId);
        }

        return TradeEventDecoder.TryWrap(output, out TradeEventDecoder trade)
            ? Of(blank, LinkKind.Trade, trade.ClientId, trade.StrategyId, trade.InstrumentId) with { TradeNumber = trade.TradeNumber, ExitReason = trade.ExitReason }
            : null;
    }

    private static Fact Of(Fact blank, LinkKind kind, uint client, uint strategy, uint instrument) =>
        blank with { Kind = kind, Client = client, Strategy = strategy, Instrument = instrument };
}
