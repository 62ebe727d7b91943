namespace OrderPlatform.Analytics;

/// <summary>What a run is hoped to reach (R100). A target that is <c>null</c> is not set. All are fractions, such as 0.04 for 4 %, but the Sharpe ratio.</summary>
/// <param name="ReturnPerDayMin">Least return in 24 hours.</param>
/// <param name="ReturnPerDayMax">Most return in 24 hours; more is no failure.</param>
/// <param name="DrawdownMax">Largest relative drawdown, which is to stay below it.</param>
/// <param name="WinRateMin">Share of trades won, which is to be above it.</param>
/// <param name="SharpeMin">Sharpe ratio, which is to be above it.</param>
public sealed record PerformanceTargets(
    double? ReturnPerDayMin = null, double? ReturnPerDayMax = null, double? DrawdownMax = null, double? WinRateMin = null, double? SharpeMin = null)
{
    /// <summary>The targets that are set, beside what was reached.</summary>
    public IReadOnlyList<TargetResult> Compare(TradeStatistics trades, ReturnStatistics returns)
    {
        ArgumentNullException.ThrowIfNull(trades);
        ArgumentNullException.ThrowIfNull(returns);
        List<TargetResult> results = [];
        if (ReturnPerDayMin is { } least)
        {
            string range = ReturnPerDayMax is { } most ? $"{ReportText.Percent(least)} to {ReportText.Percent(most)}" : $"at least {ReportText.Percent(least)}";
            results.Add(new TargetResult("return in 24 h", range, ReportText.SignedPercent(returns.ReturnPerDay), returns.ReturnPerDay >= least, returns.ReturnPerDay is null));
        }

        if (DrawdownMax is { } deepest)
        {
            double? fraction = returns.LargestRelativeDrawdown?.Fraction;
            results.Add(new TargetResult("max drawdown", $"below {ReportText.Percent(deepest)}", ReportText.Percent(fraction), fraction < deepest, fraction is null));
        }

        if (WinRateMin is { } rate)
        {
            double? won = trades.All.WinRate;
            results.Add(new TargetResult("win rate", $"above {ReportText.Percent(rate)}", ReportText.Percent(won), won > rate, won is null));
        }

        if (SharpeMin is { } ratio)
        {
            results.Add(new TargetResult("Sharpe", $"above {ReportText.Ratio(ratio)}", ReportText.Ratio(returns.Sharpe), returns.Sharpe > ratio, returns.Sharpe is null));
        }

        return results;
    }
}

/// <summary>One target beside what was reached, as people read them.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Target">What was hoped for.</param>
/// <param name="Actual">What was reached.</param>
/// <param name="IsMet">Whether it was reached.</param>
/// <param name="IsUnknown">Whether the run was too short, or had too little in it, to say.</param>
public readonly record struct TargetResult(string Name, string Target, string Actual, bool IsMet, bool IsUnknown)
{
    /// <summary>The outcome in a word.</summary>
    public string Outcome => IsUnknown ? "unknown" : IsMet ? "met" : "missed";
}
