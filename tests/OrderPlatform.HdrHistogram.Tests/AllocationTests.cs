namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>What runs beside a hot path allocates nothing.</summary>
[TestFixture]
internal sealed class AllocationTests
{
    private static readonly long[] Values = ModelTests.Values(1, 4096);
    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 100];

    [Test]
    public void Recording_allocates_nothing()
    {
        var histogram = new LongHistogram(3_600_000_000, 3);
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            foreach (long value in Values)
            {
                histogram.RecordValue(value);
                histogram.TryRecordValue(-value - 1);
                histogram.RecordValueWithCount(value, 2);
                histogram.RecordValueWithExpectedInterval(value, 100_000);
            }
        }), Is.Zero);
    }

    [Test]
    public void Recording_through_a_recorder_allocates_nothing()
    {
        var many = new Recorder(1, 3_600_000_000, 3);
        var single = new SingleWriterRecorder(1, 3_600_000_000, 3);
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            foreach (long value in Values)
            {
                many.RecordValue(value);
                many.TryRecordValue(-value - 1);
                single.RecordValue(value);
                single.RecordValueWithExpectedInterval(value, 100_000);
            }
        }), Is.Zero);
    }

    [Test]
    public void A_recycled_interval_allocates_nothing()
    {
        var recorder = new Recorder(1, 3_600_000_000, 3);
        LongHistogram interval = recorder.GetIntervalHistogram();
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            foreach (long value in Values)
                recorder.RecordValue(value);
            interval = recorder.GetIntervalHistogram(interval);
        }), Is.Zero);
        Assert.That(interval.TotalCount, Is.EqualTo(Values.Length));
    }

    [Test]
    public void Asking_allocates_nothing()
    {
        var histogram = new LongHistogram(3_600_000_000, 3);
        foreach (long value in Values)
            histogram.RecordValue(value);
        long[] values = new long[Percentiles.Length];
        byte[] encoded = new byte[HistogramEncoder.GetEncodedLength(histogram)];
        double sum = 0;
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            sum += histogram.GetValueAtPercentile(99.9) + histogram.GetMaxValue() + histogram.GetMinValue() + histogram.TotalCount;
            sum += histogram.GetMean() + histogram.GetStdDeviation() + histogram.GetPercentileAtOrBelowValue(77);
            histogram.GetValuesAtPercentiles(Percentiles, values);
            sum += HistogramEncoder.Encode(histogram, encoded);
        }), Is.Zero);
        Assert.That(sum, Is.Positive);
    }
}
