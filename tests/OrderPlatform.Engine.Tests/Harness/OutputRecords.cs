using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>A new order for a venue.</summary>
internal sealed record Sent(
    ulong Id, uint Strategy, uint Instrument, uint Account, ushort Venue, Side Side, OrderType Type, TimeInForce TimeInForce, decimal Quantity, decimal? Price);

/// <summary>A cancel for a venue.</summary>
internal sealed record CancelSent(ulong Id);

/// <summary>A question to a venue what it knows of an order.</summary>
internal sealed record Asked(ulong Id, decimal Cumulative);

/// <summary>An amend for a venue.</summary>
internal sealed record AmendSent(ulong Id, decimal Quantity, decimal? Price);

/// <summary>What a signal became.</summary>
internal sealed record Decision(
    ulong Signal, DecisionAction Action, ReasonCode Reason, Direction Direction, decimal Position, decimal Target, decimal? Mark, decimal Equity);

/// <summary>An order's new state.</summary>
internal sealed record OrderNews(
    ulong Id, OrderStatus Status, Side Side, ReasonCode Reason, ExitReason Exit, decimal Quantity, decimal Cumulative, decimal Leaves,
    decimal LastQuantity, decimal LastPrice, decimal LastFee);

/// <summary>A position after a change.</summary>
internal sealed record PositionNews(
    uint Strategy, uint Instrument, decimal Quantity, decimal Cost, decimal Average, decimal Realised, decimal Unrealised, decimal Fees, decimal Cash,
    decimal Equity, PositionLeg Leg, decimal Funding, decimal Margin, decimal? Liquidation);

/// <summary>A round from flat to flat.</summary>
internal sealed record TradeNews(
    uint Strategy, uint Instrument, Direction Direction, ExitReason Exit, uint Number, uint Fills, decimal EntryQuantity, decimal EntryValue, decimal ExitValue,
    decimal EntryPrice, decimal ExitPrice, decimal Realised, decimal Fees, long EntryTimeNanos, long ExitTimeNanos,
    PositionLeg Leg, decimal Adverse, decimal Favourable, decimal Slippage, decimal Funding, decimal ExitDrawdown);

/// <summary>Funding of a position.</summary>
internal sealed record FundingNews(uint Strategy, uint Instrument, uint Account, decimal Quantity, decimal Rate, decimal Mark, decimal Payment);

/// <summary>Cash of an account after a movement.</summary>
internal sealed record CashNews(uint Account, CashKind Kind, decimal Amount, decimal Cash, ulong Movement);

/// <summary>A check that refused.</summary>
internal sealed record Refused(CheckKind Check, ReasonCode Reason, decimal Quantity, decimal Value, decimal Limit, Side Side);

/// <summary>What a person should know. Numbers as they are: their scale depends on the reason.</summary>
internal sealed record Alert(Severity Severity, ReasonCode Reason, ushort Template, ulong Subject, long Expected, long Actual);
