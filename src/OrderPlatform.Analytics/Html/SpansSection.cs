namespace OrderPlatform.Analytics;

/// <summary>The last day, week and month of the run beside all of it (R97); nothing if the run is not longer than a day.</summary>
internal static class SpansSection
{
    private static readonly (string Name, int Days)[] Spans = [("Last 24 hours", 1), ("Last 7 days", 7), ("Last 30 days", 30)];

    internal static void Write(HtmlWriter html, RunRecord run)
    {
        Int128 length = (Int128)run.LastTimeNanos - run.FirstTimeNanos;
        if (run.Equity.Count == 0 || length <= PeriodReturns.DayNanos)
        {
            return;
        }

        html.Write($"<section id=\"spans\"><h2>Newest spans of time</h2>");
        Table.Open(
            html, Column.Text("Span"), Column.Number("Trades"), Column.Number("Win rate"), Column.Number("P&L"), Column.Number("Return"),
            Column.Number("Sharpe"), Column.Number("Max drawdown"), Column.Number("Exposure"), Column.Number("Orders"), Column.Number("Success"));
        foreach ((string name, int days) in Spans)
        {
            if (length > days * (Int128)PeriodReturns.DayNanos)
            {
                WriteRow(html, name, SpanPerformance.Calculate(run, run.LastTimeNanos - (days * PeriodReturns.DayNanos), run.LastTimeNanos));
            }
        }

        WriteRow(html, "All", SpanPerformance.Calculate(run, run.FirstTimeNanos - 1, run.LastTimeNanos));
        Table.Close(html);
        html.Write($"</section>\n");
    }

    private static void WriteRow(HtmlWriter html, string name, SpanPerformance span)
    {
        OrderStatistics orders = span.Table.Overall.Orders;
        html.Write($"<tr>");
        Table.Text(html, name);
        Table.Number(html, ReportText.Count(span.Table.Overall.Trades.Count));
        Table.Number(html, ReportText.Percent(span.WinRate, 1));
        Table.Number(html, ReportText.Signed(span.TotalPnl), SummarySection.Tone(span.TotalPnl.Raw));
        Table.Number(html, ReportText.SignedPercent(span.Returns.TotalReturn), SummarySection.Tone(span.TotalPnl.Raw));
        Table.Number(html, ReportText.Ratio(span.Sharpe));
        Table.Number(html, ReportText.Percent(span.Returns.LargestRelativeDrawdown?.Fraction));
        Table.Number(html, ReportText.Percent(span.Returns.Exposure, 1));
        Table.Number(html, ReportText.Count(orders.Count));
        Table.Number(html, ReportText.Percent(orders.SuccessRate, 1));
        html.Write($"</tr>\n");
    }
}
