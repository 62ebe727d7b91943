using BenchmarkDotNet.Attributes;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>
/// Records 4,096 latencies as a service has them: a median of a microsecond, log-normal, every hundredth fifty times as long; their cells lie
/// in the first cache. The wide ones lie between 100 ns and 1 ms, as many in each factor of ten, and their cells do not. The baseline adds
/// one to a cell whose number is known.
/// </summary>
public class HistogramRecordBenchmark
{
    internal const int Values = 4_096;
    private const long Highest = 3_600_000_000_000;

    private readonly long[] _values = new long[Values];
    private readonly long[] _wideValues = new long[Values];
    private readonly int[] _cells = new int[Values];
    private readonly long[] _counts = new long[32_768];
    private readonly LongHistogram _histogram = new(Highest, 3);
    private readonly Recorder _recorder = new(1, Highest, 3);
    private readonly SingleWriterRecorder _single = new(1, Highest, 3);

    [GlobalSetup]
    public void Draw()
    {
        var random = new Random(42);
        for (int index = 0; index < Values; index++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            _values[index] = (long)(1_000 * Math.Exp(0.4 * normal)) * (index % 100 == 0 ? 50 : 1);
            _wideValues[index] = (long)Math.Pow(10, 2 + (4 * random.NextDouble()));
            _cells[index] = random.Next(2_048);
        }
    }

    [Benchmark(OperationsPerInvoke = Values, Baseline = true, Description = "array cell + 1")]
    public void ArrayCell()
    {
        long[] counts = _counts;
        foreach (int cell in _cells)
            counts[cell]++;
    }

    [Benchmark(OperationsPerInvoke = Values, Description = "LongHistogram.RecordValue")]
    public void Record()
    {
        LongHistogram histogram = _histogram;
        foreach (long value in _values)
            histogram.RecordValue(value);
    }

    [Benchmark(OperationsPerInvoke = Values, Description = "LongHistogram.RecordValue, wide")]
    public void RecordWide()
    {
        LongHistogram histogram = _histogram;
        foreach (long value in _wideValues)
            histogram.RecordValue(value);
    }

    [Benchmark(OperationsPerInvoke = Values, Description = "SingleWriterRecorder.RecordValue")]
    public void RecordSingleWriter()
    {
        SingleWriterRecorder recorder = _single;
        foreach (long value in _values)
            recorder.RecordValue(value);
    }

    [Benchmark(OperationsPerInvoke = Values, Description = "Recorder.RecordValue")]
    public void RecordMany()
    {
        Recorder recorder = _recorder;
        foreach (long value in _values)
            recorder.RecordValue(value);
    }
}
