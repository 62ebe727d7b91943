using System.Globalization;
using System.Text;

namespace OrderPlatform.HdrHistogram;

/// <summary>
/// Writes interval histograms as an HdrHistogram log (.hlog, version 1.3): text in UTF-8 without a byte order mark, a line an interval, lines end in "\n",
/// numbers have a decimal point. Begin with <see cref="WriteHeader"/> or with the single lines of it.
/// </summary>
public sealed class HistogramLogWriter : IDisposable
{
    private readonly TextWriter _writer;
    private readonly bool _leaveOpen;
    private long _baseMillis;

    /// <summary>Writes to a stream, which is closed with the writer unless told otherwise.</summary>
    public HistogramLogWriter(Stream stream, bool leaveOpen = false)
        : this(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: leaveOpen), leaveOpen: false)
    {
    }

    /// <summary>Writes to a text writer, which should encode to UTF-8 without a byte order mark; it is closed with this one unless told otherwise.</summary>
    public HistogramLogWriter(TextWriter writer, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
        _leaveOpen = leaveOpen;
    }

    /// <summary>Writes a whole log: header and intervals.</summary>
    public static void Write(Stream stream, DateTimeOffset startTime, params ReadOnlySpan<LongHistogram> intervals)
    {
        using var writer = new HistogramLogWriter(stream, leaveOpen: true);
        writer.WriteHeader(startTime);
        foreach (LongHistogram interval in intervals)
            writer.Append(interval);
    }

    /// <summary>Comment, version, start time, the same as base time, and the legend: intervals are then stamped relative to the start.</summary>
    public void WriteHeader(DateTimeOffset startTime, string? comment = null)
    {
        if (comment is not null)
            WriteComment(comment);
        WriteLogFormatVersion();
        WriteStartTime(startTime);
        WriteBaseTime(startTime);
        WriteLegend();
    }

    /// <summary>A comment; each of its lines becomes one.</summary>
    public void WriteComment(string comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        foreach (ReadOnlySpan<char> line in comment.AsSpan().EnumerateLines())
            Line($"#{line}");
    }

    /// <summary>The line that names the format's version.</summary>
    public void WriteLogFormatVersion() => Line("#[Histogram log format version 1.3]");

    /// <summary>The line with the time at which the measurement began; a millisecond is the resolution.</summary>
    public void WriteStartTime(DateTimeOffset startTime)
    {
        string stamp = LogStamp.Format(startTime.ToUnixTimeMilliseconds());
        Line($"#[StartTime: {stamp} (seconds since epoch), {startTime.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)} UTC]");
    }

    /// <summary>The line with the time to which all later stamps are relative.</summary>
    public void WriteBaseTime(DateTimeOffset baseTime)
    {
        _baseMillis = baseTime.ToUnixTimeMilliseconds();
        Line($"#[BaseTime: {LogStamp.Format(_baseMillis)} (seconds since epoch)]");
    }

    /// <summary>The line with the columns' names.</summary>
    public void WriteLegend() => Line("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"");

    /// <summary>An interval, with its tag and time stamps.</summary>
    /// <param name="interval">The histogram.</param>
    /// <param name="maxValueUnitRatio">The maximum, a column for people, is divided by it: a million shows nanoseconds as milliseconds.</param>
    /// <exception cref="ArgumentException">The interval ends before it starts.</exception>
    public void Append(LongHistogram interval, double maxValueUnitRatio = 1_000_000)
    {
        ArgumentNullException.ThrowIfNull(interval);
        if (interval.EndTimeStamp < interval.StartTimeStamp)
            throw new ArgumentException($"The interval ends at {interval.EndTimeStamp}, before it starts at {interval.StartTimeStamp}.", nameof(interval));
        string tag = interval.Tag is null ? "" : $"Tag={interval.Tag},";
        string start = LogStamp.Format(interval.StartTimeStamp - _baseMillis);
        string length = LogStamp.Format(interval.EndTimeStamp - interval.StartTimeStamp);
        string max = DecimalText.Format(interval.GetMaxValue() / maxValueUnitRatio, 3);
        Line($"{tag}{start},{length},{max},{HistogramEncoder.ToBase64(interval)}");
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush() => _writer.Flush();

    /// <summary>Flushes, and closes the stream unless it is to be left open.</summary>
    public void Dispose()
    {
        _writer.Flush();
        if (!_leaveOpen)
            _writer.Dispose();
    }

    private void Line(string text)
    {
        _writer.Write(text);
        _writer.Write('\n');
    }
}
