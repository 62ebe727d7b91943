namespace OrderPlatform.Analytics;

/// <summary>What was still held at the end; nothing if nothing was.</summary>
internal static class PositionsSection
{
    internal static void Write(HtmlWriter html, List<OpenPosition> positions)
    {
        if (positions.Count == 0)
        {
            return;
        }

        html.Write($"<section id=\"positions\"><h2>Open positions</h2><div class=\"scroll\"><table><thead><tr><th>Instrument</th><th class=\"n\">Quantity</th><th class=\"n\">Average price</th><th class=\"n\">Mark</th><th class=\"n\">Unrealised P&amp;L</th></tr></thead><tbody>");
        foreach (OpenPosition p in positions)
        {
            html.Write($"<tr><td>{p.Instrument}</td><td class=\"n\">{p.Quantity.ToString()}</td><td class=\"n\">{ReportText.Amount(p.AveragePrice.Raw)}</td><td class=\"n\">{ReportText.Amount(p.Mark.Raw)}</td><td class=\"n {SummarySection.Tone(p.UnrealisedPnl.Raw)}\">{ReportText.Signed(p.UnrealisedPnl)}</td></tr>");
        }

        html.Write($"</tbody></table></div></section>\n");
    }
}
