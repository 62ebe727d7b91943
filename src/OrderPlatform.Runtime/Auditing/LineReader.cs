namespace OrderPlatform.Runtime.Auditing;

/// <summary>Reads the lines of a file as bytes, up to a length; the rest of a longer one is passed over.</summary>
/// <param name="input">The file.</param>
internal sealed class LineReader(Stream input)
{
    /// <summary>Longest line, bytes: many times what an entry can have.</summary>
    public const int LengthMax = 1 << 20;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _begin;
    private int _end;

    /// <summary>Reads the next line.</summary>
    /// <param name="line">Its bytes, without the line feed; those of one that is too long are cut.</param>
    /// <param name="isWhole">Whether it ends with a line feed and is not too long.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out byte[] line, out bool isWhole)
    {
        using var bytes = new MemoryStream();
        bool isEnded = false;
        while (!isEnded && Fill())
        {
            int at = Array.IndexOf(_buffer, (byte)'\n', _begin, _end - _begin);
            int length = (at < 0 ? _end : at) - _begin;
            bytes.Write(_buffer, _begin, (int)Math.Min(length, LengthMax + 1 - bytes.Length));
            _begin += length + (at < 0 ? 0 : 1);
            isEnded = at >= 0;
        }

        line = bytes.ToArray();
        isWhole = isEnded && line.Length <= LengthMax;
        return isEnded || line.Length > 0;
    }

    private bool Fill()
    {
        if (_begin == _end)
        {
            _begin = 0;
            _end = input.Read(_buffer);
        }

        return _begin < _end;
    }
}
