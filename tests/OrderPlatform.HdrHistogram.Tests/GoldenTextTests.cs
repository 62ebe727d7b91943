using System.Globalization;
using System.Text.Json;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>The reference implementation's tables, distributions and iterations.</summary>
[TestFixture]
internal sealed class GoldenTextTests
{
    private static IEnumerable<TestCaseData> Distributions()
    {
        foreach ((string name, JsonElement golden) in Golden.Histograms)
        {
            if (!golden.TryGetProperty("hgrm", out JsonElement texts))
                continue;
            int ticks = texts.GetProperty("ticksPerHalfDistance").GetInt32();
            double ratio = texts.GetProperty("scalingRatio").GetDouble();
            yield return new TestCaseData(name, texts.GetProperty("file").GetString(), ticks, ratio, false);
            yield return new TestCaseData(name, texts.GetProperty("csv").GetString(), ticks, ratio, true);
        }

        yield return new TestCaseData("lcg-100k", "lcg-100k-ticks10-div1000.hgrm", 10, 1000.0, false);
    }

    [TestCaseSource(nameof(Distributions))]
    public void A_distribution_is_written_byte_for_byte_as_the_reference_does(string name, string file, int ticks, double ratio, bool isCsv)
    {
        using var writer = new StringWriter();
        Golden.Recorded(name).OutputPercentileDistribution(writer, ticks, ratio, isCsv);
        Assert.That(writer.ToString(), Is.EqualTo(Golden.Text(file)));
    }

    [Test]
    public void Values_count_the_same_as_in_the_reference()
    {
        var differences = new List<string>();
        foreach (string[] row in Golden.Rows("equivalence.tsv"))
        {
            long[] numbers = [.. row.Select(static cell => long.Parse(cell, CultureInfo.InvariantCulture))];
            var histogram = new LongHistogram(numbers[0], numbers[1], (int)numbers[2]);
            long value = numbers[3];
            long[] found =
            [
                histogram.LowestEquivalentValue(value), histogram.HighestEquivalentValue(value), histogram.MedianEquivalentValue(value),
                histogram.NextNonEquivalentValue(value), histogram.SizeOfEquivalentValueRange(value),
            ];
            if (!found.AsSpan().SequenceEqual(numbers.AsSpan(4)))
                differences.Add($"{string.Join(' ', row)}: found {string.Join(' ', found)}");
        }

        Assert.That(differences, Is.Empty);
    }

    [Test]
    public void Numbers_have_the_reference_s_bytes_both_ways()
    {
        Span<byte> bytes = stackalloc byte[ZigZagNumber.BytesMax];
        foreach (string[] row in Golden.Rows("zigzag-leb128.tsv"))
        {
            long value = long.Parse(row[0], CultureInfo.InvariantCulture);
            int length = ZigZagNumber.Write(bytes, value);
            Assert.That(Convert.ToHexStringLower(bytes[..length]), Is.EqualTo(row[1]), row[0]);
            Assert.That(ZigZagNumber.Length(value), Is.EqualTo(length), row[0]);
            Assert.That(ZigZagNumber.TryRead(bytes[..length], out long read), Is.EqualTo(length), row[0]);
            Assert.That(read, Is.EqualTo(value));
            Assert.That(ZigZagNumber.TryRead(bytes[..(length - 1)], out _), Is.Zero, "cut");
        }
    }

    [TestCase("percentiles(5)")]
    [TestCase("linear(100000)")]
    [TestCase("logarithmic(1000, 2)")]
    public void Iterations_stop_where_the_reference_does(string kind)
    {
        LongHistogram histogram = Golden.Recorded("lcg-100k");
        IEnumerable<HistogramIterationValue> steps = kind switch
        {
            "percentiles(5)" => histogram.Percentiles(5),
            "linear(100000)" => histogram.LinearBucketValues(100_000),
            _ => histogram.LogarithmicBucketValues(1000, 2),
        };
        Assert.That(
            steps.Select(static step => (step.ValueIteratedTo, step.CountAddedInThisIterationStep, step.TotalCountToThisValue, step.PercentileLevelIteratedTo)),
            Is.EqualTo(Golden.Json("iterators.json").GetProperty(kind).EnumerateArray()
                .Select(static step => (step[0].GetInt64(), step[1].GetInt64(), step[2].GetInt64(), step[3].GetDouble()))));
    }
}
