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
        bool showsStrategy = trades.Exists(t => t.Strategy != trades[0].Strategy);
        bool showsInstrument = trades.Exists(t => t.Instrument != trades[0].Instrument);
        html.Write($"<div class=\"scroll\"><table><thead><tr><th class=\"n\">#</th><th>Side</th>");
        html.WriteRaw(showsStrategy ? "<th>Strategy</th>" : "");
        html.WriteRaw(showsInstrument ? "<th>Instrument</th>" : "");
        html.Write($"<th>Entry, UTC</th><th>Exit, UTC</th><th class=\"n\">Held</th><th class=\"n\">Quantity</th><th class=\"n\">Entry</th><th class=\"n\">Exit</th><th class=\"n\">Fees</th><th class=\"n\">Net P&amp;L</th><th class=\"n\">Return</th><th>Exit reason</th><th class=\"n\">Fills</th></tr></thead><tbody>\n");
        foreach (TradeRecord t in trades.Take(RowsMax))
        {
            html.Write($"<tr><td class=\"n\">{t.Number}</td><td>{(t.Side == TradeSide.Long ? "long" : "short")}</td>");
            if (showsStrategy)
            {
                html.Write($"<td>{t.Strategy}</td>");
            }

            if (showsInstrument)
            {
                html.Write($"<td>{t.Instrument}</td>");
            }

            string tone = SummarySection.Tone(t.NetPnl.Raw);
            html.Write($"<td>{TimeText.Short(t.EntryTimeNanos)}</td><td>{TimeText.Short(t.ExitTimeNanos)}</td><td class=\"n\">{TimeText.Duration(t.DurationNanos)}</td><td class=\"n\">{t.Quantity.ToString()}</td>");
            html.Write($"<td class=\"n\">{ReportText.Amount(t.EntryPrice.Raw)}</td><td class=\"n\">{ReportText.Amount(t.ExitPrice.Raw)}</td><td class=\"n\">{ReportText.Amount(t.Fees)}</td>");
            html.Write($"<td class=\"n {tone}\">{ReportText.Signed(t.NetPnl)}</td><td class=\"n {tone}\">{ReportText.SignedPercent(t.ReturnFraction)}</td><td>{t.ExitReason}</td><td class=\"n\">{t.FillCount}</td></tr>\n");
        }

        html.Write($"</tbody></table></div>");
    }
}
