namespace OrderPlatform.Analytics;

/// <summary>What the run was hoped to reach, beside what it reached; nothing if nobody said (R100).</summary>
internal static class TargetsSection
{
    internal static void Write(HtmlWriter html, RunRecord run, TradeStatistics trades, ReturnStatistics returns)
    {
        if (run.Targets?.Compare(trades, returns) is not { Count: > 0 } results)
        {
            return;
        }

        html.Write($"<section id=\"targets\"><h2>Targets</h2>");
        Table.Open(html, Column.Text("Of"), Column.Text("Target"), Column.Number("Reached"), Column.Text("Outcome"));
        foreach (TargetResult result in results)
        {
            html.Write($"<tr>");
            Table.Text(html, result.Name);
            Table.Text(html, result.Target);
            Table.Number(html, result.Actual, result.IsUnknown ? "" : result.IsMet ? "pos" : "neg");
            Table.Text(html, result.Outcome);
            html.Write($"</tr>");
        }

        Table.Close(html);
        html.Write($"</section>\n");
    }
}
