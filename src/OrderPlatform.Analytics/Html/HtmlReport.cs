namespace OrderPlatform.Analytics;

/// <summary>
/// A run as one self-contained page: no script, no font, nothing fetched. Reads in light and dark, wide and narrow, and on paper; every text
/// from outside is escaped, and the page is well-formed XML.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page. It appears whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="ArgumentException">The run's equity points are not in order of time.</exception>
    public static void Write(string path, RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var table = PerformanceTable.From(run);
        ReturnStatistics returns = ReturnStatistics.From(run);
        ReportFile.Write(path, writer => WritePage(new HtmlWriter(writer), run, table, returns));
    }

    private static void WritePage(HtmlWriter html, RunRecord run, PerformanceTable table, ReturnStatistics returns)
    {
        TradeStatistics trades = table.Overall.Trades;
        string title = run.Title.Length > 0 ? run.Title : "Run report";
        html.Write($"""
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/><meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <link rel="icon" href="data:,"/><title>{title}</title><style>
            """);
        html.WriteRaw(PageStyle.Css);
        html.Write($"</style></head><body><main>\n");
        SummarySection.Write(html, run, title, trades, returns);
        TargetsSection.Write(html, run, trades, returns);
        CurveSection.Write(html, run);
        html.Write($"<div class=\"pair\">");
        TradeBarsSection.WritePnl(html, run.Trades);
        TradeBarsSection.WriteDistribution(html, run.Trades);
        html.Write($"</div>\n");
        ReturnsTable.Write(html, returns);
        SpansSection.Write(html, run);
        FiguresSection.Write(html, run, trades, returns);
        BreakdownSection.Write(html, table, run.NetPnl);
        OrdersSection.Write(html, run, table.Overall);
        ReasonsSection.Write(html, run, trades);
        LatencySection.Write(html, run);
        PositionsSection.Write(html, run.OpenPositions);
        TradesSection.Write(html, run.Trades);
        ReplaySection.Write(html, run);
        html.Write($"</main></body></html>\n");
    }
}
