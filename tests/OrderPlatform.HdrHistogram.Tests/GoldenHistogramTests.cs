using System.Globalization;
using System.Text.Json;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>The reference implementation's histograms, recorded, encoded and decoded here.</summary>
[TestFixture]
internal sealed class GoldenHistogramTests
{
    private static IEnumerable<string> Names => Golden.Names;

    [TestCaseSource(nameof(Names))]
    public void Recording_the_same_values_encodes_to_the_same_bytes(string name) =>
        Assert.That(HistogramEncoder.Encode(Golden.Recorded(name)), Is.EqualTo(Golden.Bytes(name, "v2")));

    [TestCaseSource(nameof(Names))]
    public void A_decoded_encoding_encodes_to_the_same_bytes(string name)
    {
        byte[] plain = Golden.Bytes(name, "v2");
        Assert.Multiple(() =>
        {
            Assert.That(HistogramEncoder.Encode(HistogramDecoder.Decode(plain)), Is.EqualTo(plain));
            Assert.That(HistogramEncoder.Encode(HistogramDecoder.Decode(Golden.Bytes(name, "v2Compressed"))), Is.EqualTo(plain));
        });
    }

    [TestCaseSource(nameof(Names))]
    public void Compressing_and_decoding_gives_the_same_histogram(string name)
    {
        LongHistogram histogram = Golden.Recorded(name);
        string base64 = HistogramEncoder.ToBase64(histogram);
        Assert.That(base64, Does.StartWith("HISTFAAA"));
        Assert.That(HistogramDecoder.DecodeBase64(base64).HasSameCountsAs(histogram), Is.True);
    }

    [TestCaseSource(nameof(Names))]
    public void A_recorded_histogram_answers_as_the_reference_does(string name) => AssertAnswers(Golden.Recorded(name), Golden.Histograms[name]);

    [TestCaseSource(nameof(Names))]
    public void A_decoded_histogram_answers_as_the_reference_does(string name) =>
        AssertAnswers(HistogramDecoder.Decode(Golden.Bytes(name, "v2Compressed")), Golden.Histograms[name]);

    [TestCaseSource(nameof(Names))]
    public void Several_percentiles_in_one_pass_are_those_asked_one_by_one(string name)
    {
        LongHistogram histogram = Golden.Recorded(name);
        double[] percentiles = [0, 0, 1, 10, 50, 75, 90, 99, 99.9, 99.99, 100, 100];
        long[] values = new long[percentiles.Length];
        histogram.GetValuesAtPercentiles(percentiles, values);
        Assert.That(values, Is.EqualTo(percentiles.Select(histogram.GetValueAtPercentile)));
    }

    private static void AssertAnswers(LongHistogram histogram, JsonElement golden)
    {
        Assert.Multiple(() =>
        {
            Assert.That(histogram.LowestDiscernibleValue, Is.EqualTo(golden.GetProperty("lowest").GetInt64()));
            Assert.That(histogram.HighestTrackableValue, Is.EqualTo(golden.GetProperty("highest").GetInt64()));
            Assert.That(histogram.NumberOfSignificantValueDigits, Is.EqualTo(golden.GetProperty("digits").GetInt32()));
            Assert.That(histogram.TotalCount, Is.EqualTo(golden.GetProperty("totalCount").GetInt64()));
            Assert.That(histogram.GetMinValue(), Is.EqualTo(golden.GetProperty("min").GetInt64()));
            Assert.That(histogram.GetMinNonZeroValue(), Is.EqualTo(golden.GetProperty("minNonZero").GetInt64()));
            Assert.That(histogram.GetMaxValue(), Is.EqualTo(golden.GetProperty("max").GetInt64()));
            Assert.That(histogram.GetMean(), Is.EqualTo(golden.GetProperty("mean").GetDouble()));
            Assert.That(histogram.GetStdDeviation(), Is.EqualTo(golden.GetProperty("stdDev").GetDouble()));
            foreach (JsonProperty percentile in golden.GetProperty("percentiles").EnumerateObject())
            {
                double asked = double.Parse(percentile.Name, CultureInfo.InvariantCulture);
                Assert.That(histogram.GetValueAtPercentile(asked), Is.EqualTo(percentile.Value.GetInt64()), percentile.Name);
            }

            Assert.That(histogram.RecordedValues().Count(), Is.EqualTo(golden.GetProperty("recordedBuckets").GetInt32()));
            Assert.That(
                histogram.RecordedValues().Take(40).Select(static step => (step.ValueIteratedTo, step.CountAtValueIteratedTo)),
                Is.EqualTo(golden.GetProperty("firstBuckets").EnumerateArray().Select(static pair => (pair[0].GetInt64(), pair[1].GetInt64()))));
        });
    }
}
