namespace OrderPlatform.Analytics;

/// <summary>
/// A run in about 55 aligned lines of plain text, and a few more for each client, strategy, venue or symbol when there are several. The report's own text
/// is ASCII; names given by users are shown as they are, on one line.
/// The last three lines are <c>journal …</c>, <c>final sequence …</c> and <c>digest …</c>, each alone on its line, for scripts to read.
/// </summary>
public static class ConsoleReport
{
    /// <summary>Reasons shown of each kind; the rest are summed.</summary>
    private const int ReasonsMax = 5;

    private const int LabelWidth = 16;

    /// <summary>Writes the report.</summary>
    /// <exception cref="ArgumentException">The run's equity points are not in order of time.</exception>
    public static void Write(TextWriter writer, RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(run);
        WriteHeader(writer, run);
        var table = PerformanceTable.From(run);
        TradeStatistics trades = table.Overall.Trades;
        ReturnStatistics returns = ReturnStatistics.From(run);
        WriteMoney(writer, run);
        WriteTrades(writer, trades);
        WriteRisk(writer, returns);
        foreach (TargetResult target in run.Targets?.Compare(trades, returns) ?? [])
        {
            Line(writer, "target", $"{target.Name} {target.Actual}   {target.Target}: {target.Outcome}");
        }

        WriteReasons(writer, "holds", run.Holds);
        WriteReasons(writer, "risk rejections", run.RiskRejections);
        WriteReasons(writer, "alerts", run.Alerts);
        WriteSpeed(writer, run, table.Overall);
        ConsoleBreakdown.Write(writer, table);
        writer.Write($"\njournal {ReportText.OneLine(run.JournalPath)}\nfinal sequence {run.FinalSequence}\ndigest {ReportText.OneLine(run.Digest)}\n");
    }

    private static void WriteHeader(TextWriter writer, RunRecord run)
    {
        Line(writer, "run", run.Title);
        Line(writer, "strategy", Describe.Strategy(run));
        Line(writer, "client", run.Client);
        Line(writer, "instrument", run.Instrument);
        Line(writer, "data", run.DataDescription);
        Line(writer, "period", Describe.Period(run, " .. "));
        Line(writer, "gaps", Describe.Gaps(run));
    }

    private static void WriteMoney(TextWriter writer, RunRecord run)
    {
        writer.Write('\n');
        Line(writer, "equity", $"{ReportText.Amount(run.InitialEquity)} -> {ReportText.Amount(run.FinalEquity)}");
        Line(writer, "realised P&L", ReportText.Signed(run.RealisedPnl));
        Line(writer, "unrealised P&L", $"{ReportText.Signed(run.UnrealisedPnl)}  ({run.OpenPositions.Count} open)");
        Line(writer, "fees", ReportText.Amount(run.Fees));
        if (!run.Funding.IsZero)
        {
            Line(writer, "funding", ReportText.Signed(run.Funding));
        }

        Line(writer, "net P&L", ReportText.Signed(run.NetPnl));
        if (!run.Deposits.IsZero)
        {
            Line(writer, "deposits", $"{ReportText.Signed(run.Deposits)}  (not in the return)");
        }

        if (!run.OtherChange.IsZero)
        {
            Line(writer, "other change", $"{ReportText.Signed(run.OtherChange)}  (equity that P&L and fees do not explain)");
        }

        Line(writer, "return", ReportText.SignedPercent(run.TotalReturn));
    }

    private static void WriteTrades(TextWriter writer, TradeStatistics trades)
    {
        TradeGroup all = trades.All;
        writer.Write('\n');
        Line(writer, "trades", $"{all.Count}  (won {all.Winners}, lost {all.Losers}, even {all.Even})");
        Line(
            writer,
            "win rate",
            $"all {Rate(all)}   long {Rate(trades.Long)} of {trades.Long.Count}   short {Rate(trades.Short)} of {trades.Short.Count}");
        Line(writer, "profit factor", ReportText.Ratio(trades.ProfitFactor));
        Line(writer, "expectancy", $"{ReportText.Signed(trades.Expectancy)} a trade");
        Line(writer, "average", $"win {ReportText.Signed(trades.AverageWin)}   loss {ReportText.Signed(trades.AverageLoss)}");
        string rows = $"in a row won {trades.MaxConsecutiveWins}, lost {trades.MaxConsecutiveLosses}";
        Line(writer, "largest", $"win {ReportText.Signed(trades.LargestWin)}   loss {ReportText.Signed(trades.LargestLoss)}   {rows}");
        if (trades.Excursions is { Count: > 0 } moved)
        {
            string best = $"for {ReportText.Signed(moved.AverageFavourable)}   given back {ReportText.Amount(moved.AverageEndDrawdown)}";
            Line(writer, "while open", $"average against {ReportText.Signed(moved.AverageAdverse)}   {best}");
        }

        Line(
            writer,
            "held",
            all.Count == 0 ? ReportText.Undefined
            : $"average {TimeText.Duration(trades.Durations.AverageNanos)}   median {TimeText.Duration(trades.Durations.MedianNanos)}   "
            + $"longest {TimeText.Duration(trades.Durations.MaxNanos)}");
        string label = "exits";
        foreach ((string reason, TradeGroup group) in trades.ExitReasons.Take(ReasonsMax))
        {
            Line(writer, label, $"{Fit(reason)} {group.Count,8}   net {ReportText.Signed(group.NetPnl)}");
            label = "";
        }

        if (trades.ExitReasons.Count > ReasonsMax)
        {
            int others = trades.ExitReasons.Skip(ReasonsMax).Sum(r => r.Value.Count);
            Line(writer, "", $"and {trades.ExitReasons.Count - ReasonsMax} more reasons, {others} trades");
        }
    }

    private static void WriteRisk(TextWriter writer, ReturnStatistics returns)
    {
        writer.Write('\n');
        string ratios = $"{ReportText.Ratio(returns.Sharpe)}   Sortino {ReportText.Ratio(returns.Sortino)}   Calmar {ReportText.Ratio(returns.Calmar)}";
        Line(writer, "Sharpe", $"{ratios}   Omega {ReportText.Ratio(returns.Omega)}");
        Line(writer, "volatility", $"{ReportText.Percent(returns.AnnualisedVolatility)} a year   CAGR {ReportText.SignedPercent(returns.Cagr)}");
        string tail = $"then {ReportText.Percent(returns.ConditionalValueAtRisk)} on average";
        Line(writer, "value at risk", $"{ReportText.Percent(returns.ValueAtRisk)} or worse in one of 20 {Describe.Returns(returns)}, {tail}");
        Line(writer, "max drawdown", $"{ReportText.Amount(returns.LargestAbsoluteDrawdown?.Amount)}   relative {Describe.RelativeDrawdown(returns)}");
        Line(writer, "exposure", $"{ReportText.Percent(returns.Exposure)} of the time   ({returns.Periods.Count} {Describe.Returns(returns)})");
    }

    private static void WriteReasons(TextWriter writer, string label, Dictionary<string, long> reasons)
    {
        if (reasons.Count == 0)
        {
            Line(writer, label, "none");
            return;
        }

        List<KeyValuePair<string, long>> sorted = Describe.MostFrequent(reasons);
        IEnumerable<string> shown = sorted.Take(ReasonsMax).Select(r => $"{ReportText.OneLine(r.Key)} {ReportText.Count(r.Value)}");
        long others = sorted.Skip(ReasonsMax).Sum(r => r.Value);
        string rest = sorted.Count > ReasonsMax ? $", {sorted.Count - ReasonsMax} others {ReportText.Count(others)}" : "";
        Line(writer, label, $"{ReportText.Count(sorted.Sum(r => r.Value))}: {string.Join(", ", shown)}{rest}");
    }

    private static void WriteSpeed(TextWriter writer, RunRecord run, PerformanceRow all)
    {
        writer.Write('\n');
        string outcome = $"{ReportText.Count(run.OrdersFilled)} filled, {ReportText.Count(run.OrdersRejected)} rejected";
        Line(writer, "orders", $"{ReportText.Count(run.OrdersSent)} sent, {outcome}; {ReportText.Count(run.Fills.Count)} fills");
        ConsoleOrders.Write(writer, all);
        string confidence = run.SignalQuality.MeanConfidence is { } mean ? $", confidence {ReportText.Ratio(mean)} on average" : "";
        Line(writer, "inputs", $"{ReportText.Count(run.Inputs)} ({ReportText.Count(run.Signals)} signals{confidence})");
        Line(writer, "speed", Describe.Speed(run));
    }

    private static string Rate(TradeGroup group) => ReportText.Percent(group.WinRate, 1);

    internal static string Fit(string name, int width = 24)
    {
        string text = ReportText.OneLine(name.Length == 0 ? "(none)" : name);
        return text.Length > width ? text[..(width - 1)] + "~" : text.PadRight(width);
    }

    internal static void Line(TextWriter writer, string label, string value) =>
        writer.Write($"{label.PadRight(LabelWidth)} {ReportText.OneLine(value)}".TrimEnd() + "\n");
}
