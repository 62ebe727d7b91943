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

        html.Write($"<section id=\"positions\"><h2>Open positions</h2>");
        Table.Open(
            html, Column.Text("Instrument"), Column.Number("Quantity"), Column.Number("Average price"), Column.Number("Mark"),
            Column.Number("Unrealised P&L"));
        foreach (OpenPosition p in positions)
        {
            html.Write($"<tr>");
            Table.Text(html, p.Instrument);
            Table.Number(html, p.Quantity.ToString());
            Table.Number(html, ReportText.Amount(p.AveragePrice.Raw));
            Table.Number(html, ReportText.Amount(p.Mark.Raw));
            Table.Number(html, ReportText.Signed(p.UnrealisedPnl), SummarySection.Tone(p.UnrealisedPnl.Raw));
            html.Write($"</tr>");
        }

        Table.Close(html);
        html.Write($"</section>\n");
    }
}
