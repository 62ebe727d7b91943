namespace OrderPlatform.Analytics;

/// <summary>Title, what was run on what, and the figures that decide, as cards.</summary>
internal static class SummarySection
{
    internal static void Write(HtmlWriter html, RunRecord run, string title, TradeStatistics trades, ReturnStatistics returns)
    {
        html.Write($"<header><h1>{title}</h1><p class=\"facts\">");
        WriteFact(html, "Strategy", Describe.Strategy(run));
        WriteFact(html, "Client", run.Client);
        WriteFact(html, "Instrument", run.Instrument);
        WriteFact(html, "Data", run.DataDescription);
        WriteFact(html, "Period", Describe.Period(run, " – "));
        WriteFact(html, "Gaps", Describe.Gaps(run));
        html.Write($"</p></header>\n<section class=\"cards\">");
        WriteMoneyCards(html, run);
        WriteRiskCards(html, returns);
        WriteTradeCards(html, trades);
        html.Write($"</section>\n");
    }

    private static void WriteMoneyCards(HtmlWriter html, RunRecord run)
    {
        string equity = $"{ReportText.Amount(run.InitialEquity)} → {ReportText.Amount(run.FinalEquity)}";
        WriteCard(html, "Return", ReportText.SignedPercent(run.TotalReturn), equity, Tone(run.TotalReturn));
        WriteCard(html, "Net P&L", ReportText.Signed(run.NetPnl), $"after {ReportText.Amount(run.Fees)} fees", Tone(run.NetPnl.Raw));
    }

    private static void WriteRiskCards(HtmlWriter html, ReturnStatistics returns)
    {
        string amount = ReportText.Amount(returns.LargestAbsoluteDrawdown?.Amount);
        WriteCard(html, "Sharpe", ReportText.Ratio(returns.Sharpe), $"Sortino {ReportText.Ratio(returns.Sortino)}");
        WriteCard(html, "Max drawdown", ReportText.Percent(returns.LargestRelativeDrawdown?.Fraction), $"largest in money {amount}");
        WriteCard(html, "Exposure", ReportText.Percent(returns.Exposure, 1), "of the time with a position");
    }

    private static void WriteTradeCards(HtmlWriter html, TradeStatistics trades)
    {
        string sides = $"long {ReportText.Percent(trades.Long.WinRate, 1)}, short {ReportText.Percent(trades.Short.WinRate, 1)}";
        string outcome = $"{trades.All.Winners} won, {trades.All.Losers} lost, {trades.All.Even} even";
        WriteCard(html, "Trades", ReportText.Count(trades.Count), outcome);
        WriteCard(html, "Win rate", ReportText.Percent(trades.All.WinRate, 1), sides);
        WriteCard(html, "Profit factor", FiguresSection.ProfitFactor(trades), $"expectancy {ReportText.Signed(trades.Expectancy)} a trade");
    }

    /// <summary>The style class of an amount: gain, loss, or none at zero.</summary>
    internal static string Tone(double? value) => value > 0 ? "pos" : value < 0 ? "neg" : "";

    private static void WriteFact(HtmlWriter html, string name, string value)
    {
        if (value.Length > 0)
        {
            html.Write($"<span><b>{name}</b> {value}</span> ");
        }
    }

    private static void WriteCard(HtmlWriter html, string name, string value, string detail, string tone = "")
    {
        // A percent sign stays with its number.
        string kept = detail.Replace(" %", "\u00a0%", StringComparison.Ordinal);
        html.Write($"<div class=\"card\"><h3>{name}</h3><p class=\"big {tone}\">{value}</p><p class=\"detail\">{kept}</p></div>");
    }
}
