using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>How a strategy's signals are filtered and timed (R34 to R44, R122); zero is no such rule.</summary>
public struct SignalRules
{
    /// <summary>Smallest confidence that passes, or zero for any (D5).</summary>
    public Ratio MinimumConfidence;

    /// <summary>Smallest change of price in an hour, without sign (R44).</summary>
    public Ratio MomentumMinimum;

    /// <summary>Over how many minutes momentum is measured, 1 to 60.</summary>
    public byte MomentumWindowMinutes;

    /// <summary>Oldest signal that passes.</summary>
    public long MaximumAgeNanos;

    /// <summary>What an opposite signal needs to end a position (R126).</summary>
    public Ratio ReversalConfidence;

    /// <summary>How models of an ensemble decide together.</summary>
    public VotingMethod VotingMethod;

    /// <summary>Fresh votes that must be there.</summary>
    public byte VotesMinimum;

    /// <summary>Oldest vote that counts; zero is any.</summary>
    public long VoteMaximumAgeNanos;

    /// <summary>With Weighted: least score, of the sum of weights.</summary>
    public Ratio VoteThreshold;

    /// <summary>Weight of the entry model.</summary>
    public Ratio EntryWeight;

    /// <summary>Weight of the position model.</summary>
    public Ratio PositionWeight;

    /// <summary>Weight of the exit model.</summary>
    public Ratio ExitWeight;

    /// <summary>Weight of the profit model.</summary>
    public Ratio ProfitWeight;

    internal static void Visit<TVisitor>(ref SignalRules row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("minimumConfidence", ref row.MinimumConfidence);
        visitor.Add("momentumMinimum", ref row.MomentumMinimum);
        visitor.Add("momentumWindowMinutes", ref row.MomentumWindowMinutes);
        visitor.Add("maximumAgeNanos", ref row.MaximumAgeNanos);
        visitor.Add("reversalConfidence", ref row.ReversalConfidence);
        visitor.Add("votingMethod", ref row.VotingMethod);
        visitor.Add("votesMinimum", ref row.VotesMinimum);
        visitor.Add("voteMaximumAgeNanos", ref row.VoteMaximumAgeNanos);
        visitor.Add("voteThreshold", ref row.VoteThreshold);
        visitor.Add("entryWeight", ref row.EntryWeight);
        visitor.Add("positionWeight", ref row.PositionWeight);
        visitor.Add("exitWeight", ref row.ExitWeight);
        visitor.Add("profitWeight", ref row.ProfitWeight);
    }
}
