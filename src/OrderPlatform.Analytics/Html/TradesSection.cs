namespace OrderPlatform.Analytics;

/// <summary>The table of trades: all of them, folded away when there are more than 100, cut at a size that a page can carry.</summary>
internal static class TradesSection
{
    /// <summary>Rows shown open; more are folded away.</summary>
    internal const int OpenRowsMax = 100;

    /// <summary>Rows written at all.</summary>
    internal const int RowsMax = 5_000;

    internal static void Write(HtmlWriter html, List<TradeRecord> trades)
    {
        html.Write($"<section id=\"trades\"><h2>Trades</h2>");
        if (trades.Count == 0)
        {
            html.Write($"<p class=\"empty\">No trade was closed.</p></section>\n");
            return;
        }

        bool isFolded = trades.Count > OpenRowsMax;
        if (isFolded)
        {
            html.Write($"<details><summary>Show {ReportText.Count(Math.Min(trades.Count, RowsMax))} trades</summary>");
        }

        WriteTable(html, trades);
        if (trades.Count > RowsMax)
        {
            html.Write($"<p class=\"empty\">The first {ReportText.Count(RowsMax)} of {ReportText.Count(trades.Count)} trades; trades.csv has all.</p>");
        }

        html.WriteRaw(isFolded ? "</details></section>\n" : "</section>\n");
    }

    private static void WriteTable(HtmlWriter html, List<TradeRecord> trades)
    {
        // Names that are the same in every row only cost width.
        bool showsStrategy = trades.Exists(t => t.Strategy != trades[0].Strategy);
        bool showsInstrument = trades.Exists(t => t.Instrument != trades[0].Instrument);
        bool showsExcursions = trades.Exists(static t => t.AdverseExcursion is not null);
        List<Column> columns = [Column.Number("#"), Column.Text("Side")];
        columns.AddRange(showsStrategy ? [Column.Text("Strategy")] : []);
        columns.AddRange(showsInstrument ? [Column.Text("Instrument")] : []);
        columns.AddRange(
        [
            Column.Text("Entry, UTC"), Column.Text("Exit, UTC"), Column.Number("Held"), Column.Number("Quantity"), Column.Number("Entry"),
            Column.Number("Exit"),
        ]);
        columns.AddRange(showsExcursions ? [Column.Number("Against"), Column.Number("For")] : []);
        columns.AddRange([Column.Number("Fees"), Column.Number("Net P&L"), Column.Number("Return"), Column.Text("Exit reason")]);
        Table.Open(html, [.. columns]);
        foreach (TradeRecord trade in trades.Take(RowsMax))
        {
            WriteRow(html, trade, showsStrategy, showsInstrument, showsExcursions);
        }

        Table.Close(html);
    }

    private static void WriteRow(HtmlWriter html, in TradeRecord trade, bool showsStrategy, bool showsInstrument, bool showsExcursions)
    {
        html.Write($"<tr>");
        Table.Number(html, ReportText.Count(trade.Number));
        Table.Text(html, trade.Side == TradeSide.Long ? "long" : "short");
        if (showsStrategy)
        {
            Table.Text(html, trade.Strategy);
        }

        if (showsInstrument)
        {
            Table.Text(html, trade.Instrument);
        }

        string tone = SummarySection.Tone(trade.NetPnl.Raw);
        Table.Text(html, TimeText.Short(trade.EntryTimeNanos));
        Table.Text(html, TimeText.Short(trade.ExitTimeNanos));
        Table.Number(html, TimeText.Duration(trade.DurationNanos));
        Table.Number(html, trade.Quantity.ToString());
        Table.Number(html, ReportText.Amount(trade.EntryPrice.Raw));
        Table.Number(html, ReportText.Amount(trade.ExitPrice.Raw));
        if (showsExcursions)
        {
            Table.Number(html, ReportText.Amount(trade.AdverseExcursion));
            Table.Number(html, ReportText.Amount(trade.FavourableExcursion));
        }

        Table.Number(html, ReportText.Amount(trade.Fees));
        Table.Number(html, ReportText.Signed(trade.NetPnl), tone);
        Table.Number(html, ReportText.SignedPercent(trade.ReturnFraction), tone);
        Table.Text(html, trade.ExitReason);
        html.Write($"</tr>\n");
    }
}
