namespace OrderPlatform.Analytics;

/// <summary>Why trades ended, and why signals and intents did not become orders.</summary>
internal static class ReasonsSection
{
    internal static void Write(HtmlWriter html, RunRecord run, TradeStatistics trades)
    {
        html.Write($"<div class=\"pair\">");
        WriteExits(html, trades);
        html.Write($"<section id=\"reasons\"><h2>Held, rejected, alerted</h2><table><thead><tr><th>Kind</th><th>Reason</th><th class=\"n\">Count</th></tr></thead><tbody>");
        WriteRows(html, "held by a filter", run.Holds);
        WriteRows(html, "rejected by risk", run.RiskRejections);
        WriteRows(html, "alert", run.Alerts);
        if (run.Holds.Count + run.RiskRejections.Count + run.Alerts.Count == 0)
        {
            html.Write($"<tr><td colspan=\"3\" class=\"empty\">None.</td></tr>");
        }

        html.Write($"</tbody></table></section></div>\n");
    }

    private static void WriteExits(HtmlWriter html, TradeStatistics trades)
    {
        html.Write($"<section id=\"exits\"><h2>Exit reasons</h2><table><thead><tr><th>Reason</th><th class=\"n\">Trades</th><th class=\"n\">Win rate</th><th class=\"n\">Net P&amp;L</th></tr></thead><tbody>");
        foreach ((string reason, TradeGroup group) in trades.ExitReasons)
        {
            html.Write($"<tr><td>{reason}</td><td class=\"n\">{group.Count}</td><td class=\"n\">{ReportText.Percent(group.WinRate, 1)}</td><td class=\"n {SummarySection.Tone(group.NetPnl.Raw)}\">{ReportText.Signed(group.NetPnl)}</td></tr>");
        }

        if (trades.Count == 0)
        {
            html.Write($"<tr><td colspan=\"4\" class=\"empty\">No trade was closed.</td></tr>");
        }

        html.Write($"</tbody></table></section>");
    }

    private static void WriteRows(HtmlWriter html, string kind, Dictionary<string, long> reasons)
    {
        foreach ((string reason, long count) in Describe.MostFrequent(reasons))
        {
            html.Write($"<tr><td>{kind}</td><td>{reason}</td><td class=\"n\">{ReportText.Count(count)}</td></tr>");
        }
    }
}
