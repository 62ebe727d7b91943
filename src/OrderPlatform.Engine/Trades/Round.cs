using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Trades;

/// <summary>A round from flat to flat while it is open; when it ends it becomes a trade.</summary>
public struct Round
{
    /// <summary>Number of the round, from 1; 0 before the first.</summary>
    public uint Number;

    /// <summary>Which way it began.</summary>
    public Direction Direction;

    /// <summary>Time of its first fill.</summary>
    public long EntryTimeNanos;

    /// <summary>Fills in it; a fill that crosses zero counts in both rounds.</summary>
    public uint FillCount;

    /// <summary>Sum of the fills that opened or added, without sign.</summary>
    public Quantity EntryQuantity;

    /// <summary>Their value.</summary>
    public Money EntryValue;

    /// <summary>Sum of the fills that reduced, without sign.</summary>
    public Quantity ExitQuantity;

    /// <summary>Their value.</summary>
    public Money ExitValue;

    /// <summary>Realised profit of the round, before fees.</summary>
    public Money Realised;

    /// <summary>Fees of the round, valued in the currency of the account.</summary>
    public Money Fees;

    /// <summary>Funding received in it.</summary>
    public Money Funding;

    /// <summary>Against the decision prices; above zero is a cost.</summary>
    public Money Slippage;

    /// <summary>Lowest profit while it was open, realised in it and not, before fees, not above zero (MAE).</summary>
    public Money Adverse;

    /// <summary>Highest profit while it was open, not below zero (MFE).</summary>
    public Money Favourable;

    internal static void Visit<TVisitor>(ref Round row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("roundNumber", ref row.Number);
        visitor.Add("roundDirection", ref row.Direction);
        visitor.Add("roundEntryTimeNanos", ref row.EntryTimeNanos);
        visitor.Add("roundFillCount", ref row.FillCount);
        visitor.Add("roundEntryQuantity", ref row.EntryQuantity);
        visitor.Add("roundEntryValue", ref row.EntryValue);
        visitor.Add("roundExitQuantity", ref row.ExitQuantity);
        visitor.Add("roundExitValue", ref row.ExitValue);
        visitor.Add("roundRealised", ref row.Realised);
        visitor.Add("roundFees", ref row.Fees);
        visitor.Add("roundFunding", ref row.Funding);
        visitor.Add("roundSlippage", ref row.Slippage);
        visitor.Add("roundAdverse", ref row.Adverse);
        visitor.Add("roundFavourable", ref row.Favourable);
    }
}
