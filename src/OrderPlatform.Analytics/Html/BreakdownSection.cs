using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>The figures by client, strategy, venue, symbol and side, each where there is more than one (R94, R102).</summary>
internal static class BreakdownSection
{
    /// <summary>Rows of one table; performance.csv has all.</summary>
    internal const int RowsMax = 100;

    internal static void Write(HtmlWriter html, PerformanceTable table, Money netPnl)
    {
        PerformanceDimension[] several = [.. Enum.GetValues<PerformanceDimension>().Where(dimension => table.By(dimension).Count > 1)];
        if (several.Length == 0)
        {
            return;
        }

        html.Write($"<section id=\"breakdown\"><h2>By whom, where and what</h2>");
        foreach (PerformanceDimension dimension in several)
        {
            WriteTable(html, dimension, table.By(dimension));
        }

        // Rows hold closed trades; what is still open is in the whole alone.
        Money open = netPnl - table.Overall.Trades.All.NetPnl;
        html.Write($"<p class=\"empty\">Net P&amp;L is that of closed trades; ");
        html.Write($"{ReportText.Signed(open)} of the run's lies in what was still open.</p></section>\n");
    }

    private static void WriteTable(HtmlWriter html, PerformanceDimension dimension, IReadOnlyList<PerformanceRow> rows)
    {
        string title = Describe.Dimension(dimension);
        Table.Open(
            html, Column.Text(char.ToUpperInvariant(title[0]) + title[1..]), Column.Number("Trades"), Column.Number("Win rate"), Column.Number("Net P&L"),
            Column.Number("Profit factor"), Column.Number("Exposure"), Column.Number("Orders"), Column.Number("Filled"), Column.Number("Rejected"),
            Column.Number("Risk passed"), Column.Number("Answer, mean"), Column.Number("Slippage"), Column.Number("Fees"), Column.Number("Traded"));
        foreach (PerformanceRow row in rows.Take(RowsMax))
        {
            WriteRow(html, row);
        }

        if (rows.Count > RowsMax)
        {
            Table.EmptyRow(html, 14, $"The first {RowsMax} of {rows.Count}; performance.csv has all.");
        }

        Table.Close(html);
    }

    private static void WriteRow(HtmlWriter html, PerformanceRow row)
    {
        TradeStatistics trades = row.Trades;
        OrderStatistics orders = row.Orders;
        html.Write($"<tr>");
        Table.Text(html, row.Key.Name.Length == 0 ? "–" : row.Key.Name);
        Table.Number(html, ReportText.Count(trades.Count));
        Table.Number(html, ReportText.Percent(trades.All.WinRate, 1));
        Table.Number(html, ReportText.Signed(trades.All.NetPnl), SummarySection.Tone(trades.All.NetPnl.Raw));
        Table.Number(html, FiguresSection.ProfitFactor(trades));
        Table.Number(html, ReportText.Percent(row.Exposure, 1));
        Table.Number(html, ReportText.Count(orders.Count));
        Table.Number(html, ReportText.Percent(orders.FillRatio ?? orders.MeanFillRatio, 1));
        Table.Number(html, ReportText.Percent(orders.RejectionRate, 1));
        Table.Number(html, ReportText.Percent(orders.RiskPassRate, 1));
        Table.Number(html, orders.Answer is { } answer ? TimeText.Duration(answer.MeanNanos) : ReportText.Undefined);
        Table.Number(html, Describe.BasisPoints(orders.DecisionCost.BasisPoints));
        Table.Number(html, Describe.BasisPoints(orders.FeeBasisPoints));
        Table.Number(html, ReportText.Amount(orders.TradedValue));
        html.Write($"</tr>\n");
    }
}
