using System.Text;

namespace OrderPlatform.HdrHistogram;

/// <summary>The lines of a text, numbered, none kept beyond a length.</summary>
internal sealed class LogLines(TextReader reader, int lengthMax)
{
    private readonly char[] _buffer = new char[4096];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _end;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end; null behind the last.</summary>
    /// <exception cref="HistogramFormatException">The line is too long. The next call answers the one after it.</exception>
    public string? Next()
    {
        if (!Fill())
            return null;
        Number++;
        _line.Clear();
        long length = 0;
        bool isOver = false;
        while (!isOver && Fill())
        {
            ReadOnlySpan<char> rest = _buffer.AsSpan(_at.._end);
            int end = rest.IndexOf('\n');
            isOver = end >= 0;
            ReadOnlySpan<char> part = isOver ? rest[..end] : rest;
            length += part.Length;
            if (length <= lengthMax)
                _line.Append(part);
            _at += part.Length + (isOver ? 1 : 0);
        }

        if (length > lengthMax)
            throw new HistogramFormatException(HistogramFault.MalformedLine, lengthMax, $"The line has {length} characters, and {lengthMax} are allowed");
        return _line.ToString().TrimEnd('\r');
    }

    private bool Fill()
    {
        if (_at < _end)
            return true;
        _at = 0;
        _end = reader.Read(_buffer, 0, _buffer.Length);
        return _end > 0;
    }
}
