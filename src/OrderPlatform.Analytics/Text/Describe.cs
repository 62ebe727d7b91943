namespace OrderPlatform.Analytics;

/// <summary>Phrases that the console and the page share.</summary>
internal static class Describe
{
    /// <summary>Name, version and id of the strategy, whatever of them is known.</summary>
    internal static string Strategy(RunRecord run) =>
        string.Join(' ', new[] { run.StrategyName, run.StrategyVersion, run.StrategyId.Length > 0 ? $"({run.StrategyId})" : "" }.Where(t => t.Length > 0));

    /// <summary>First and last time and the length between them.</summary>
    internal static string Period(RunRecord run, string separator) =>
        run.Inputs == 0 && run.FirstTimeNanos == run.LastTimeNanos
            ? "no inputs"
            : $"{TimeText.Iso(run.FirstTimeNanos)}{separator}{TimeText.Iso(run.LastTimeNanos)} ({TimeText.Duration(run.LastTimeNanos - run.FirstTimeNanos)})";

    /// <summary>Gaps in the market data.</summary>
    internal static string Gaps(RunRecord run) =>
        run.GapCount == 0 ? "none" : $"{ReportText.Count(run.GapCount)}, longest {TimeText.Duration(run.LongestGapNanos)}";

    /// <summary>The largest relative drawdown with its length.</summary>
    internal static string RelativeDrawdown(ReturnStatistics returns) =>
        returns.LargestRelativeDrawdown is not { } d ? ReportText.Undefined
        : d.Amount.IsZero ? ReportText.Percent(d.Fraction)
        : $"{ReportText.Percent(d.Fraction)} over {TimeText.Duration(d.DurationNanos)}, {(d.RecoveryTimeNanos is null ? "not recovered" : "recovered")}";

    /// <summary>What the returns behind the ratios are.</summary>
    internal static string Returns(ReturnStatistics returns) => returns.IsHourly ? "hourly returns" : "daily returns";

    /// <summary>Inputs a second of wall-clock time.</summary>
    internal static string Speed(RunRecord run) =>
        run.Elapsed <= TimeSpan.Zero
            ? ReportText.Undefined
            : $"{ReportText.Number(run.Inputs / run.Elapsed.TotalSeconds, 0)} inputs/s ({TimeText.Duration(run.Elapsed.Ticks * 100)})";

    /// <summary>How much of what was ordered was filled: by quantity, or by order where quantities of several symbols cannot be added.</summary>
    internal static string Filled(OrderStatistics orders) => orders.FillRatio is { } ratio
        ? $"filled {ReportText.Percent(ratio, 1)} of the quantity"
        : $"filled {ReportText.Percent(orders.MeanFillRatio, 1)} of an order on average";

    /// <summary>A cost in hundredths of a percent; above zero it is one.</summary>
    internal static string BasisPoints(double? value)
    {
        if (value is not { } known || !double.IsFinite(known))
        {
            return ReportText.Undefined;
        }

        string text = ReportText.Number(known, 2);
        return $"{(known > 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "+" : "")}{text} bps";
    }

    /// <summary>Traded value as a multiple of equity.</summary>
    internal static string Turnover(PerformanceRow row) => row.Turnover is { } times ? $"{ReportText.Number(times, 2)} times the mean equity" : "";

    /// <summary>What a table is told apart by, in a word.</summary>
    internal static string Dimension(PerformanceDimension dimension) =>
        dimension == PerformanceDimension.Instrument ? "symbol" : dimension.ToString().ToLowerInvariant();

    /// <summary>Reasons, most frequent first, then by name.</summary>
    internal static List<KeyValuePair<string, long>> MostFrequent(Dictionary<string, long> reasons) =>
        [.. reasons.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal)];
}
