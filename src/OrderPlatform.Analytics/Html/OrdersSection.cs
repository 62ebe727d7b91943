namespace OrderPlatform.Analytics;

/// <summary>How orders were executed and what that cost (R95, R98); nothing without orders.</summary>
internal static class OrdersSection
{
    internal static void Write(HtmlWriter html, RunRecord run, PerformanceRow row)
    {
        OrderStatistics orders = row.Orders;
        if (orders.Count + orders.Refused == 0)
        {
            return;
        }

        html.Write($"<section id=\"orders\"><h2>Orders</h2><div class=\"lists\">");
        WriteOutcomes(html, orders);
        WriteWaits(html, orders);
        WriteCosts(html, row);
        html.Write($"</div>");
        WriteChecks(html, run.Checks);
        html.Write($"</section>\n");
    }

    private static void WriteChecks(HtmlWriter html, Dictionary<string, CheckCount> checks)
    {
        if (checks.Count == 0)
        {
            return;
        }

        Table.Open(html, Column.Text("Risk check"), Column.Number("Passed"), Column.Number("Refused"), Column.Number("Pass rate"));
        foreach ((string name, CheckCount count) in checks.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            html.Write($"<tr>");
            Table.Text(html, name);
            Table.Number(html, ReportText.Count(count.Passed));
            Table.Number(html, ReportText.Count(count.Failed));
            Table.Number(html, ReportText.Percent(count.PassRate));
            html.Write($"</tr>");
        }

        Table.Close(html);
    }

    private static void WriteOutcomes(HtmlWriter html, OrderStatistics orders)
    {
        html.Write($"<dl>");
        FiguresSection.Item(html, "Orders", ReportText.Count(orders.Count));
        FiguresSection.Item(html, "Ended", ReportText.Count(orders.Ended));
        FiguresSection.Item(html, "Filled completely (success)", CountAndRate(orders.Filled, orders.SuccessRate));
        FiguresSection.Item(html, "Ended with a part filled", ReportText.Count(orders.PartlyFilled));
        FiguresSection.Item(html, "Rejected by the venue", CountAndRate(orders.Rejected, orders.RejectionRate));
        FiguresSection.Item(html, "Filled, of the quantity", ReportText.Percent(orders.FillRatio, 1));
        FiguresSection.Item(html, "Filled, of an order on average", ReportText.Percent(orders.MeanFillRatio, 1));
        FiguresSection.Item(html, "Refused by the risk checks", ReportText.Count(orders.Refused));
        FiguresSection.Item(html, "Passed the risk checks", ReportText.Percent(orders.RiskPassRate, 1));
        html.Write($"</dl>");
    }

    private static void WriteWaits(HtmlWriter html, OrderStatistics orders)
    {
        html.Write($"<dl>");
        WriteWait(html, "Answer", orders.Answer);
        WriteWait(html, "First fill", orders.FirstFill);
        WriteWait(html, "Whole fill", orders.WholeFill);
        html.Write($"</dl>");
    }

    private static void WriteWait(HtmlWriter html, string name, LatencyFigures? wait)
    {
        if (wait is not { } known)
        {
            FiguresSection.Item(html, name, ReportText.Undefined);
            return;
        }

        FiguresSection.Item(html, $"{name}, mean", TimeText.Duration(known.MeanNanos));
        FiguresSection.Item(html, "– half within", TimeText.Duration(known.MedianNanos));
        FiguresSection.Item(html, "– 99 % within", TimeText.Duration(known.P99Nanos));
    }

    private static void WriteCosts(HtmlWriter html, PerformanceRow row)
    {
        OrderStatistics orders = row.Orders;
        html.Write($"<dl>");
        WriteCost(html, "Slippage from the decision", orders.DecisionCost);
        WriteCost(html, "Slippage from sending", orders.ArrivalCost);
        FiguresSection.Item(html, "Fees", ReportText.Amount(orders.Fees));
        FiguresSection.Item(html, "– of the traded value", Describe.BasisPoints(orders.FeeBasisPoints));
        FiguresSection.Item(html, "Traded value", ReportText.Amount(orders.TradedValue));
        FiguresSection.Item(html, "– over the mean equity", ReportText.Ratio(row.Turnover));
        html.Write($"</dl>");
    }

    private static void WriteCost(HtmlWriter html, string name, in ExecutionCost cost)
    {
        FiguresSection.Item(html, name, Describe.BasisPoints(cost.BasisPoints));
        if (cost.Orders > 0)
        {
            FiguresSection.Item(html, "– in money", ReportText.Signed(cost.Cost));
        }
    }

    private static string CountAndRate(int count, double? rate) =>
        rate is null ? ReportText.Count(count) : $"{ReportText.Count(count)} ({ReportText.Percent(rate, 1)} of the ended)";
}
