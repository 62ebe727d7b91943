using System.Globalization;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Analytics;

/// <summary>How long orders took, in the run's own time (R93, R95): a table and the picture of percentiles.</summary>
internal static class LatencySection
{
    private const double NanosPerMilli = 1_000_000;

    internal static void Write(HtmlWriter html, RunRecord run)
    {
        (string Name, LongHistogram? Nanos)[] measures =
        [
            ("Sending to the venue's answer", run.AnswerLatencyNanos), ("Sending to the first fill", run.FillLatencyNanos),
        ];
        (string Name, LongHistogram Nanos)[] measured =
            [.. measures.Where(static one => one.Nanos is { TotalCount: > 0 }).Select(static one => (one.Name, one.Nanos!))];
        html.Write($"<section id=\"latency\"><h2>Execution latency</h2>");
        Table.Open(
            html, Column.Text("Milliseconds of the run's time"), Column.Number("Orders"), Column.Number("Mean"), Column.Number("Median"),
            Column.Number("90 %"), Column.Number("99 %"), Column.Number("Longest"));
        foreach ((string name, LongHistogram nanos) in measured)
        {
            WriteRow(html, name, nanos);
        }

        if (measured.Length == 0)
        {
            Table.EmptyRow(html, 7, "No order was answered.");
        }

        Table.Close(html);
        WritePicture(html, measured);
        html.Write($"</section>\n");
    }

    private static void WriteRow(HtmlWriter html, string name, LongHistogram nanos)
    {
        html.Write($"<tr>");
        Table.Text(html, name);
        Table.Number(html, ReportText.Count(nanos.TotalCount));
        Table.Number(html, Millis(nanos.GetMean()));
        foreach (double percentile in (ReadOnlySpan<double>)[50, 90, 99, 100])
        {
            Table.Number(html, Millis(nanos.GetValueAtPercentile(percentile)));
        }

        html.Write($"</tr>");
    }

    private static void WritePicture(HtmlWriter html, (string Name, LongHistogram Nanos)[] measured)
    {
        if (measured.Length == 0)
        {
            return;
        }

        var chart = new PercentileChart { ValueLabel = "Latency", ValueUnit = "ms", ValueScale = NanosPerMilli, IsValueLogarithmic = true, Height = 360 };
        foreach ((string name, LongHistogram nanos) in measured)
        {
            chart.Add(name, nanos);
        }

        html.Write($"<div class=\"picture\">");
        html.WriteRaw(chart.ToSvg());
        html.Write($"</div>");
    }

    private static string Millis(double nanos) => (nanos / NanosPerMilli).ToString("#,0.###", CultureInfo.InvariantCulture);
}
