namespace OrderPlatform.Analytics;

/// <summary>What a run is hoped to reach (R100). A target that is <c>null</c> is not set. All but the Sharpe ratio are fractions: 0.04 is 4 %.</summary>
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
            double? reached = returns.ReturnPerDay;
            string range = ReturnPerDayMax is { } most ? $"{ReportText.Percent(least)} to {ReportText.Percent(most)}" : $"at least {ReportText.Percent(least)}";
            results.Add(new TargetResult("return in 24 h", range, ReportText.SignedPercent(reached), reached >= least, reached is null));
        }

        if (DrawdownMax is { } deepest)
        {
            double? reached = returns.LargestRelativeDrawdown?.Fraction;
            string limit = $"below {ReportText.Percent(deepest)}";
            results.Add(new TargetResult("max drawdown", limit, ReportText.Percent(reached), reached < deepest, reached is null));
        }

        if (WinRateMin is { } rate)
        {
            double? reached = trades.All.WinRate;
            results.Add(new TargetResult("win rate", $"above {ReportText.Percent(rate)}", ReportText.Percent(reached), reached > rate, reached is null));
        }

        if (SharpeMin is { } ratio)
        {
            double? reached = returns.Sharpe;
            results.Add(new TargetResult("Sharpe", $"above {ReportText.Ratio(ratio)}", ReportText.Ratio(reached), reached > ratio, reached is null));
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
