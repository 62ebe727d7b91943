using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>An order that was sent or is held, open or ended.</summary>
public struct Order : IRow<Order>
{
    /// <summary>Our id at the venue; 0 marks a free row.</summary>
    public ulong ClientOrderId;

    /// <summary>The venue's id; 0 until it is known.</summary>
    public ulong VenueOrderId;

    /// <summary>The signal or request behind it.</summary>
    public ulong RequestId;

    /// <summary>Row of the position that it changes.</summary>
    public int Position;

    /// <summary>Row of its parent order, or -1.</summary>
    public int Parent;

    /// <summary>Id of its parent order, or 0: by then another may have that row.</summary>
    public ulong ParentId;

    /// <summary>Who wanted it.</summary>
    public OrderOrigin Origin;

    /// <summary>Bought or sold.</summary>
    public Side Side;

    /// <summary>Its type.</summary>
    public OrderType Type;

    /// <summary>How long it stands.</summary>
    public TimeInForce TimeInForce;

    /// <summary>State; see <see cref="OrderTransitions"/>.</summary>
    public OrderStatus Status;

    /// <summary>The state to return to if a cancel is refused.</summary>
    public OrderStatus StatusBeforeCancel;

    /// <summary>Why the position that it reduces ends.</summary>
    public ExitReason ExitReason;

    /// <summary>Wanted side of the position after it, for intents.</summary>
    public Direction Target;

    /// <summary>Why it ended, or was refused.</summary>
    public ReasonCode Reason;

    /// <summary>It must rest.</summary>
    public bool PostOnly;

    /// <summary>It only reduces.</summary>
    public bool ReduceOnly;

    /// <summary>Its trigger, expiry or display is watched by the engine.</summary>
    public bool Emulated;

    /// <summary>Its cancel waits for room in a rate budget.</summary>
    public bool CancelQueued;

    /// <summary>Whether its venue is being asked for it: nothing is sent for it until the answer is there (law 4).</summary>
    public bool InDoubt;

    /// <summary>Whether it probes a breaker that is half open.</summary>
    public bool IsProbe;

    /// <summary>Ordered.</summary>
    public Quantity Quantity;

    /// <summary>Executed.</summary>
    public Quantity Cumulative;

    /// <summary>Cancelled, expired, prevented or rejected: ordered = executed + leaves + ended (T6).</summary>
    public Quantity Ended;

    /// <summary>The part of the quantity that increases exposure: it comes last.</summary>
    public Quantity Opening;

    /// <summary>Shown in the book; zero is all.</summary>
    public Quantity DisplayQuantity;

    /// <summary>Value executed.</summary>
    public Money FilledValue;

    /// <summary>With limit orders; else zero.</summary>
    public Price LimitPrice;

    /// <summary>With stops and if-touched orders; else zero.</summary>
    public Price TriggerPrice;

    /// <summary>With trailing stops; else zero.</summary>
    public Ratio TrailingOffset;

    /// <summary>Best price since a trailing stop began.</summary>
    public Price BestPrice;

    /// <summary>What of its leaves closes, as its position counts it.</summary>
    public Quantity CountedClosing;

    /// <summary>The price that reserves funds for it.</summary>
    public Price ReservePrice;

    /// <summary>Held back for what is open and increases exposure.</summary>
    public Money Reserved;

    /// <summary>Asked for by an amend under way; zero is none.</summary>
    public Quantity AmendQuantity;

    /// <summary>Asked for by an amend under way.</summary>
    public Price AmendPrice;

    /// <summary>Asked for by an amend under way.</summary>
    public Price AmendTrigger;

    /// <summary>The mark when its parent was decided.</summary>
    public Price DecisionPrice;

    /// <summary>The mark when it was sent.</summary>
    public Price ArrivalPrice;

    /// <summary>When it was decided.</summary>
    public long DecidedAtNanos;

    /// <summary>When it was sent; zero until then.</summary>
    public long SentAtNanos;

    /// <summary>When the venue acknowledged it; zero until then.</summary>
    public long AcknowledgedAtNanos;

    /// <summary>When it filled first; zero until then.</summary>
    public long FirstFillAtNanos;

    /// <summary>With GTD and DAY.</summary>
    public long ExpireAtNanos;

    /// <summary>How often its venue was asked for it, or it was sent again.</summary>
    public byte Attempts;

    /// <summary>The client's number of its group, or 0.</summary>
    public ulong LinkId;

    /// <summary>What it is to its group.</summary>
    public LinkRole LinkRole;

    /// <summary>Its timer, or -1.</summary>
    public int Timer;

    /// <summary>The order of its client that ended next, or -1.</summary>
    public int Next;

    /// <summary>Next open order of its parent, or -1.</summary>
    public int NextOfParent;

    /// <summary>Next order that waits for prices of its instrument, or -1.</summary>
    public int NextHeld;

    /// <summary>The one before, or -1.</summary>
    public int PreviousHeld;

    /// <summary>Next order of its queue for a rate budget, or -1.</summary>
    public int NextQueued;

    /// <summary>Next order of its group, in a ring; itself where it is alone.</summary>
    public int NextLinked;

    /// <summary>The largest executed sum that its venue ever named: what exceeds the executed quantity are fills that are missing (T4).</summary>
    public Quantity Reported;

    /// <summary>The part of the executed quantity whose fills the venue could not give: price and fee are estimates.</summary>
    public Quantity Estimated;

    /// <summary>Still open at the venue as far as is known.</summary>
    public readonly Quantity Leaves => Quantity - Cumulative - Ended;

    /// <summary>Whether it can still execute, or still be sent.</summary>
    public readonly bool IsOpen => OrderTransitions.IsOpen(Status);

    static ushort IRow<Order>.TemplateId => SnapshotOrderDecoder.TemplateId;

    static void IRow<Order>.Visit<TVisitor>(ref Order row, ref TVisitor visitor)
    {
        visitor.Add("clientOrderId", ref row.ClientOrderId);
        visitor.Add("venueOrderId", ref row.VenueOrderId);
        visitor.Add("requestId", ref row.RequestId);
        visitor.Add("positionRow", ref row.Position);
        visitor.Add("parentRow", ref row.Parent);
        visitor.Add("origin", ref row.Origin);
        visitor.Add("side", ref row.Side);
        visitor.Add("orderType", ref row.Type);
        visitor.Add("timeInForce", ref row.TimeInForce);
        visitor.Add("status", ref row.Status);
        visitor.Add("statusBeforeCancel", ref row.StatusBeforeCancel);
        visitor.Add("exitReason", ref row.ExitReason);
        visitor.Add("target", ref row.Target);
        visitor.Add("reason", ref row.Reason);
        visitor.Add("postOnly", ref row.PostOnly);
        visitor.Add("reduceOnly", ref row.ReduceOnly);
        visitor.Add("emulated", ref row.Emulated);
        visitor.Add("cancelQueued", ref row.CancelQueued);
        visitor.Add("inDoubt", ref row.InDoubt);
        visitor.Add("isProbe", ref row.IsProbe);
        visitor.Add("quantity", ref row.Quantity);
        visitor.Add("cumulative", ref row.Cumulative);
        visitor.Add("ended", ref row.Ended);
        visitor.Add("opening", ref row.Opening);
        visitor.Add("displayQuantity", ref row.DisplayQuantity);
        visitor.Add("filledValue", ref row.FilledValue);
        visitor.Add("limitPrice", ref row.LimitPrice);
        visitor.Add("triggerPrice", ref row.TriggerPrice);
        visitor.Add("trailingOffset", ref row.TrailingOffset);
        visitor.Add("bestPrice", ref row.BestPrice);
        visitor.Add("countedClosing", ref row.CountedClosing);
        visitor.Add("reservePrice", ref row.ReservePrice);
        visitor.Add("reserved", ref row.Reserved);
        visitor.Add("amendQuantity", ref row.AmendQuantity);
        visitor.Add("amendPrice", ref row.AmendPrice);
        visitor.Add("amendTrigger", ref row.AmendTrigger);
        visitor.Add("decisionPrice", ref row.DecisionPrice);
        visitor.Add("arrivalPrice", ref row.ArrivalPrice);
        visitor.Add("decidedAtNanos", ref row.DecidedAtNanos);
        visitor.Add("sentAtNanos", ref row.SentAtNanos);
        visitor.Add("acknowledgedAtNanos", ref row.AcknowledgedAtNanos);
        visitor.Add("firstFillAtNanos", ref row.FirstFillAtNanos);
        visitor.Add("expireAtNanos", ref row.ExpireAtNanos);
        visitor.Add("attempts", ref row.Attempts);
        visitor.Add("linkId", ref row.LinkId);
        visitor.Add("linkRole", ref row.LinkRole);
        visitor.Add("timer", ref row.Timer);
        visitor.Add("nextEndedRow", ref row.Next);
        visitor.Add("nextOfParentRow", ref row.NextOfParent);
        visitor.Add("nextHeldRow", ref row.NextHeld);
        visitor.Add("previousHeldRow", ref row.PreviousHeld);
        visitor.Add("nextQueuedRow", ref row.NextQueued);
        visitor.Add("nextLinkedRow", ref row.NextLinked);
        visitor.Add("reported", ref row.Reported);
        visitor.Add("estimated", ref row.Estimated);
        visitor.Add("parentId", ref row.ParentId);
    }
}
