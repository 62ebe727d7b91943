using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>A parent order: what was asked for. Executed + working + unsent + ended = quantity after every input (T6, T14).</summary>
public struct ParentOrder : IRow<ParentOrder>
{
    /// <summary>Input sequence (58 bits) and number of the parent order among those of that input (6); 0 marks a free row.</summary>
    public ulong Id;

    /// <summary>The signal or request behind it.</summary>
    public ulong RequestId;

    /// <summary>Row of the position that it was asked for.</summary>
    public int Position;

    /// <summary>Who wanted it.</summary>
    public OrderOrigin Origin;

    /// <summary>How it is carried out.</summary>
    public ExecutionAlgorithm Algorithm;

    /// <summary>Its state.</summary>
    public ParentStatus Status;

    /// <summary>Bought or sold.</summary>
    public Side Side;

    /// <summary>Type of its orders.</summary>
    public OrderType Type;

    /// <summary>Of its orders.</summary>
    public TimeInForce TimeInForce;

    /// <summary>Wanted side of the position after it, for intents.</summary>
    public Direction Target;

    /// <summary>Why the position that it reduces ends.</summary>
    public ExitReason ExitReason;

    /// <summary>Why it ended, or what delays it.</summary>
    public ReasonCode Reason;

    /// <summary>Only reduces.</summary>
    public bool ReduceOnly;

    /// <summary>Its limit orders must rest.</summary>
    public bool PostOnly;

    /// <summary>Asked for.</summary>
    public Quantity Quantity;

    /// <summary>Executed.</summary>
    public Quantity Executed;

    /// <summary>Leaves of its open orders.</summary>
    public Quantity Working;

    /// <summary>Not sent yet. Below zero by what executed beyond what was asked for: a late fill, an overfill.</summary>
    public Quantity Unsent;

    /// <summary>Given up.</summary>
    public Quantity Ended;

    /// <summary>The part that increases exposure: it comes last.</summary>
    public Quantity Opening;

    /// <summary>Value executed.</summary>
    public Money ExecutedValue;

    /// <summary>Of its limit orders; zero where each finds its own.</summary>
    public Price LimitPrice;

    /// <summary>Of its stop orders.</summary>
    public Price TriggerPrice;

    /// <summary>Of its trailing stops.</summary>
    public Ratio TrailingOffset;

    /// <summary>The mark when it was decided.</summary>
    public Price DecisionPrice;

    /// <summary>Shown in the book, or the visible part of an iceberg.</summary>
    public Quantity DisplayQuantity;

    /// <summary>When it was decided.</summary>
    public long DecidedAtNanos;

    /// <summary>When it ends; zero is never.</summary>
    public long ExpireAtNanos;

    /// <summary>When its schedule begins.</summary>
    public long StartNanos;

    /// <summary>When its schedule ends.</summary>
    public long EndNanos;

    /// <summary>Slices of its schedule.</summary>
    public ushort Steps;

    /// <summary>Slices that were due.</summary>
    public ushort StepsDone;

    /// <summary>POV: volume of the instrument when it began.</summary>
    public Quantity VolumeAtStart;

    /// <summary>Retries so far.</summary>
    public byte Attempts;

    /// <summary>Orders sent for it.</summary>
    public uint Children;

    /// <summary>The client's number of its group, or 0.</summary>
    public ulong LinkId;

    /// <summary>What it is to its group.</summary>
    public LinkRole LinkRole;

    /// <summary>First of its open orders, or -1.</summary>
    public int FirstOrder;

    /// <summary>Its timer, or -1.</summary>
    public int Timer;

    /// <summary>Its open orders are being cancelled, to go out again with other terms.</summary>
    public bool Renewing;

    /// <summary>Of a free row, the next one of its client, or -1.</summary>
    public int Next;

    static ushort IRow<ParentOrder>.TemplateId => SnapshotParentDecoder.TemplateId;

    static void IRow<ParentOrder>.Visit<TVisitor>(ref ParentOrder row, ref TVisitor visitor)
    {
        visitor.Add("parentId", ref row.Id);
        visitor.Add("requestId", ref row.RequestId);
        visitor.Add("positionRow", ref row.Position);
        visitor.Add("origin", ref row.Origin);
        visitor.Add("algorithm", ref row.Algorithm);
        visitor.Add("status", ref row.Status);
        visitor.Add("side", ref row.Side);
        visitor.Add("orderType", ref row.Type);
        visitor.Add("timeInForce", ref row.TimeInForce);
        visitor.Add("target", ref row.Target);
        visitor.Add("exitReason", ref row.ExitReason);
        visitor.Add("reason", ref row.Reason);
        visitor.Add("reduceOnly", ref row.ReduceOnly);
        visitor.Add("postOnly", ref row.PostOnly);
        visitor.Add("quantity", ref row.Quantity);
        visitor.Add("executed", ref row.Executed);
        visitor.Add("working", ref row.Working);
        visitor.Add("unsent", ref row.Unsent);
        visitor.Add("ended", ref row.Ended);
        visitor.Add("opening", ref row.Opening);
        visitor.Add("executedValue", ref row.ExecutedValue);
        visitor.Add("limitPrice", ref row.LimitPrice);
        visitor.Add("triggerPrice", ref row.TriggerPrice);
        visitor.Add("trailingOffset", ref row.TrailingOffset);
        visitor.Add("decisionPrice", ref row.DecisionPrice);
        visitor.Add("displayQuantity", ref row.DisplayQuantity);
        visitor.Add("decidedAtNanos", ref row.DecidedAtNanos);
        visitor.Add("expireAtNanos", ref row.ExpireAtNanos);
        visitor.Add("startNanos", ref row.StartNanos);
        visitor.Add("endNanos", ref row.EndNanos);
        visitor.Add("steps", ref row.Steps);
        visitor.Add("stepsDone", ref row.StepsDone);
        visitor.Add("volumeAtStart", ref row.VolumeAtStart);
        visitor.Add("attempts", ref row.Attempts);
        visitor.Add("children", ref row.Children);
        visitor.Add("linkId", ref row.LinkId);
        visitor.Add("linkRole", ref row.LinkRole);
        visitor.Add("firstOrderRow", ref row.FirstOrder);
        visitor.Add("timer", ref row.Timer);
        visitor.Add("nextRow", ref row.Next);
        visitor.Add("renewing", ref row.Renewing);
    }
}
