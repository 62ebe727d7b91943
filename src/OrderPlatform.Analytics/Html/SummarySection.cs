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
        WriteCard(html, "Return", ReportText.SignedPercent(run.TotalReturn), Tone(run.TotalReturn), $"{ReportText.Amount(run.InitialEquity)} → {ReportText.Amount(run.FinalEquity)}");
        WriteCard(html, "Net P&L", ReportText.Signed(run.NetPnl), Tone(run.NetPnl.Raw), $"after {ReportText.Amount(run.Fees)} fees");
        WriteCard(html, "Sharpe", ReportText.Ratio(returns.Sharpe), "", $"Sortino {ReportText.Ratio(returns.Sortino)}");
        WriteCard(html, "Max drawdown", ReportText.Percent(returns.LargestRelativeDrawdown?.Fraction), "", $"largest in money {ReportText.Amount(returns.LargestAbsoluteDrawdown?.Amount)}");
        WriteCard(html, "Trades", ReportText.Count(trades.Count), "", $"{trades.All.Winners} won, {trades.All.Losers} lost, {trades.All.Even} even");
        WriteCard(html, "Win rate", ReportText.Percent(trades.All.WinRate, 1), "", $"long {ReportText.Percent(trades.Long.WinRate, 1)}, short {ReportText.Percent(trades.Short.WinRate, 1)}");
        WriteCard(html, "Profit factor", FiguresSection.ProfitFactor(trades), "", $"expectancy {ReportText.Signed(trades.Expectancy)}");
        WriteCard(html, "Exposure", ReportText.Percent(returns.Exposure, 1), "", trades.Count == 0 ? "no trade held" : $"average held {TimeText.Duration(trades.Durations.AverageNanos)}");
        html.Write($"</section>\n");
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

    private static void WriteCard(HtmlWriter html, string name, string value, string tone, string detail) =>
        html.Write($"<div class=\"card\"><h3>{name}</h3><p class=\"big {tone}\">{value}</p><p class=\"detail\">{detail}</p></div>");
}
