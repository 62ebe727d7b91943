namespace OrderPlatform.Analytics;

/// <summary>Why trades ended, and why signals and intents did not become orders.</summary>
internal static class ReasonsSection
{
    internal static void Write(HtmlWriter html, RunRecord run, TradeStatistics trades)
    {
        html.Write($"<div class=\"pair\">");
        WriteExits(html, trades);
        WriteReasons(html, run);
        html.Write($"</div>\n");
    }

    private static void WriteExits(HtmlWriter html, TradeStatistics trades)
    {
        html.Write($"<section id=\"exits\"><h2>Exit reasons</h2>");
        Table.Open(html, Column.Text("Reason"), Column.Number("Trades"), Column.Number("Win rate"), Column.Number("Net P&L"));
        foreach ((string reason, TradeGroup group) in trades.ExitReasons)
        {
            html.Write($"<tr>");
            Table.Text(html, reason);
            Table.Number(html, ReportText.Count(group.Count));
            Table.Number(html, ReportText.Percent(group.WinRate, 1));
            Table.Number(html, ReportText.Signed(group.NetPnl), SummarySection.Tone(group.NetPnl.Raw));
            html.Write($"</tr>");
        }

        if (trades.Count == 0)
        {
            Table.EmptyRow(html, 4, "No trade was closed.");
        }

        Table.Close(html);
        html.Write($"</section>");
    }

    private static void WriteReasons(HtmlWriter html, RunRecord run)
    {
        html.Write($"<section id=\"reasons\"><h2>Held, rejected, alerted</h2>");
        Table.Open(html, Column.Text("Kind"), Column.Text("Reason"), Column.Number("Count"));
        WriteRows(html, "held by a filter", run.Holds);
        WriteRows(html, "rejected by risk", run.RiskRejections);
        WriteRows(html, "alert", run.Alerts);
        if (run.Holds.Count + run.RiskRejections.Count + run.Alerts.Count == 0)
        {
            Table.EmptyRow(html, 3, "None.");
        }

        Table.Close(html);
        html.Write($"</section>");
    }

    private static void WriteRows(HtmlWriter html, string kind, Dictionary<string, long> reasons)
    {
        foreach ((string reason, long count) in Describe.MostFrequent(reasons))
        {
            html.Write($"<tr>");
            Table.Text(html, kind);
            Table.Text(html, reason);
            Table.Number(html, ReportText.Count(count));
            html.Write($"</tr>");
        }
    }
}
