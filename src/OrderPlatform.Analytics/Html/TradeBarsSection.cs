using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>Bars of the trades: net P&amp;L one by one, and how their returns are distributed.</summary>
internal static class TradeBarsSection
{
    private const int BarsMax = 600;
    private const int BinsMax = 24;

    /// <summary>One bar a trade; of more than 600 trades, one bar for each row of equally many.</summary>
    internal static void WritePnl(HtmlWriter html, List<TradeRecord> trades)
    {
        if (trades.Count == 0)
        {
            ChartFrame.WriteEmpty(html, "pnl", "Net P&L by trade", "No trade was closed.");
            return;
        }

        int perBar = (trades.Count + BarsMax - 1) / BarsMax;
        List<double> bars = [.. trades.Chunk(perBar).Select(chunk => chunk.Sum(t => t.NetPnl.Raw / (double)FixedPoint.One))];
        Axis values = Axis.Around(bars.Append(0));
        Axis numbers = new(0.5, bars.Count + 0.5);
        List<Tick> columns = perBar == 1 ? ValueTicks.Horizontal(numbers, 8, stepMin: 1) : [];
        string note = perBar == 1 ? "in order of exit" : $"{perBar} trades a bar, in order of exit";
        ChartFrame.Open(html, "pnl", "Net P&L by trade", note, ValueTicks.Vertical(values), []);
        double width = 100.0 / bars.Count;
        for (int i = 0; i < bars.Count; i++)
        {
            string name = perBar == 1 ? Name(trades[i]) : $"trades {(i * perBar) + 1} to {Math.Min((i + 1) * perBar, trades.Count)}";
            DrawBar(html, i * width, width, values, bars[i], bars[i] < 0, $"{name}: {ReportText.Number(bars[i], 2)}");
        }

        DrawZero(html, values.Down(0));
        ChartFrame.Close(html, columns);
    }

    /// <summary>Trades by net return on the value entered, in bins of a round width with an edge at zero.</summary>
    internal static void WriteDistribution(HtmlWriter html, List<TradeRecord> trades)
    {
        if (trades.Count == 0)
        {
            ChartFrame.WriteEmpty(html, "distribution", "Distribution of trade returns", "No trade was closed.");
            return;
        }

        double[] returns = [.. trades.Select(t => 100 * t.ReturnFraction)];
        double step = ValueTicks.Step(Math.Max(returns.Max() - returns.Min(), 0.02), BinsMax);
        int first = (int)Math.Floor(returns.Min() / step);
        int[] counts = new int[(int)Math.Floor(returns.Max() / step) - first + 1];
        foreach (double value in returns)
        {
            counts[(int)Math.Floor(value / step) - first]++;
        }

        Axis values = new(0, counts.Max() * 1.08);
        Axis bins = new(first * step, (first + counts.Length) * step);
        List<Tick> columns = ValueTicks.Horizontal(bins, 7, unit: " %");
        ChartFrame.Open(html, "distribution", "Distribution of trade returns", "net, on the value entered", CountTicks(values), []);
        double width = 100.0 / counts.Length;
        for (int i = 0; i < counts.Length; i++)
        {
            double low = (first + i) * step;
            string text = $"{ReportText.Number(low, 3)} % to {ReportText.Number(low + step, 3)} %: {counts[i]} trades";
            DrawBar(html, i * width, width, values, counts[i], first + i < 0, text);
        }

        ChartFrame.Close(html, columns);
    }

    private static List<Tick> CountTicks(Axis axis)
    {
        double step = Math.Max(1, ValueTicks.Step(axis.Max, 5));
        return [.. Enumerable.Range(0, 6).Select(i => i * step).Where(v => v <= axis.Max).Select(v => new Tick(axis.Down(v), ReportText.Number(v, 0)))];
    }

    private static string Name(in TradeRecord trade) => $"trade {trade.Number}, {(trade.Side == TradeSide.Long ? "long" : "short")}, {trade.ExitReason}";

    private static void DrawBar(HtmlWriter html, double left, double width, Axis values, double value, bool isLoss, string title)
    {
        double top = values.Down(Math.Max(value, 0));
        double height = values.Down(Math.Min(value, 0)) - top;
        string tone = isLoss ? "loss" : "gain";
        html.Write($"<rect class=\"bar {tone}\" x=\"{left + (width * 0.08)}%\" width=\"{width * 0.84}%\" y=\"{top}%\" height=\"{height}%\">");
        html.Write($"<title>{title}</title></rect>");
    }

    private static void DrawZero(HtmlWriter html, double down) =>
        html.Write($"<line class=\"zero\" x1=\"0\" x2=\"100%\" y1=\"{down}%\" y2=\"{down}%\"/>");
}
