using System.IO.Compression;

namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>
/// The content of a gzip file that ends where it should. The platform's reader takes a file that was cut off for one that ended, so the file
/// gets a further member with known content behind it: only if that comes out at the end was everything before it whole. What was cut off
/// swallows the mark's bytes as its own instead, and they come out as something else or not at all.
/// </summary>
internal sealed class GzipInput(Stream file) : ReadOnlyInput
{
    private static readonly byte[] EndMark = "\nOrderPlatform: the end of the file\n"u8.ToArray();
    private static readonly byte[] EndMember = MakeMember(EndMark);

    private readonly GZipStream _content = new(new FollowedBy(file, EndMember), CompressionMode.Decompress);
    private readonly byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    /// <exception cref="InvalidDataException">The data is damaged, or the file ends before its content does.</exception>
    public override int Read(Span<byte> buffer)
    {
        // The last bytes read are always held back: they may be the mark.
        while (_end - _start <= EndMark.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int count = _content.Read(_buffer, _end, _buffer.Length - _end);
            _end += count;
            if (count == 0)
            {
                return _buffer.AsSpan(0, _end).SequenceEqual(EndMark) ? 0 : throw new InvalidDataException("the end of the compressed data is missing");
            }
        }

        int length = Math.Min(buffer.Length, _end - _start - EndMark.Length);
        _buffer.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] MakeMember(byte[] content)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return member.ToArray();
    }

    /// <summary>A stream and, behind it, some bytes.</summary>
    private sealed class FollowedBy(Stream first, byte[] tail) : ReadOnlyInput
    {
        private int _tailRead;

        public override int Read(Span<byte> buffer)
        {
            int count = _tailRead == 0 ? first.Read(buffer) : 0;
            if (count > 0)
            {
                return count;
            }

            count = Math.Min(buffer.Length, tail.Length - _tailRead);
            tail.AsSpan(_tailRead, count).CopyTo(buffer);
            _tailRead += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                first.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
