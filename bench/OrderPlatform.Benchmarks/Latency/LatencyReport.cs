using System.Globalization;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Latency;

/// <summary>Prints percentiles, writes the intervals as a histogram log and all contestants as one picture.</summary>
internal static class LatencyReport
{
    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 99.99, 100];

    public static void Print(TextWriter output, IReadOnlyList<LatencyResult> results)
    {
        output.WriteLine("nanoseconds                 p50        p90        p99      p99.9     p99.99        max");
        foreach (LatencyResult result in results)
        {
            Line(result.Name, result.Corrected);
            Line(result.Name + ", not corrected", result.Uncorrected);
        }

        void Line(string name, LongHistogram histogram) =>
            output.WriteLine(name.PadRight(20) + string.Concat(Percentiles.Select(percentile =>
                histogram.GetValueAtPercentile(percentile).ToString("N0", CultureInfo.InvariantCulture).PadLeft(11))));
    }

    public static void Write(string folder, LatencyOptions options, DateTimeOffset start, IReadOnlyList<LatencyResult> results)
    {
        Directory.CreateDirectory(folder);
        using (var log = new HistogramLogWriter(File.Create(Path.Combine(folder, "latency.hlog"))))
        {
            log.WriteHeader(start, FormattableString.Invariant($"open loop, {options.Rate} events/s of {options.SizeBytes} bytes, {options.Wait} consumer"));
            foreach (LongHistogram interval in results.SelectMany(static result => result.Intervals))
                log.Append(interval);
        }

        var chart = new PercentileChart
        {
            Title = FormattableString.Invariant($"{options.Rate:N0} events a second, open loop"),
            ValueUnit = "µs",
            ValueScale = 1_000,
            IsValueLogarithmic = true,
        };
        foreach (LatencyResult result in results)
            chart.Add(result.Name, result.Corrected);
        File.WriteAllText(Path.Combine(folder, "latency.svg"), chart.ToSvg());
    }
}
