using System.Text;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>Logs that this library writes, ranges, and lines that are wrong.</summary>
[TestFixture]
internal sealed class LogTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250);

    [Test]
    public void A_written_log_reads_back_with_tags_and_times()
    {
        byte[] log = Written(5);
        using var reader = new HistogramLogReader(new MemoryStream(log));
        List<LongHistogram> read = [.. reader.ReadHistograms()];
        Assert.Multiple(() =>
        {
            Assert.That(log[0], Is.EqualTo((byte)'#'), "no byte order mark");
            Assert.That(log, Has.None.EqualTo((byte)'\r'));
            Assert.That(
                read.Select(static one => (one.StartTimeStamp, one.EndTimeStamp, one.Tag)),
                Is.EqualTo(Intervals(5).Select(static one => (one.StartTimeStamp, one.EndTimeStamp, one.Tag))));
            Assert.That(read.Zip(Intervals(5)).All(static pair => pair.First.HasSameCountsAs(pair.Second)), Is.True);
        });
    }

    [Test]
    public void A_range_is_read_by_absolute_and_by_relative_times_with_both_ends()
    {
        using var absolute = new HistogramLogReader(new MemoryStream(Written(6)));
        using var relative = new HistogramLogReader(new MemoryStream(Written(6)));
        Assert.Multiple(() =>
        {
            Assert.That(absolute.ReadHistograms(Start.AddSeconds(1), Start.AddSeconds(3)).Select(SinceStart), Is.EqualTo((long[])[1000, 2000, 3000]));
            Assert.That(relative.ReadHistograms(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)).Select(SinceStart), Is.EqualTo((long[])[2000, 3000, 4000]));
        });
    }

    [Test]
    public void Without_a_base_time_stamps_a_year_before_the_start_are_relative()
    {
        string interval = HistogramEncoder.ToBase64(Intervals(1)[0]);
        using var reader = new HistogramLogReader(new StringReader($"#[StartTime: 1700000000.5 (seconds since epoch)]\n1.290,0.001,0.0,{interval}\r\n"));
        LongHistogram read = reader.ReadHistograms().Single();
        Assert.That((read.StartTimeStamp, read.EndTimeStamp), Is.EqualTo((1_700_000_001_790, 1_700_000_001_791)));
    }

    [TestCase("nonsense", "four fields")]
    [TestCase("1.0,1.0,1.0", "four fields")]
    [TestCase("Tag=,1.0,1.0,1.0,HISTFAAA", "four fields")]
    [TestCase("Tag=a", "four fields")]
    [TestCase("Tag=a b,1.0,1.0,1.0,@", "no tag")]
    [TestCase("x,1.0,1.0,HISTFAAA", "start of the interval is no number of seconds: \"x\"")]
    [TestCase("1.0,,1.0,HISTFAAA", "length of the interval is no number")]
    [TestCase("1.0,-1.0,1.0,HISTFAAA", "negative length")]
    [TestCase("99999999999999999999,1.0,1.0,HISTFAAA", "start of the interval")]
    [TestCase("1.0,1.0,1.0,HIST*", "no base64")]
    [TestCase("#[StartTime: soon]", "start time")]
    [TestCase("#[BaseTime: ", "base time")]
    [TestCase("1.0,1.0,1.0,HISTFAAAACZ4", "zlib stream has 38 bytes")]
    public void A_malformed_line_ends_the_read_with_its_number_or_is_skipped_and_told(string line, string reason)
    {
        string good = HistogramEncoder.ToBase64(Intervals(1)[0]);
        string log = $"#comment\n\n{line.Replace("@", good, StringComparison.Ordinal)}\n2.0,1.0,1.0,{good}";
        using var strict = new HistogramLogReader(new StringReader(log));
        HistogramFormatException? error = Assert.Throws<HistogramFormatException>(() => strict.ReadHistograms().Count());
        Assert.That(error!.LineNumber, Is.EqualTo(3));
        Assert.That(error.Message, Does.StartWith("Line 3: ").And.Contain(reason));

        List<long?> told = [];
        using var lenient = new HistogramLogReader(new StringReader(log), new HistogramLogReaderOptions { OnMalformedLine = one => told.Add(one.LineNumber) });
        Assert.That(lenient.ReadHistograms().Count(), Is.EqualTo(1));
        Assert.That(told, Is.EqualTo((long?[])[3]));
    }

    [Test]
    public void No_millisecond_is_lost_between_writing_and_reading()
    {
        for (long millis = 1_700_000_000_000; millis < 1_700_000_010_000; millis++)
        {
            Assert.That(LogStamp.TryParse(LogStamp.Format(millis), out decimal absolute), Is.True);
            Assert.That(LogStamp.ToMillis(absolute), Is.EqualTo(millis));
            Assert.That(LogStamp.TryParse(LogStamp.Format(millis - 1_700_000_001_000), out decimal relative), Is.True);
            Assert.That(LogStamp.ToMillis(relative), Is.EqualTo(millis - 1_700_000_001_000));
        }
    }

    [Test]
    public void A_line_longer_than_allowed_is_told_and_the_next_one_is_read()
    {
        string good = HistogramEncoder.ToBase64(Intervals(1)[0]);
        List<string> told = [];
        var options = new HistogramLogReaderOptions { LineLengthMax = 5000, OnMalformedLine = one => told.Add(one.Message) };
        using var reader = new HistogramLogReader(new StringReader($"#{new string('x', 20_000)}\n2.0,1.0,1.0,{good}\n"), options);
        Assert.That(reader.ReadHistograms().Count(), Is.EqualTo(1));
        Assert.That(told.Single(), Does.StartWith("Line 1: The line has 20001 characters, and 5000 are allowed"));
    }

    [Test]
    public void A_log_in_utf_16_reads_too()
    {
        byte[] log = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Written(2)))];
        using var reader = new HistogramLogReader(new MemoryStream(log));
        Assert.That(reader.ReadHistograms().Count(), Is.EqualTo(2));
    }

    [Test]
    public void An_interval_that_ends_before_it_starts_is_refused()
    {
        using var writer = new HistogramLogWriter(new StringWriter());
        Assert.That(() => writer.Append(new LongHistogram(10, 1) { StartTimeStamp = 5, EndTimeStamp = 4 }), Throws.ArgumentException);
    }

    internal static List<LongHistogram> Intervals(int count) => [.. Enumerable.Range(0, count).Select(number =>
    {
        var interval = new LongHistogram(1, 3_600_000_000, 3)
        {
            StartTimeStamp = Start.ToUnixTimeMilliseconds() + (number * 1000),
            EndTimeStamp = Start.ToUnixTimeMilliseconds() + (number * 1000) + 999,
            Tag = number % 2 == 0 ? null : $"gateway-{number}",
        };
        foreach (long value in ModelTests.Values(number, 1000 * number))
            interval.RecordValue(value);
        return interval;
    })];

    private static long SinceStart(LongHistogram interval) => interval.StartTimeStamp - Start.ToUnixTimeMilliseconds();

    internal static byte[] Written(int count)
    {
        using var stream = new MemoryStream();
        HistogramLogWriter.Write(stream, Start, [.. Intervals(count)]);
        return stream.ToArray();
    }
}
