namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>
/// Lines of a UTF-8 stream as spans into one reused buffer. Accepts a byte order mark, CRLF, a last line without an end, and blank lines at
/// the end of the file (not before it).
/// </summary>
internal sealed class LineReader(Stream stream, SourcePlace place) : IDisposable
{
    /// <summary>Longest line, in bytes: forty times the largest frame seen, a 1,000-level book snapshot.</summary>
    public const int LineLengthMaxBytes = 4 << 20;

    private const int BufferLengthBytes = 128 << 10;

    private byte[] _buffer = new byte[BufferLengthBytes];
    private int _start;
    private int _end;
    private bool _endOfStream;
    private long _firstBlankLine;

    /// <summary>The next line that is not blank, without its end. Valid until the next call.</summary>
    /// <exception cref="MarketDataException">The stream fails, is damaged or truncated, a line is too long, or a blank line stands between others.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (TryReadAny(out line))
        {
            place.Line++;
            if (place.Line == 1 && line.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }

            if (line.Length > 0)
            {
                return _firstBlankLine == 0
                    ? true
                    : throw place.ErrorAt(_firstBlankLine, "a blank line stands between others", "remove it, or restore the row that was here");
            }

            _firstBlankLine = _firstBlankLine == 0 ? place.Line : _firstBlankLine;
        }

        return false;
    }

    public void Dispose() => stream.Dispose();

    private bool TryReadAny(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            ReadOnlySpan<byte> unread = _buffer.AsSpan(_start, _end - _start);
            int length = unread[searched..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += searched;
                _start += length + 1;
                line = WithoutReturn(unread[..length]);
                return true;
            }

            searched = unread.Length;
            if (_endOfStream || !Fill())
            {
                _start = _end;
                line = WithoutReturn(unread);
                return unread.Length > 0;
            }
        }
    }

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line is [.., (byte)'\r'] ? line[..^1] : line;

    /// <summary>Appends more bytes, first moving the unread ones to the front; false at the end of the stream.</summary>
    private bool Fill()
    {
        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        int count = ReadStream();
        _end += count;
        _endOfStream = count == 0;
        return count > 0;
    }

    private void MakeRoom()
    {
        int length = _end - _start;
        if (length >= LineLengthMaxBytes)
        {
            throw place.ErrorAt(place.Line + 1, $"the line is longer than {LineLengthMaxBytes} bytes", "check that this is a text file of market data");
        }

        byte[] target = length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, length).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = length;
    }

    private int ReadStream()
    {
        try
        {
            return stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (InvalidDataException damage)
        {
            throw place.ErrorAt(place.Line + 1, $"the compressed data is damaged or cut off ({damage.Message})", "download or copy the file again", damage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw place.ErrorAt(place.Line + 1, $"the file cannot be read ({failure.Message})", "check the disk and the permissions", failure);
        }
    }
}
