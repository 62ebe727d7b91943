using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Performance;

/// <summary>What the orders and trades of a position came to, in integers, in the same row as the position (R93 to R99); ratios are made elsewhere.</summary>
public struct Tally : IRow<Tally>
{
    /// <summary>Signals.</summary>
    public ulong Signals;

    /// <summary>Signals that were held.</summary>
    public ulong Held;

    /// <summary>Orders sent.</summary>
    public ulong Orders;

    /// <summary>Orders that the venue acknowledged.</summary>
    public ulong Acknowledged;

    /// <summary>Orders that filled whole.</summary>
    public ulong Filled;

    /// <summary>Orders that the venue refused.</summary>
    public ulong Rejected;

    /// <summary>Orders that were cancelled or expired.</summary>
    public ulong Cancelled;

    /// <summary>Orders that passed all checks.</summary>
    public ulong ChecksPassed;

    /// <summary>Orders that a check refused.</summary>
    public ulong ChecksFailed;

    /// <summary>Quantity ordered, held at the largest number.</summary>
    public Quantity Ordered;

    /// <summary>Quantity executed, held at the largest number.</summary>
    public Quantity Executed;

    /// <summary>Value executed, held at the largest number.</summary>
    public Money Traded;

    /// <summary>Sum of times from decision to acknowledgement.</summary>
    public ulong AcknowledgeNanos;

    /// <summary>Sum of times from decision to first fill.</summary>
    public ulong FirstFillNanos;

    /// <summary>Orders with a fill.</summary>
    public ulong FirstFills;

    /// <summary>Against the decision prices; above zero is a cost.</summary>
    public Money Slippage;

    /// <summary>Trades with profit after fees.</summary>
    public ulong Wins;

    /// <summary>Trades with loss after fees.</summary>
    public ulong Losses;

    /// <summary>Sum of the profits.</summary>
    public Money Won;

    /// <summary>Sum of the losses, without sign.</summary>
    public Money Lost;

    static ushort IRow<Tally>.TemplateId => SnapshotTallyDecoder.TemplateId;

    static void IRow<Tally>.Visit<TVisitor>(ref Tally row, ref TVisitor visitor)
    {
        visitor.Add("signals", ref row.Signals);
        visitor.Add("held", ref row.Held);
        visitor.Add("orders", ref row.Orders);
        visitor.Add("acknowledged", ref row.Acknowledged);
        visitor.Add("filled", ref row.Filled);
        visitor.Add("rejected", ref row.Rejected);
        visitor.Add("cancelled", ref row.Cancelled);
        visitor.Add("checksPassed", ref row.ChecksPassed);
        visitor.Add("checksFailed", ref row.ChecksFailed);
        visitor.Add("ordered", ref row.Ordered);
        visitor.Add("executed", ref row.Executed);
        visitor.Add("traded", ref row.Traded);
        visitor.Add("acknowledgeNanos", ref row.AcknowledgeNanos);
        visitor.Add("firstFillNanos", ref row.FirstFillNanos);
        visitor.Add("firstFills", ref row.FirstFills);
        visitor.Add("slippage", ref row.Slippage);
        visitor.Add("wins", ref row.Wins);
        visitor.Add("losses", ref row.Losses);
        visitor.Add("won", ref row.Won);
        visitor.Add("lost", ref row.Lost);
    }
}
