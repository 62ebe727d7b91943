using System.Globalization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// <c>performance.csv</c>: one line overall and one for each client, strategy, venue, symbol and side. Amounts are exact decimals, shares fractions, slippage
/// and fees in hundredths of a percent, times in nanoseconds; what cannot be said is an empty field. The columns are in README.md.
/// </summary>
public static class PerformanceCsv
{
    /// <summary>Writes the table.</summary>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, PerformanceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        (string Name, Func<PerformanceRow, string> Text)[] columns = [.. TradeColumns(), .. OrderColumns(), .. Waits()];
        ReportFile.Write(path, writer =>
        {
            CsvText.WriteLine(writer, [.. columns.Select(static column => column.Name)]);
            foreach (PerformanceDimension dimension in Enum.GetValues<PerformanceDimension>())
            {
                foreach (PerformanceRow row in table.By(dimension))
                {
                    CsvText.WriteLine(writer, [.. columns.Select(column => column.Text(row))]);
                }
            }
        });
    }

    private static (string Name, Func<PerformanceRow, string> Text)[] TradeColumns() =>
    [
        ("dimension", static r => Describe.Dimension(r.Key.Dimension)),
        ("name", static r => r.Key.Name),
        ("trades", static r => Text(r.Trades.Count)),
        ("won", static r => Text(r.Trades.All.Winners)),
        ("lost", static r => Text(r.Trades.All.Losers)),
        ("even", static r => Text(r.Trades.All.Even)),
        ("grossPnl", static r => r.Trades.All.GrossPnl.ToString()),
        ("fees", static r => r.Trades.All.Fees.ToString()),
        ("funding", static r => r.Trades.All.Funding.ToString()),
        ("netPnl", static r => r.Trades.All.NetPnl.ToString()),
        ("winRate", static r => Text(r.Trades.All.WinRate)),
        ("profitFactor", static r => Text(r.Trades.ProfitFactor)),
        ("expectancy", static r => Text(r.Trades.Expectancy)),
        ("averageWin", static r => Text(r.Trades.AverageWin)),
        ("averageLoss", static r => Text(r.Trades.AverageLoss)),
        ("averageAdverse", static r => Text(r.Trades.Excursions.AverageAdverse)),
        ("averageFavourable", static r => Text(r.Trades.Excursions.AverageFavourable)),
        ("averageHeldNanos", static r => r.Trades.Count == 0 ? "" : Text(r.Trades.Durations.AverageNanos)),
        ("exposure", static r => Text(r.Exposure)),
    ];

    private static (string Name, Func<PerformanceRow, string> Text)[] OrderColumns() =>
    [
        ("orders", static r => Text(r.Orders.Count)),
        ("filled", static r => Text(r.Orders.Filled)),
        ("partlyFilled", static r => Text(r.Orders.PartlyFilled)),
        ("rejected", static r => Text(r.Orders.Rejected)),
        ("refused", static r => Text(r.Orders.Refused)),
        ("fillRatio", static r => Text(r.Orders.FillRatio)),
        ("meanFillRatio", static r => Text(r.Orders.MeanFillRatio)),
        ("successRate", static r => Text(r.Orders.SuccessRate)),
        ("rejectionRate", static r => Text(r.Orders.RejectionRate)),
        ("riskPassRate", static r => Text(r.Orders.RiskPassRate)),
        ("decisionSlippage", static r => r.Orders.DecisionCost.Cost.ToString()),
        ("decisionSlippageBps", static r => Text(r.Orders.DecisionCost.BasisPoints)),
        ("arrivalSlippage", static r => r.Orders.ArrivalCost.Cost.ToString()),
        ("arrivalSlippageBps", static r => Text(r.Orders.ArrivalCost.BasisPoints)),
        ("tradedValue", static r => r.Orders.TradedValue.ToString()),
        ("orderFees", static r => r.Orders.Fees.ToString()),
        ("feeBps", static r => Text(r.Orders.FeeBasisPoints)),
        ("turnover", static r => Text(r.Turnover)),
    ];

    private static IEnumerable<(string Name, Func<PerformanceRow, string> Text)> Waits() =>
        new (string Name, Func<PerformanceRow, LatencyFigures?> Of)[]
        {
            ("answer", static r => r.Orders.Answer),
            ("firstFill", static r => r.Orders.FirstFill),
            ("wholeFill", static r => r.Orders.WholeFill),
        }.SelectMany(static wait => new (string Name, Func<PerformanceRow, string> Text)[]
        {
            (wait.Name + "MeanNanos", r => Text(wait.Of(r)?.MeanNanos)),
            (wait.Name + "P50Nanos", r => Text(wait.Of(r)?.MedianNanos)),
            (wait.Name + "P99Nanos", r => Text(wait.Of(r)?.P99Nanos)),
        });

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Text(Money? value) => value?.ToString() ?? "";
}
