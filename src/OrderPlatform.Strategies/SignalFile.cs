using System.Globalization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies;

/// <summary>
/// Reads signals from a CSV file with a header: <c>time</c> and <c>direction</c> are needed; <c>confidence</c>, <c>expected_return</c>, <c>risk_score</c>, <c>volatility</c>,
/// <c>price</c> and <c>valid_until</c> may be there. Times are ISO 8601 UTC or an integer of milliseconds, microseconds or nanoseconds since the epoch, told by its size.
/// Rows are in order of time.
/// </summary>
public sealed class SignalFile : IDisposable
{
    private static readonly string[] KnownColumns =
        ["time", "direction", "confidence", "expected_return", "risk_score", "volatility", "price", "valid_until"];

    private readonly TextReader _reader;
    private readonly string _path;
    private readonly int[] _columns;
    private readonly int _fieldCount;
    private long _line = 1;
    private long _lastTimeNanos = long.MinValue;

    private SignalFile(TextReader reader, string path, int[] columns, int fieldCount)
    {
        _reader = reader;
        _path = path;
        _columns = columns;
        _fieldCount = fieldCount;
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="SignalFileException">The file is missing or its header is not understood.</exception>
    public static SignalFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new SignalFileException($"signal file {path} does not exist: check the path (it is relative to the current folder)");
        }

        return Read(new StreamReader(path), path);
    }

    /// <summary>Reads from text; <paramref name="name"/> stands for the file in messages.</summary>
    /// <exception cref="SignalFileException">The header is not understood.</exception>
    public static SignalFile Read(TextReader reader, string name)
    {
        string[] names = (reader.ReadLine() ?? throw new SignalFileException($"{name}: empty; line 1 must name the columns, such as time,direction")).Split(',');
        var columns = new int[KnownColumns.Length];
        Array.Fill(columns, -1);
        for (int i = 0; i < names.Length; i++)
        {
            int known = Array.IndexOf(KnownColumns, names[i].Trim());
            if (known < 0 || columns[known] >= 0)
            {
                throw new SignalFileException($"{name}, line 1: column '{names[i].Trim()}' is {(known < 0 ? "not known" : "there twice")}; known are {string.Join(", ", KnownColumns)}");
            }

            columns[known] = i;
        }

        return columns[0] < 0 || columns[1] < 0
            ? throw new SignalFileException($"{name}, line 1: columns time and direction are needed")
            : new SignalFile(reader, name, columns, names.Length);
    }

    /// <summary>The next signal.</summary>
    /// <exception cref="SignalFileException">A row is malformed or out of order; the text names the line and what is allowed.</exception>
    public bool TryRead(out StrategySignal signal)
    {
        signal = default;
        string? line;
        do
        {
            line = _reader.ReadLine();
            _line++;
            if (line is null)
            {
                return false;
            }
        }
        while (line.Length == 0);

        signal = Parse(line.Split(','));
        if (signal.TimeNanos < _lastTimeNanos)
        {
            throw Malformed("time", "is before the row above: sort the rows by time");
        }

        _lastTimeNanos = signal.TimeNanos;
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _reader.Dispose();

    private StrategySignal Parse(string[] fields)
    {
        if (fields.Length != _fieldCount)
        {
            throw Malformed("the row", $"has {fields.Length} field{(fields.Length == 1 ? "" : "s")}; the header has {_fieldCount}");
        }

        string direction = Field(fields, 1);
        if (direction is not ("-1" or "0" or "1"))
        {
            throw Malformed("direction", $"is '{direction}'; allowed are -1, 0 and 1");
        }

        return new StrategySignal(
            Time(fields, 0) ?? throw Malformed("time", "is empty"),
            int.Parse(direction, CultureInfo.InvariantCulture),
            Number(fields, 6, 1, Bounds.PriceMax) is { } price ? new Price(price) : null,
            Number(fields, 2, 0, FixedPoint.One) is { } confidence ? new Ratio(confidence) : null,
            Number(fields, 3, -Bounds.RatioMax, Bounds.RatioMax) is { } expected ? new Ratio(expected) : null,
            Number(fields, 4, -Bounds.RatioMax, Bounds.RatioMax) is { } risk ? new Ratio(risk) : null,
            Number(fields, 5, 0, Bounds.RatioMax) is { } volatility ? new Ratio(volatility) : null,
            Time(fields, 7));
    }

    private string Field(string[] fields, int known) => _columns[known] < 0 ? "" : fields[_columns[known]].Trim();

    private long? Number(string[] fields, int known, long minimumRaw, long maximumRaw)
    {
        string text = Field(fields, known);
        return text.Length == 0 ? null
            : FixedPointText.TryParse(text, out long raw) && raw >= minimumRaw && raw <= maximumRaw ? raw
            : throw Malformed(
                KnownColumns[known],
                $"is '{text}'; allowed is a number from {FixedPointText.Format(minimumRaw)} to {FixedPointText.Format(maximumRaw)} with at most 8 decimals");
    }

    private long? Time(string[] fields, int known)
    {
        string text = Field(fields, known);
        return text.Length == 0 ? null
            : Timestamps.TryParse(text, out long nanos) ? nanos
            : throw Malformed(KnownColumns[known], $"is '{text}'; allowed is 2025-06-01T12:00:00Z or an integer of ms, us or ns since 1970");
    }

    private SignalFileException Malformed(string column, string what) => new($"{_path}, line {_line}: {column} {what}");
}

/// <summary>A signal file that cannot be used: one line that names the place and the remedy.</summary>
public sealed class SignalFileException(string message) : Exception(message);
