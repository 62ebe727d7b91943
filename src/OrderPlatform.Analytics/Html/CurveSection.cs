using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>The three curves over one common time axis: equity, drawdown, and price with the fills on it.</summary>
internal static class CurveSection
{
    /// <summary>Fills drawn; more would make the page slow and the drawing black.</summary>
    internal const int MarksMax = 5_000;

    private const double Scale = FixedPoint.One;

    internal static void Write(HtmlWriter html, RunRecord run)
    {
        (long first, long last) = TimeRange(run);
        WriteEquity(html, run, first, last);
        WriteDrawdown(html, run, first, last);
        WritePrice(html, run, first, last);
    }

    private static void WriteEquity(HtmlWriter html, RunRecord run, long first, long last)
    {
        if (run.Equity.Count == 0)
        {
            ChartFrame.WriteEmpty(html, "equity", "Equity", "No equity was recorded.");
            return;
        }

        EquityPoint start = ReturnStatistics.StartOf(run);
        List<SeriesPoint> points = [.. run.Equity.Prepend(start).Select(p => new SeriesPoint(p.TimeNanos, p.Equity.Raw / Scale))];
        Axis values = Axis.Around(points.Select(p => p.Value));
        List<Tick> columns = TimeTicks.Between(first, last);
        ChartFrame.Open(html, "equity", "Equity", "dashed: the equity at the start", ValueTicks.Vertical(values), columns);
        double startDown = values.Down(start.Equity.Raw / Scale);
        html.Write($"<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"{startDown}%\" y2=\"{startDown}%\"/>");
        Curve.Draw(html, points, new Axis(first, last), values, values.Min, v => ReportText.Number(v, 2));
        ChartFrame.Close(html, columns);
    }

    private static void WriteDrawdown(HtmlWriter html, RunRecord run, long first, long last)
    {
        if (run.Equity.Count == 0)
        {
            ChartFrame.WriteEmpty(html, "drawdown", "Drawdown", "No equity was recorded.");
            return;
        }

        EquityPoint start = ReturnStatistics.StartOf(run);
        DrawdownTracker tracker = new(start.TimeNanos, start.Equity);
        List<SeriesPoint> points = [new SeriesPoint(start.TimeNanos, 0)];
        foreach (EquityPoint point in ReturnStatistics.WithoutDeposits(run.Equity, start))
        {
            tracker.Add(point.TimeNanos, point.Equity);
            points.Add(new SeriesPoint(point.TimeNanos, -100 * tracker.CurrentFraction));
        }

        double deepest = points.Min(p => p.Value);
        Axis values = new(deepest < 0 ? deepest * 1.08 : -1, 0);
        List<Tick> columns = TimeTicks.Between(first, last);
        ChartFrame.Open(html, "drawdown", "Drawdown", "below the highest equity so far", ValueTicks.Vertical(values, " %"), columns);
        Curve.Draw(html, points, new Axis(first, last), values, 0, v => ReportText.Number(v, 2) + " %");
        ChartFrame.Close(html, columns);
    }

    private static void WritePrice(HtmlWriter html, RunRecord run, long first, long last)
    {
        string instrument = run.PriceInstrument.Length > 0 ? run.PriceInstrument : run.Instrument;
        List<FillRecord> fills = run.Fills.FindAll(f => f.Instrument == instrument);
        fills = fills.Count > 0 ? fills : run.Fills;
        if (run.Prices.Count == 0 && fills.Count == 0)
        {
            ChartFrame.WriteEmpty(html, "price", "Price and fills", "No prices were recorded.");
            return;
        }

        List<SeriesPoint> points = [.. run.Prices.Select(p => new SeriesPoint(p.TimeNanos, p.Price.Raw / Scale))];
        Axis times = new(first, last);
        Axis values = Axis.Around(points.Select(p => p.Value).Concat(fills.Select(f => f.Price.Raw / Scale)));
        List<Tick> columns = TimeTicks.Between(first, last);
        ChartFrame.Open(html, "price", "Price and fills", Note(run, fills.Count), ValueTicks.Vertical(values), columns);
        Curve.Draw(html, points, times, values, null, v => ReportText.Amount((long)(v * Scale)));
        DefineMarks(html, fills.Count);
        int step = (fills.Count + MarksMax - 1) / MarksMax;
        for (int i = 0; i < fills.Count; i += step)
        {
            DrawMark(html, fills[i], times, values);
        }

        ChartFrame.Close(html, columns);
    }

    // Triangles with the tip at the price, smaller where there are many.
    private static void DefineMarks(HtmlWriter html, int fills)
    {
        double half = fills > 400 ? 2.6 : fills > 100 ? 4 : 5;
        html.Write($"<defs><path id=\"buy\" d=\"M0 0L{half} {2 * half}L{-half} {2 * half}z\"/>");
        html.Write($"<path id=\"sell\" d=\"M0 0L{half} {-2 * half}L{-half} {-2 * half}z\"/></defs>");
    }

    private static void DrawMark(HtmlWriter html, in FillRecord fill, Axis times, Axis values)
    {
        string side = fill.IsBuy ? "buy" : "sell";
        double x = times.Along(fill.TimeNanos);
        double y = values.Down(fill.Price.Raw / Scale);
        html.Write($"<use class=\"mark {side}\" href=\"#{side}\" x=\"{x}%\" y=\"{y}%\"><title>{side} {fill.Quantity.ToString()} at ");
        html.Write($"{fill.Price.ToString()}, {TimeText.Short(fill.TimeNanos)} UTC, position {fill.PositionAfter.ToString()}, ");
        html.Write($"fee {fill.Fee.ToString()}, {fill.Strategy}</title></use>");
    }

    private static string Note(RunRecord run, int fills)
    {
        string note = "▲ buy  ▼ sell";
        note += fills > MarksMax ? $"; one in {(fills + MarksMax - 1) / MarksMax} of {ReportText.Count(fills)} fills drawn" : "";
        return note + (fills < run.Fills.Count ? $"; {ReportText.Count(run.Fills.Count - fills)} of other instruments not drawn" : "");
    }

    private static (long First, long Last) TimeRange(RunRecord run)
    {
        IEnumerable<long> times = run.Equity.Select(p => p.TimeNanos)
            .Concat(run.Prices.Select(p => p.TimeNanos))
            .Concat(run.Fills.Select(f => f.TimeNanos));
        times = run.Equity.Count > 0 ? times.Append(ReturnStatistics.StartOf(run).TimeNanos) : times;
        long first = long.MaxValue;
        long last = long.MinValue;
        foreach (long time in times)
        {
            first = Math.Min(first, time);
            last = Math.Max(last, time);
        }

        return first <= last ? (first, last) : (0, 0);
    }
}
