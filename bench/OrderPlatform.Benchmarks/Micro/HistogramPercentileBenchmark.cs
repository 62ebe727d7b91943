using BenchmarkDotNet.Attributes;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>Percentiles of a million latencies. The baseline sums the same number of cells: what a pass over the counts costs at least.</summary>
public class HistogramPercentileBenchmark
{
    private readonly LongHistogram _histogram = new(3_600_000_000_000, 3);
    private readonly long[] _counts = new long[18_000];
    private readonly double[] _percentiles = [50, 90, 99, 99.9, 99.99, 100];
    private readonly long[] _values = new long[6];

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(42);
        for (int index = 0; index < 1_000_000; index++)
            _histogram.RecordValue((long)Math.Pow(10, 2 + (4 * random.NextDouble())));
    }

    [Benchmark(Baseline = true, Description = "sum of 18,000 cells")]
    public long Sum()
    {
        long sum = 0;
        foreach (long count in _counts)
            sum += count;
        return sum;
    }

    [Benchmark(Description = "one percentile")]
    public long One() => _histogram.GetValueAtPercentile(99.9);

    [Benchmark(Description = "six percentiles in one pass")]
    public void Six() => _histogram.GetValuesAtPercentiles(_percentiles, _values);
}
