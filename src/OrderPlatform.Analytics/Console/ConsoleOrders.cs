namespace OrderPlatform.Analytics;

/// <summary>How orders were executed, in five lines; nothing without orders.</summary>
internal static class ConsoleOrders
{
    internal static void Write(TextWriter writer, PerformanceRow row)
    {
        OrderStatistics orders = row.Orders;
        if (orders.Count + orders.Refused == 0)
        {
            return;
        }

        string rates = $"success {Rate(orders.SuccessRate)}   rejected {Rate(orders.RejectionRate)}   risk passed {Rate(orders.RiskPassRate)}";
        ConsoleReport.Line(writer, "execution", $"{Describe.Filled(orders)}   {rates}");
        ConsoleReport.Line(writer, "answer", Wait(orders.Answer));
        ConsoleReport.Line(writer, "fill", $"first {Wait(orders.FirstFill)}   whole {Wait(orders.WholeFill)}");
        string decision = $"{Describe.BasisPoints(orders.DecisionCost.BasisPoints)} from the decision";
        string arrival = $"{Describe.BasisPoints(orders.ArrivalCost.BasisPoints)} from sending";
        ConsoleReport.Line(writer, "slippage", $"{decision}, {arrival}   fees {Describe.BasisPoints(orders.FeeBasisPoints)}");
        ConsoleReport.Line(writer, "traded", $"{ReportText.Amount(orders.TradedValue)}   {Describe.Turnover(row)}");
    }

    private static string Rate(double? rate) => ReportText.Percent(rate, 1);

    private static string Wait(LatencyFigures? wait) => wait is not { } known
        ? ReportText.Undefined
        : $"mean {TimeText.Duration(known.MeanNanos)}, median {TimeText.Duration(known.MedianNanos)}, 99 % {TimeText.Duration(known.P99Nanos)}";
}
