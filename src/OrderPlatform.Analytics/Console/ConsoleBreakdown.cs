namespace OrderPlatform.Analytics;

/// <summary>A row for each client, strategy, venue or symbol, where there is more than one; sides are among the trades' own lines.</summary>
internal static class ConsoleBreakdown
{
    /// <summary>Rows shown of each kind; performance.csv has all.</summary>
    private const int RowsMax = 8;

    private const int NameWidth = 16;

    internal static void Write(TextWriter writer, PerformanceTable table)
    {
        foreach (PerformanceDimension dimension in (ReadOnlySpan<PerformanceDimension>)
            [PerformanceDimension.Client, PerformanceDimension.Strategy, PerformanceDimension.Venue, PerformanceDimension.Instrument])
        {
            IReadOnlyList<PerformanceRow> rows = table.By(dimension);
            if (rows.Count > 1)
            {
                WriteRows(writer, dimension, rows);
            }
        }
    }

    private static void WriteRows(TextWriter writer, PerformanceDimension dimension, IReadOnlyList<PerformanceRow> rows)
    {
        writer.Write('\n');
        WriteRow(writer, "by " + Describe.Dimension(dimension), "trades", "won", "net P&L", "orders", "filled", "rejected", "slippage", "fees bps");
        foreach (PerformanceRow row in rows.Take(RowsMax))
        {
            WriteRow(
                writer,
                ConsoleReport.Fit(row.Key.Name, NameWidth),
                ReportText.Count(row.Trades.Count),
                ReportText.Percent(row.Trades.All.WinRate, 1),
                ReportText.Signed(row.Trades.All.NetPnl),
                ReportText.Count(row.Orders.Count),
                ReportText.Percent(row.Orders.FillRatio ?? row.Orders.MeanFillRatio, 1),
                ReportText.Percent(row.Orders.RejectionRate, 1),
                Number(row.Orders.DecisionCost.BasisPoints),
                Number(row.Orders.FeeBasisPoints));
        }

        if (rows.Count > RowsMax)
        {
            ConsoleReport.Line(writer, "", $"and {rows.Count - RowsMax} more");
        }
    }

    private static void WriteRow(TextWriter writer, string name, params ReadOnlySpan<string> cells)
    {
        writer.Write(name.PadRight(NameWidth));
        for (int i = 0; i < cells.Length; i++)
        {
            writer.Write(cells[i].PadLeft(i == 2 ? 16 : 10));
        }

        writer.Write('\n');
    }

    private static string Number(double? value) => value is { } known ? ReportText.Number(known, 2) : ReportText.Undefined;
}
