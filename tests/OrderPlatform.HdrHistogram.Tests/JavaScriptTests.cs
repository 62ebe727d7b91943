using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>Another implementation, hdr-histogram-js, reads what is written here, and what it writes is read here.</summary>
[TestFixture]
internal sealed class JavaScriptTests
{
    private static readonly double[] Percentiles = [0, 10, 50, 90, 99, 99.9, 99.99, 100];

    private readonly NodePackage _package = new("hdr-histogram-js", "3.0.1", "HDR_HISTOGRAM_JS");
    private JsonElement _answer;

    [OneTimeSetUp]
    public void Ask()
    {
        string script = Path.Combine(TestContext.CurrentContext.TestDirectory, "JavaScript", "read.cjs");
        string[] histograms = [.. Histograms().Select(static one => HistogramEncoder.ToBase64(one))];
        string request = JsonSerializer.Serialize(new { histograms, log = Encoding.UTF8.GetString(LogTests.Written(5)) });
        _answer = JsonDocument.Parse(_package.Run(script, request)).RootElement;
    }

    [OneTimeTearDown]
    public void Remove() => _package.Dispose();

    [Test]
    public void It_reads_our_encodings() => Assert.That(
        _answer.GetProperty("histograms").EnumerateArray().Select(Described),
        Is.EqualTo(Histograms().Select(Described)));

    [Test]
    public void We_read_its_encodings() => Assert.That(
        _answer.GetProperty("histograms").EnumerateArray()
            .Select(static one => Described(HistogramDecoder.DecodeBase64(one.GetProperty("encoded").GetString()))),
        Is.EqualTo(Histograms().Select(Described)));

    [Test]
    public void It_reads_our_logs()
    {
        static string Times(long start, long end, string? tag) => string.Create(CultureInfo.InvariantCulture, $"{start} {end} {tag ?? "NO TAG"}");
        JsonElement[] found = [.. _answer.GetProperty("intervals").EnumerateArray()];
        List<LongHistogram> due = LogTests.Intervals(5);
        Assert.Multiple(() =>
        {
            Assert.That(found.Select(Described), Is.EqualTo(due.Select(Described)));
            Assert.That(
                found.Select(static one => Times(one.GetProperty("start").GetInt64(), one.GetProperty("end").GetInt64(), one.GetProperty("tag").GetString())),
                Is.EqualTo(due.Select(static one => Times(one.StartTimeStamp, one.EndTimeStamp, one.Tag))));
        });
    }

    /// <summary>Counts and values that a double holds exactly.</summary>
    private static List<LongHistogram> Histograms()
    {
        var small = new LongHistogram(3_600_000_000, 3);
        foreach (long value in (long[])[0, 1, 1, 2, 2047, 2048, 100_000])
            small.RecordValue(value);
        var spread = new LongHistogram(3_600_000_000, 3);
        foreach (long value in ModelTests.Values(5, 20_000))
            spread.RecordValue(value);
        var large = new LongHistogram(1_000_000, 2);
        large.RecordValueWithCount(7, 1L << 45);
        large.RecordValueWithCount(300, (1L << 44) + 12345);
        large.RecordValueWithCount(999_999, 3);
        var coarse = new LongHistogram(1, 1L << 45, 1);
        foreach (long value in ModelTests.Values(6, 3000))
            coarse.RecordValue(value * 5000);
        return [small, spread, large, coarse, Golden.Recorded("lcg-100k"), Golden.Recorded("co-record-time"), new LongHistogram(1000, 3)];
    }

    private static string Described(LongHistogram one) => string.Create(
        CultureInfo.InvariantCulture, $"{one.TotalCount} {one.GetMaxValue()} {string.Join(' ', Percentiles.Select(one.GetValueAtPercentile))}");

    private static string Described(JsonElement one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{one.GetProperty("total").GetDouble()} {one.GetProperty("max").GetDouble()} "
        + $"{string.Join(' ', one.GetProperty("percentiles").EnumerateArray().Select(static value => value.GetDouble()))}");
}
