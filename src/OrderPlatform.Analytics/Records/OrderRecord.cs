using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics;

/// <summary>An order as it stands after its last news. All times are nanoseconds since the Unix epoch, UTC.</summary>
/// <param name="ClientOrderId">Our id of it.</param>
/// <param name="DecidedAtNanos">When it, or the parent order that it is part of, was decided.</param>
/// <param name="Strategy">Strategy.</param>
/// <param name="Instrument">Symbol.</param>
/// <param name="Side">Bought or sold.</param>
/// <param name="Type">Market or limit.</param>
/// <param name="Quantity">Ordered.</param>
/// <param name="LimitPrice">With limit orders, else zero.</param>
/// <param name="Filled">Executed.</param>
/// <param name="Value">Value of what was executed, not negative.</param>
/// <param name="Fees">Fees of what was executed, in the currency of the account; negative for rebates.</param>
/// <param name="Status">State.</param>
/// <param name="Reason">Why it ended, if the venue said.</param>
/// <param name="ExitReason">Why it ends a position, if it does.</param>
/// <param name="LastNewsNanos">When it was heard of last.</param>
public readonly record struct OrderRecord(
    ulong ClientOrderId, long DecidedAtNanos, string Strategy, string Instrument, Side Side, OrderType Type, Quantity Quantity, Price LimitPrice,
    Quantity Filled, Money Value, Money Fees, OrderStatus Status, ReasonCode Reason, ExitReason ExitReason, long LastNewsNanos)
{
    private readonly string? _client;
    private readonly string? _venue;

    /// <summary>Whose money it is; empty if nobody said.</summary>
    public string Client
    {
        get => _client ?? "";
        init => _client = value.Length == 0 ? null : value;
    }

    /// <summary>Where it executes; empty if nobody said.</summary>
    public string Venue
    {
        get => _venue ?? "";
        init => _venue = value.Length == 0 ? null : value;
    }

    /// <summary>The parent order that it is part of; 0 without one.</summary>
    public ulong ParentId { get; init; }

    /// <summary>The mark when it, or its parent, was decided; zero if nobody said.</summary>
    public Price DecisionPrice { get; init; }

    /// <summary>The mark when it was sent to its venue; zero if nobody said.</summary>
    public Price ArrivalPrice { get; init; }

    /// <summary>What its fills cost beside the decision's price; nothing if that or a fill is missing.</summary>
    public ExecutionCost DecisionCost { get; init; }

    /// <summary>What its fills cost beside the price at sending; nothing if that or a fill is missing.</summary>
    public ExecutionCost ArrivalCost { get; init; }

    /// <summary>When it was sent to its venue; <c>null</c> until it is.</summary>
    public long? SentAtNanos { get; init; }

    /// <summary>When the venue first answered; <c>null</c> until it does.</summary>
    public long? AnsweredAtNanos { get; init; }

    /// <summary>The first fill; <c>null</c> without one.</summary>
    public long? FirstFillNanos { get; init; }

    /// <summary>The last fill; <c>null</c> without one.</summary>
    public long? LastFillNanos { get; init; }

    /// <summary>Average price of what was executed, half away from zero; zero if nothing was.</summary>
    public Price AveragePrice { get; init; }

    /// <summary>Whether nothing more can come of it.</summary>
    public bool HasEnded => Status is OrderStatus.Filled or OrderStatus.Cancelled or OrderStatus.Rejected or OrderStatus.Expired;
}
