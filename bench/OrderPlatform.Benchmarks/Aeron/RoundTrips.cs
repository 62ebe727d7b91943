using System.Diagnostics;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Aeron;

/// <summary>Contestants' round trips, some of each in turn, one histogram each, in nanoseconds.</summary>
internal sealed class RoundTrips
{
    private const int Warmups = 2;
    private const long LongestNs = 1_000_000_000;

    private readonly Dictionary<string, LongHistogram> _histograms = [];

    public RoundTrips(IReadOnlyList<(string Name, Action Trip)> contestants, int rounds, int tripsPerRound)
    {
        foreach ((string name, _) in contestants)
            _histograms[name] = new LongHistogram(LongestNs, 3);
        for (int round = -Warmups; round < rounds; round++)
        {
            foreach ((string name, Action trip) in contestants)
                Run(trip, tripsPerRound, round < 0 ? null : _histograms[name]);
        }
    }

    public IEnumerable<string> Names => _histograms.Keys;

    public long Percentile(string name, double percentile) => _histograms[name].GetValueAtPercentile(percentile);

    private static void Run(Action trip, int count, LongHistogram? histogram)
    {
        double nanosPerTick = 1e9 / Stopwatch.Frequency;
        for (int done = 0; done < count; done++)
        {
            long start = Stopwatch.GetTimestamp();
            trip();
            long nanos = (long)((Stopwatch.GetTimestamp() - start) * nanosPerTick);
            histogram?.RecordValue(Math.Min(nanos, LongestNs));
        }
    }
}
