using FsCheck;
using FsCheck.Fluent;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>A sorted list of values, which anyone understands, beside the histogram.</summary>
public sealed class ModelTests
{
    private const long Highest = 3_600_000_000;
    private const int Seed = 20240711;

    private static readonly double[] Asked = [0, 0.1, 1, 5, 25, 33.3, 50, 66.6, 75, 90, 99, 99.9, 99.99, 100];

    private static Arbitrary<(long[] Values, int Digits, long Lowest)> Cases { get; } = (
        from values in Gen.Choose(0, int.MaxValue).Select(Spread).ListOf()
        from digits in Gen.Choose(0, 5)
        from lowest in Gen.Elements(1L, 3L, 1000L, 1024L)
        select (values.ToArray(), digits, lowest)).ToArbitrary();

    [FsCheck.NUnit.Property(MaxTest = 300, Replay = "20240711,1")]
    public Property Percentiles_are_those_of_the_sorted_list_within_a_cell() => Prop.ForAll(Cases, one =>
    {
        (LongHistogram histogram, List<long> model) = Both(one);
        foreach (double percentile in Asked)
        {
            long found = histogram.GetValueAtPercentile(percentile);
            if (model.Count == 0 ? found != 0 : !histogram.ValuesAreEquivalent(found, model[RankOf(percentile, model.Count) - 1]))
                return false;
        }

        return true;
    });

    [FsCheck.NUnit.Property(MaxTest = 300, Replay = "20240711,1")]
    public Property Counts_extremes_and_mean_are_those_of_the_list_within_a_cell() => Prop.ForAll(Cases, one =>
    {
        (LongHistogram histogram, List<long> model) = Both(one);
        if (histogram.TotalCount != model.Count)
            return false;
        if (model.Count == 0)
            return histogram.GetMaxValue() == 0 && histogram.GetMinValue() == 0 && histogram.GetMean() == 0 && histogram.GetStdDeviation() == 0;
        double width = Math.Max(histogram.SizeOfEquivalentValueRange(model[^1]), 1);
        double mean = model.Average(static value => (double)value);
        return histogram.GetMaxValue() == histogram.HighestEquivalentValue(model[^1])
            && histogram.GetMinValue() == histogram.LowestEquivalentValue(model[0])
            && Math.Abs(histogram.GetMean() - mean) <= width
            && model.All(value => histogram.GetCountAtValue(value) == model.Count(other => histogram.ValuesAreEquivalent(value, other)))
            && model.All(value => histogram.GetCountBetweenValues(0, value) == model.Count(other => other <= histogram.HighestEquivalentValue(value)));
    });

    [FsCheck.NUnit.Property(MaxTest = 200, Replay = "20240711,1")]
    public Property A_cell_is_narrower_than_its_digits_demand() => Prop.ForAll(Cases, one =>
    {
        (LongHistogram histogram, List<long> model) = Both(one);
        return model.All(value => histogram.SizeOfEquivalentValueRange(value) <= Math.Max(one.Lowest, value / Math.Pow(10, one.Digits)));
    });

    [FsCheck.NUnit.Property(MaxTest = 200, Replay = "20240711,1")]
    public Property Encoding_and_decoding_loses_nothing() => Prop.ForAll(Cases, one =>
    {
        LongHistogram histogram = Both(one).Histogram;
        return HistogramDecoder.Decode(HistogramEncoder.Encode(histogram)).HasSameCountsAs(histogram)
            && HistogramDecoder.Decode(HistogramEncoder.EncodeCompressed(histogram)).HasSameCountsAs(histogram);
    });

    [FsCheck.NUnit.Property(MaxTest = 200, Replay = "20240711,1")]
    public Property What_is_added_can_be_subtracted() => Prop.ForAll(Cases, one =>
    {
        LongHistogram histogram = Both(one).Histogram;
        LongHistogram sum = Both((Values(7, 50), one.Digits, one.Lowest)).Histogram;
        LongHistogram before = sum.Copy();
        sum.Add(histogram);
        bool isSum = sum.TotalCount == before.TotalCount + histogram.TotalCount;
        sum.Subtract(histogram);
        return isSum && sum.HasSameCountsAs(before);
    });

    [FsCheck.NUnit.Property(MaxTest = 200, Replay = "20240711,1")]
    public Property Correction_in_steps_of_cells_is_that_value_by_value() => Prop.ForAll(Cases, Gen.Choose(1, 1_000_000).ToArbitrary(), (one, pace) =>
    {
        var corrected = new LongHistogram(one.Lowest, Highest, one.Digits);
        var model = new LongHistogram(one.Lowest, Highest, one.Digits);
        foreach (long value in one.Values.Select(static value => value % 10_000_000))
        {
            // Paces of all magnitudes, but not so many steps that the model takes long.
            long interval = Math.Max(1 + (pace >> (pace % 20)), value / 5000);
            corrected.RecordValueWithExpectedInterval(value, interval);
            model.RecordValue(value);
            for (long missing = value - interval; missing >= interval; missing -= interval)
                model.RecordValue(missing);
        }

        return corrected.HasSameCountsAs(model);
    });

    [FsCheck.NUnit.Property(MaxTest = 100, Replay = "20240711,1")]
    public Property Steps_of_every_iteration_add_up_to_the_whole() => Prop.ForAll(Cases, one =>
    {
        (LongHistogram histogram, List<long> model) = Both((one.Values, Math.Min(one.Digits, 2), one.Lowest));
        IEnumerable<HistogramIterationValue>[] iterations =
        [
            histogram.RecordedValues(), histogram.AllValues(), histogram.Percentiles(3),
            histogram.LinearBucketValues(10_000_000), histogram.LogarithmicBucketValues(1000, 1.5),
        ];
        return iterations.All(steps => steps.Sum(static step => step.CountAddedInThisIterationStep) == model.Count
            && steps.Zip(steps.Skip(1)).All(static pair => pair.First.ValueIteratedTo <= pair.Second.ValueIteratedTo));
    });

    internal static long[] Values(int seed, int count)
    {
        var random = new Random(Seed + seed);
        return [.. Enumerable.Range(0, count).Select(_ => Spread(random.Next()))];
    }

    /// <summary>Small and large values alike often.</summary>
    private static long Spread(int number) => (long)(((uint)number * 2654435761L) % Highest) >> (number % 33);

    private static (LongHistogram Histogram, List<long> Model) Both((long[] Values, int Digits, long Lowest) one)
    {
        var histogram = new LongHistogram(one.Lowest, Highest, one.Digits);
        foreach (long value in one.Values)
            histogram.RecordValue(value);
        return (histogram, [.. one.Values.Order()]);
    }

    private static int RankOf(double percentile, int count) => Math.Max(1, (int)Math.Ceiling(Math.Max(0, Math.BitDecrement(percentile)) * count / 100));
}
