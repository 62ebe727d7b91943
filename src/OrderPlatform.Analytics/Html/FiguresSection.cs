namespace OrderPlatform.Analytics;

/// <summary>All figures, in three lists: money, trades, returns.</summary>
internal static class FiguresSection
{
    internal static void Write(HtmlWriter html, RunRecord run, TradeStatistics trades, ReturnStatistics returns)
    {
        html.Write($"<section id=\"figures\"><h2>Figures</h2><div class=\"lists\">");
        WriteMoney(html, run);
        WriteTrades(html, trades);
        WriteReturns(html, returns);
        html.Write($"</div></section>\n");
    }

    /// <summary>The profit factor; without a loser ∞, without any trade won or lost a dash.</summary>
    internal static string ProfitFactor(TradeStatistics trades) => trades.ProfitFactor is null ? "–" : ReportText.Ratio(trades.ProfitFactor, "∞");

    private static void WriteMoney(HtmlWriter html, RunRecord run)
    {
        html.Write($"<dl>");
        Item(html, "Initial equity", ReportText.Amount(run.InitialEquity));
        Item(html, "Final equity", ReportText.Amount(run.FinalEquity));
        Item(html, "Realised P&L", ReportText.Signed(run.RealisedPnl));
        Item(html, "Unrealised P&L", ReportText.Signed(run.UnrealisedPnl));
        Item(html, "Fees", ReportText.Amount(run.Fees));
        if (!run.Funding.IsZero)
        {
            Item(html, "Funding", ReportText.Signed(run.Funding));
        }

        Item(html, "Net P&L", ReportText.Signed(run.NetPnl));
        if (!run.Deposits.IsZero)
        {
            Item(html, "Deposits less withdrawals", ReportText.Signed(run.Deposits));
        }

        if (!run.OtherChange.IsZero)
        {
            Item(html, "Not explained by P&L and fees", ReportText.Signed(run.OtherChange));
        }

        Item(html, "Cash at the end", run.Equity.Count > 0 ? ReportText.Amount(run.Equity[^1].Cash) : ReportText.Undefined);
        if (run.SignalQuality is { Confidences: > 0 } or { Momenta: > 0 })
        {
            Item(html, "Signals' confidence, mean", ReportText.Ratio(run.SignalQuality.MeanConfidence));
            Item(html, "Signals' momentum, mean", ReportText.SignedPercent(run.SignalQuality.MeanMomentum));
        }

        Item(html, "Fills", ReportText.Count(run.Fills.Count));
        Item(html, "Fills that rested (maker)", CountAndShare(run.Fills.Count(f => f.IsMaker), run.Fills.Count));
        Item(html, "Orders sent", ReportText.Count(run.OrdersSent));
        Item(html, "Orders filled", CountAndShare(run.OrdersFilled, run.OrdersSent));
        Item(html, "Orders rejected by the venue", CountAndShare(run.OrdersRejected, run.OrdersSent));
        html.Write($"</dl>");
    }

    private static void WriteTrades(HtmlWriter html, TradeStatistics trades)
    {
        html.Write($"<dl>");
        Item(html, "Long trades, net P&L", CountAndSum(trades.Long));
        Item(html, "Short trades, net P&L", CountAndSum(trades.Short));
        Item(html, "Trades' gross P&L", ReportText.Signed(trades.All.GrossPnl));
        Item(html, "Trades' net P&L", ReportText.Signed(trades.All.NetPnl));
        Item(html, "Average win", ReportText.Signed(trades.AverageWin));
        Item(html, "Average loss", ReportText.Signed(trades.AverageLoss));
        Item(html, "Largest win", ReportText.Signed(trades.LargestWin));
        Item(html, "Largest loss", ReportText.Signed(trades.LargestLoss));
        Item(html, "Profit factor", ProfitFactor(trades));
        Item(html, "Average win over average loss", ReportText.Ratio(trades.PayoffRatio));
        Item(html, "Expectancy", ReportText.Signed(trades.Expectancy));
        WriteExcursions(html, trades.Excursions);
        Item(html, "Most won in a row", ReportText.Count(trades.MaxConsecutiveWins));
        Item(html, "Most lost in a row", ReportText.Count(trades.MaxConsecutiveLosses));
        Item(html, "Held on average", Held(trades.Count, trades.Durations.AverageNanos));
        Item(html, "Held, median", Held(trades.Count, trades.Durations.MedianNanos));
        Item(html, "Held, shortest", Held(trades.Count, trades.Durations.MinNanos));
        Item(html, "Winners held on average", Held(trades.All.Winners, trades.WinnerDurations.AverageNanos));
        Item(html, "Losers held on average", Held(trades.All.Losers, trades.LoserDurations.AverageNanos));
        Item(html, "Held, longest", Held(trades.Count, trades.Durations.MaxNanos));
        html.Write($"</dl>");
    }

    private static void WriteExcursions(HtmlWriter html, in TradeExcursions moved)
    {
        if (moved.Count > 0)
        {
            Item(html, "Went against, average (MAE)", ReportText.Signed(moved.AverageAdverse));
            Item(html, "– the furthest", ReportText.Signed(moved.LargestAdverse));
            Item(html, "Went for, average (MFE)", ReportText.Signed(moved.AverageFavourable));
            Item(html, "– the furthest", ReportText.Signed(moved.LargestFavourable));
            Item(html, "Given back at the end, average", ReportText.Amount(moved.AverageEndDrawdown));
        }
    }

    private static void WriteReturns(HtmlWriter html, ReturnStatistics returns)
    {
        html.Write($"<dl>");
        Item(html, "Total return", ReportText.SignedPercent(returns.TotalReturn));
        Item(html, "Sharpe", ReportText.Ratio(returns.Sharpe));
        Item(html, "Sortino", ReportText.Ratio(returns.Sortino));
        Item(html, "Calmar", ReportText.Ratio(returns.Calmar));
        Item(html, "Omega", ReportText.Ratio(returns.Omega));
        Item(html, "Value at risk, worst 5 %", ReportText.Percent(returns.ValueAtRisk));
        Item(html, "– beyond it, on average", ReportText.Percent(returns.ConditionalValueAtRisk));
        Item(html, "Return in 24 hours", ReportText.SignedPercent(returns.ReturnPerDay));
        Item(html, "Volatility, annualised", ReportText.Percent(returns.AnnualisedVolatility));
        Item(html, "CAGR", ReportText.SignedPercent(returns.Cagr));
        bool isOne = returns.LargestRelativeDrawdown == returns.LargestAbsoluteDrawdown;
        WriteDrawdown(html, isOne ? "Largest drawdown" : "Deepest drawdown", returns.LargestRelativeDrawdown);
        if (!isOne)
        {
            WriteDrawdown(html, "Costliest drawdown", returns.LargestAbsoluteDrawdown);
        }

        Item(html, "Ratios are from", $"{returns.Periods.Count} {Describe.Returns(returns)}");
        html.Write($"</dl>");
    }

    private static void WriteDrawdown(HtmlWriter html, string name, Drawdown? drawdown)
    {
        if (drawdown is not { } d || d.Amount.IsZero)
        {
            Item(html, name, drawdown is null ? ReportText.Undefined : "none");
            return;
        }

        Item(html, name, ReportText.Percent(d.Fraction));
        Item(html, "– in money", ReportText.Amount(d.Amount));
        Item(html, "– from the peak", TimeText.Short(d.PeakTimeNanos));
        Item(html, "– to the trough", TimeText.Short(d.TroughTimeNanos));
        Item(html, "– recovered", d.RecoveryTimeNanos is { } time ? TimeText.Short(time) : "not yet");
        Item(html, "– length", TimeText.Duration(d.DurationNanos));
    }

    /// <summary>A name and its value.</summary>
    internal static void Item(HtmlWriter html, string name, string value) => html.Write($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static string Held(int count, long nanos) => count == 0 ? ReportText.Undefined : TimeText.Duration(nanos);

    private static string CountAndSum(TradeGroup group) => $"{group.Count}, {ReportText.Signed(group.NetPnl)}";

    private static string CountAndShare(long count, long of) =>
        of > 0 ? $"{ReportText.Count(count)} ({ReportText.Percent((double)count / of, 1)})" : ReportText.Count(count);
}
