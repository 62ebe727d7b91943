using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>What an order is, beside what the checks need.</summary>
/// <param name="Origin">Who wanted it.</param>
/// <param name="Type">Its type.</param>
/// <param name="TimeInForce">How long it stands.</param>
/// <param name="Target">Wanted side of the position after it, for intents.</param>
/// <param name="ExitReason">Why the position that it reduces ends.</param>
/// <param name="Parent">Row of its parent order, or -1.</param>
internal readonly record struct OrderTerms(
    OrderOrigin Origin, OrderType Type, TimeInForce TimeInForce, Direction Target, ExitReason ExitReason, int Parent = -1)
{
    /// <summary>With types that have one; zero takes the price of the proposed order.</summary>
    public Price LimitPrice { get; init; }

    /// <summary>With stops and if-touched orders.</summary>
    public Price TriggerPrice { get; init; }

    /// <summary>With trailing stops: fraction of the best price.</summary>
    public Ratio TrailingOffset { get; init; }

    /// <summary>With GoodTillDate.</summary>
    public long ExpireAtNanos { get; init; }

    /// <summary>Shown in the book; zero is all.</summary>
    public Quantity DisplayQuantity { get; init; }

    /// <summary>It must rest.</summary>
    public bool PostOnly { get; init; }

    /// <summary>It only reduces.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>The client's number of its group, or 0.</summary>
    public ulong LinkId { get; init; }

    /// <summary>What it is to its group.</summary>
    public LinkRole LinkRole { get; init; }

    /// <summary>Orders of one input, venue and batch may go in one request; 0 is alone.</summary>
    public byte Batch { get; init; }

    /// <summary>The mark when its parent was decided; zero takes the mark.</summary>
    public Price DecisionPrice { get; init; }

    /// <summary>When its parent was decided; zero is now.</summary>
    public long DecidedAtNanos { get; init; }
}
