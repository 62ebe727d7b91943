using System.Text;

namespace OrderPlatform.HdrHistogram;

/// <summary>
/// Reads the interval histograms of an HdrHistogram log (.hlog, versions 1.0 to 1.3), with their tags and absolute time stamps. Reads once, forwards.
/// </summary>
/// <remarks>
/// Without a base time, stamps are taken as relative to the start time if the first one lies more than a year before it, and as absolute otherwise. Without a
/// start time, the first stamp is it.
/// </remarks>
public sealed class HistogramLogReader : IDisposable
{
    private const string TagPrefix = "Tag=";
    private const string StartTimePrefix = "#[StartTime: ";
    private const string BaseTimePrefix = "#[BaseTime: ";
    private const decimal YearSeconds = 365 * 24 * 3600m;

    private readonly TextReader _reader;
    private readonly HistogramLogReaderOptions _options;
    private readonly LogLines _lines;
    private decimal? _startSeconds;
    private decimal? _baseSeconds;

    /// <summary>Reads from a stream, which is closed with the reader. UTF-8, or what a byte order mark says.</summary>
    public HistogramLogReader(Stream stream, HistogramLogReaderOptions? options = null)
        : this(new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true), options)
    {
    }

    /// <summary>Reads from a text reader, which is closed with this reader.</summary>
    public HistogramLogReader(TextReader reader, HistogramLogReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _reader = reader;
        _options = options ?? new HistogramLogReaderOptions();
        _lines = new LogLines(reader, _options.LineLengthMax);
    }

    /// <summary>When the measurement began, in milliseconds since 1970 UTC; null before that was read.</summary>
    public long? StartTimeStamp => _startSeconds is decimal seconds ? LogStamp.ToMillis(seconds) : null;

    /// <summary>All intervals that are still to come.</summary>
    /// <exception cref="HistogramFormatException">From the iteration: a line is malformed, and the options do not say to skip such lines.</exception>
    public IEnumerable<LongHistogram> ReadHistograms() => Read(decimal.MinValue, decimal.MaxValue, isAbsolute: true);

    /// <summary>The intervals that start within two times, both included. The first that starts later ends the read.</summary>
    /// <exception cref="HistogramFormatException">See <see cref="ReadHistograms()"/>.</exception>
    public IEnumerable<LongHistogram> ReadHistograms(DateTimeOffset from, DateTimeOffset to) =>
        Read(Seconds(from - DateTimeOffset.UnixEpoch), Seconds(to - DateTimeOffset.UnixEpoch), isAbsolute: true);

    /// <summary>The intervals that start within two times after the log's start time, both included. The first that starts later ends the read.</summary>
    /// <exception cref="HistogramFormatException">See <see cref="ReadHistograms()"/>.</exception>
    public IEnumerable<LongHistogram> ReadHistograms(TimeSpan from, TimeSpan to) => Read(Seconds(from), Seconds(to), isAbsolute: false);

    /// <summary>Closes what is read from.</summary>
    public void Dispose() => _reader.Dispose();

    private static decimal Seconds(TimeSpan time) => time.Ticks / (decimal)TimeSpan.TicksPerSecond;

    private IEnumerable<LongHistogram> Read(decimal from, decimal to, bool isAbsolute)
    {
        while (TryReadLine(from, to, isAbsolute, out LongHistogram? histogram, out bool isOver))
        {
            if (isOver)
                yield break;
            if (histogram is not null)
                yield return histogram;
        }
    }

    /// <summary>False behind the last line. No histogram for a line that holds none, or one before the range.</summary>
    private bool TryReadLine(decimal from, decimal to, bool isAbsolute, out LongHistogram? histogram, out bool isOver)
    {
        histogram = null;
        isOver = false;
        try
        {
            if (_lines.Next() is not string line)
                return false;
            if (line.StartsWith('#'))
                ReadTimes(line);
            else if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith("\"StartTimestamp\"", StringComparison.Ordinal))
                histogram = ReadInterval(line, from, to, isAbsolute, out isOver);
        }
        catch (HistogramFormatException cause)
        {
            var place = new HistogramFormatException(_lines.Number, cause);
            if (_options.OnMalformedLine is null)
                throw place;
            _options.OnMalformedLine(place);
        }

        return true;
    }

    private void ReadTimes(string line)
    {
        if (line.StartsWith(StartTimePrefix, StringComparison.Ordinal))
            _startSeconds = Stamp(line, StartTimePrefix.Length..End(line, StartTimePrefix.Length), "start time");
        else if (line.StartsWith(BaseTimePrefix, StringComparison.Ordinal))
            _baseSeconds = Stamp(line, BaseTimePrefix.Length..End(line, BaseTimePrefix.Length), "base time");
    }

    private LongHistogram? ReadInterval(string line, decimal from, decimal to, bool isAbsolute, out bool isOver)
    {
        string? tag = line.StartsWith(TagPrefix, StringComparison.Ordinal) ? line[TagPrefix.Length..Math.Max(TagPrefix.Length, line.IndexOf(','))] : null;
        int at = tag is null ? 0 : TagPrefix.Length + tag.Length + 1;
        Span<Range> fields = stackalloc Range[5];
        ReadOnlySpan<char> rest = line.AsSpan(Math.Min(at, line.Length));
        if (rest.Split(fields, ',') != 4 || tag?.Length == 0)
            throw Malformed(0, "An interval has four fields, start, length, maximum and histogram, and a tag that is not empty or none");
        decimal stamp = Stamp(line, Shifted(fields[0], at), "start of the interval");
        decimal length = Stamp(line, Shifted(fields[1], at), "length of the interval");
        if (length < 0)
            throw Malformed(fields[1].Start.Value + at, "The interval has a negative length");

        _startSeconds ??= stamp;
        _baseSeconds ??= stamp < _startSeconds - YearSeconds ? _startSeconds : 0;
        decimal start = stamp + _baseSeconds.Value;
        decimal compared = isAbsolute ? start : start - _startSeconds.Value;
        isOver = compared > to;
        if (isOver || compared < from)
            return null;
        LongHistogram histogram = HistogramDecoder.DecodeBase64(rest[fields[3]], _options.Decoding);
        histogram.StartTimeStamp = LogStamp.ToMillis(start);
        histogram.EndTimeStamp = LogStamp.ToMillis(start + length);
        SetTag(histogram, tag);
        return histogram;
    }

    private static void SetTag(LongHistogram histogram, string? tag)
    {
        try
        {
            histogram.Tag = tag;
        }
        catch (ArgumentException cause)
        {
            throw Malformed(TagPrefix.Length, cause.Message);
        }
    }

    private static decimal Stamp(string line, Range field, string what) => LogStamp.TryParse(line.AsSpan(field).Trim(), out decimal seconds)
        ? seconds
        : throw Malformed(field.Start.Value, $"The {what} is no number of seconds: \"{line.AsSpan(field)[..Math.Min(40, line.AsSpan(field).Length)]}\"");

    private static int End(string line, int from)
    {
        int length = line.AsSpan(from).IndexOfAny(' ', ']');
        return length < 0 ? line.Length : from + length;
    }

    private static Range Shifted(Range range, int by) => (range.Start.Value + by)..(range.End.Value + by);

    private static HistogramFormatException Malformed(int offset, string reason) => new(HistogramFault.MalformedLine, offset, reason);
}
