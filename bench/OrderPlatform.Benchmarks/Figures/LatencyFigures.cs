using OrderPlatform.Benchmarks.Latency;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>The open-loop harness, two seconds a contestant.</summary>
internal static class LatencyFigures
{
    private static readonly double[] Percentiles = [50, 99, 99.9];

    public static void Run()
    {
        var options = new LatencyOptions(Rate: 200_000, Seconds: 2, SizeBytes: 64, Waiting.Yielding);
        Dictionary<string, LatencyResult> results = LatencyHarness.Run(options).ToDictionary(static result => result.Name);
        foreach (double percentile in Percentiles)
        {
            long ring = results["ring"].Corrected.GetValueAtPercentile(percentile);
            foreach (string baseline in (string[])["channel", "queue"])
            {
                long other = results[baseline].Corrected.GetValueAtPercentile(percentile);
                Figure.Print(FormattableString.Invariant($"latency.p{percentile}"), ring, "ns", baseline, other, (double)other / ring);
            }
        }
    }
}
