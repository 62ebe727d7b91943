using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>An order that was sent, open or ended.</summary>
public struct Order
{
    /// <summary>Our id at the venue; 0 marks a free row.</summary>
    public ulong ClientOrderId;

    /// <summary>The signal or request behind it.</summary>
    public ulong RequestId;

    /// <summary>Row of the position that it changes.</summary>
    public int Position;

    /// <summary>Who wanted it.</summary>
    public OrderOrigin Origin;

    /// <summary>Bought or sold.</summary>
    public Side Side;

    /// <summary>Market or limit.</summary>
    public OrderType Type;

    /// <summary>How long it stands.</summary>
    public TimeInForce TimeInForce;

    /// <summary>State; see <see cref="OrderTransitions"/>.</summary>
    public OrderStatus Status;

    /// <summary>The state to return to if a cancel is refused.</summary>
    public OrderStatus StatusBeforeCancel;

    /// <summary>Why it ended, or was refused.</summary>
    public ReasonCode Reason;

    /// <summary>Why the position that it reduces ends.</summary>
    public ExitReason ExitReason;

    /// <summary>Wanted side of the position after it, for intents.</summary>
    public Direction Target;

    /// <summary>Ordered.</summary>
    public Quantity Quantity;

    /// <summary>Executed.</summary>
    public Quantity Cumulative;

    /// <summary>Cancelled, expired or rejected: ordered = executed + leaves + ended (T6).</summary>
    public Quantity Ended;

    /// <summary>The part of the quantity that increases exposure: it comes last.</summary>
    public Quantity Opening;

    /// <summary>With limit orders; else zero.</summary>
    public Price LimitPrice;

    /// <summary>The price that reserves funds for it.</summary>
    public Price ReservePrice;

    /// <summary>Held back for what is open and increases exposure.</summary>
    public Money Reserved;

    /// <summary>When it was decided.</summary>
    public long DecidedAtNanos;

    /// <summary>Whether its venue is being asked for it: nothing is sent for it until the answer is there (law 4).</summary>
    public bool InDoubt;

    /// <summary>Next row of the list it is in (free, or ended in order of ending), or -1.</summary>
    public int Next;

    /// <summary>Still open at the venue as far as is known.</summary>
    public readonly Quantity Leaves => Quantity - Cumulative - Ended;

    /// <summary>Whether it can still execute.</summary>
    public readonly bool IsOpen => OrderTransitions.IsOpen(Status);
}
