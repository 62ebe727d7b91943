using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>A wanted change of position, before risk.</summary>
public struct Intent
{
    /// <summary>What it waits for.</summary>
    public IntentState State;

    /// <summary>Wanted side of the position.</summary>
    public Direction Target;

    /// <summary>Why the position that is held would end.</summary>
    public ExitReason ExitReason;

    /// <summary>Whether the order must be a market order whatever the strategy's type is: protective exits.</summary>
    public bool AtMarket;

    /// <summary>The signal or request behind it.</summary>
    public ulong RequestId;

    /// <summary>With WaitsForTime.</summary>
    public long ExecuteAtNanos;

    /// <summary>When it ends if it still waits; zero is never.</summary>
    public long ValidUntilNanos;

    /// <summary>The mark when it was decided.</summary>
    public Price DecisionPrice;

    /// <summary>The signal's; zero if it had none.</summary>
    public Ratio ExpectedReturn;

    /// <summary>The signal's; zero if it had none.</summary>
    public Ratio RiskScore;

    /// <summary>The signal's; zero if it had none.</summary>
    public Ratio Volatility;

    internal static void Visit<TVisitor>(ref Intent row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("intentState", ref row.State);
        visitor.Add("intentTarget", ref row.Target);
        visitor.Add("intentExitReason", ref row.ExitReason);
        visitor.Add("intentAtMarket", ref row.AtMarket);
        visitor.Add("intentRequestId", ref row.RequestId);
        visitor.Add("intentExecuteAtNanos", ref row.ExecuteAtNanos);
        visitor.Add("intentValidUntilNanos", ref row.ValidUntilNanos);
        visitor.Add("intentDecisionPrice", ref row.DecisionPrice);
        visitor.Add("intentExpectedReturn", ref row.ExpectedReturn);
        visitor.Add("intentRiskScore", ref row.RiskScore);
        visitor.Add("intentVolatility", ref row.Volatility);
    }
}
