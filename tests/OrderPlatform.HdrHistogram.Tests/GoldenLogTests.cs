using System.Text.Json;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>The reference implementation's logs.</summary>
[TestFixture]
internal sealed class GoldenLogTests
{
    [TestCase("absolute.hlog")]
    [TestCase("tagged.hlog")]
    [TestCase("no-header.hlog")]
    public void A_log_of_the_reference_reads_as_it_says(string file)
    {
        JsonElement golden = Golden.Json("logs-expected.json").GetProperty(file);
        using var reader = new HistogramLogReader(File.OpenRead(Golden.PathOf(file)));
        List<LongHistogram> found = [.. reader.ReadHistograms()];
        Assert.Multiple(() =>
        {
            Assert.That(found.Select(Described), Is.EqualTo(golden.GetProperty("histograms").EnumerateArray().Select(Described)));
            Assert.That(reader.StartTimeStamp, Is.EqualTo((long)Math.Round(golden.GetProperty("startTimeSec").GetDouble() * 1000)));
        });
    }

    [Test]
    public void What_was_read_writes_the_same_log_but_for_the_compressed_bytes()
    {
        using var stream = new MemoryStream();
        using (var reader = new HistogramLogReader(File.OpenRead(Golden.PathOf("tagged.hlog"))))
        using (var writer = new HistogramLogWriter(stream, leaveOpen: true))
        {
            writer.WriteHeader(DateTimeOffset.FromUnixTimeMilliseconds(1700000000123));
            foreach (LongHistogram histogram in reader.ReadHistograms())
                writer.Append(histogram);
            writer.WriteComment("trailing comment");
        }

        string[] written = System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        string[] golden = Golden.Text("tagged.hlog").Split('\n');
        Assert.That(written.Select(WithoutHistogram), Is.EqualTo(golden.Select(WithoutHistogram)));
    }

    private static string WithoutHistogram(string line) =>
        line.StartsWith("#[StartTime", StringComparison.Ordinal) ? line[..line.IndexOf(',', StringComparison.Ordinal)] : line.Split(",HISTFAAA")[0];

    private static string Described(LongHistogram one) =>
        $"{one.Tag} {one.StartTimeStamp} {one.EndTimeStamp} {one.TotalCount} "
        + $"{one.GetMaxValue()} {one.GetMean():R} {one.GetValueAtPercentile(50)} {one.GetValueAtPercentile(99)}";

    private static string Described(JsonElement one) =>
        $"{one.GetProperty("tag").GetString()} {one.GetProperty("startMs")} {one.GetProperty("endMs")} {one.GetProperty("totalCount")} "
        + $"{one.GetProperty("max")} {one.GetProperty("mean").GetDouble():R} {one.GetProperty("p50")} {one.GetProperty("p99")}";
}
