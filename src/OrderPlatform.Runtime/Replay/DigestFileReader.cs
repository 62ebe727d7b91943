using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OrderPlatform.Runtime.Replay;

/// <summary>
/// Reads a digest file line by line, in constant memory however long it is; strict about every byte, so that nothing is compared that was not meant.
/// </summary>
public sealed partial class DigestFileReader : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int LineBytesMax = 256;

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _begin;
    private int _end;
    private long _line;
    private long _lastInput;
    private bool _isEnded;

    private DigestFileReader(string path, FileStream file)
    {
        Path = path;
        _file = file;
        Header = ReadHeader();
        _lastInput = Header.First - 1;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where it begins.</summary>
    public DigestFileHeader Header { get; }

    /// <summary>Opens a file and reads its first line.</summary>
    /// <exception cref="DigestFileException">It is no digest file, or of another version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DigestFileReader Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            return new DigestFileReader(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next line.</summary>
    /// <returns>False behind the line that ends the file.</returns>
    /// <exception cref="DigestFileException">The line is malformed or out of order, or the file was cut off.</exception>
    public bool TryRead(out DigestLine line)
    {
        line = default;
        if (_isEnded)
        {
            return false;
        }

        ReadOnlySpan<byte> text = NextLine();
        if (!TryParse(text, out line))
        {
            throw Malformed("this is no line of a digest file: write it again, and do not edit it");
        }

        long due = _lastInput + (line.Kind == DigestLineKind.Input ? 1 : 0);
        if (line.Sequence != due)
        {
            throw Malformed($"it is about input {line.Sequence}, where {due} is due: write the file again, and do not edit it");
        }

        _lastInput = line.Sequence;
        _isEnded = line.Kind == DigestLineKind.End;
        if (_isEnded && (_begin < _end || Fill()))
        {
            _line++;
            throw Malformed("it stands behind the end: two files were joined; keep one");
        }

        return true;
    }

    /// <summary>A refusal that names the file and the line that was read last.</summary>
    public DigestFileException Malformed(string what) => new($"{Path}, line {_line}: {what}");

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static bool TryParse(ReadOnlySpan<byte> text, out DigestLine line)
    {
        line = default;
        DigestLineKind kind = text.StartsWith("state "u8) ? DigestLineKind.State : text.StartsWith("end "u8) ? DigestLineKind.End : DigestLineKind.Input;
        text = text[(kind switch { DigestLineKind.State => 6, DigestLineKind.End => 4, _ => 0 })..];
        if (!Utf8Parser.TryParse(text, out long sequence, out int used) || sequence < 0 || text[0] is < (byte)'0' or > (byte)'9')
        {
            return false;
        }

        text = text[used..];
        ulong record = 0;
        ulong digest = 0;
        bool isGood = (kind != DigestLineKind.Input || TryTakeHex(ref text, 8, out record))
            && (kind == DigestLineKind.End || TryTakeHex(ref text, 16, out digest));
        line = new DigestLine(kind, sequence, (uint)record, digest);
        return isGood && text.IsEmpty;
    }

    private static bool TryTakeHex(ref ReadOnlySpan<byte> text, int digits, out ulong value)
    {
        value = 0;
        if (text.Length <= digits || text[0] != ' ')
        {
            return false;
        }

        foreach (byte one in text.Slice(1, digits))
        {
            int digit = one is >= (byte)'0' and <= (byte)'9' ? one - '0' : one is >= (byte)'a' and <= (byte)'f' ? one - 'a' + 10 : -1;
            if (digit < 0)
            {
                return false;
            }

            value = (value << 4) | (uint)digit;
        }

        text = text[(digits + 1)..];
        return true;
    }

    [GeneratedRegex("^([0-9]{1,18}) first=([0-9]{1,18}) record=([0-9a-f]{8}) state-every=([0-9]{1,9}) outputs=([0-9a-f]{16}) state=([0-9a-f]{16})$")]
    private static partial Regex HeaderFields();

    private DigestFileHeader ReadHeader()
    {
        string text = Encoding.ASCII.GetString(NextLine());
        if (!text.StartsWith(DigestFileHeader.Magic + " ", StringComparison.Ordinal))
        {
            throw Malformed("this is not the first line of a digest file: name one that replay --write-digests made");
        }

        string rest = text[(DigestFileHeader.Magic.Length + 1)..];
        string version = rest.Split(' ')[0];
        if (version != DigestFileHeader.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw Malformed(
                $"it is of version {version}, and this build reads version {DigestFileHeader.Version}: write the file again with a build of this version");
        }

        Match fields = HeaderFields().Match(rest);
        return fields.Success
            ? new DigestFileHeader(
                long.Parse(fields.Groups[2].ValueSpan, CultureInfo.InvariantCulture),
                uint.Parse(fields.Groups[3].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                int.Parse(fields.Groups[4].ValueSpan, CultureInfo.InvariantCulture),
                ulong.Parse(fields.Groups[5].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                ulong.Parse(fields.Groups[6].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            : throw Malformed("this is no whole first line of a digest file: write the file again, and do not edit it");
    }

    private ReadOnlySpan<byte> NextLine()
    {
        _line++;
        while (true)
        {
            int length = _buffer.AsSpan(_begin, _end - _begin).IndexOf((byte)'\n');
            if (length is >= 0 and <= LineBytesMax)
            {
                _begin += length + 1;
                return _buffer.AsSpan(_begin - length - 1, length);
            }

            if (length >= 0 || _end - _begin > LineBytesMax)
            {
                throw Malformed($"it is longer than {LineBytesMax} bytes, as no line of a digest file is: name one that replay --write-digests made");
            }

            if (!Fill())
            {
                throw Malformed("the file ends without the line that ends it: it was cut off; write it again");
            }
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        _end -= _begin;
        _begin = 0;
        int read = _file.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
