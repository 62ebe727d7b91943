using System.Text;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>Takes lines as they are written and compares them with those of a file.</summary>
/// <param name="file">The file.</param>
internal sealed class ComparingStream(Stream file) : Stream
{
    private const int TextMax = 600;

    private readonly LineReader _lines = new(file);
    private readonly MemoryStream _line = new();
    private long _count;

    /// <summary>The first line that differs, from 1; null where none does.</summary>
    public long? FirstDifference { get; private set; }

    /// <summary>What was written there.</summary>
    public string Expected { get; private set; } = "";

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (byte one in buffer)
        {
            if (one == (byte)'\n')
            {
                EndLine();
            }
            else
            {
                _line.WriteByte(one);
            }
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _line.Dispose();
        base.Dispose(disposing);
    }

    private void EndLine()
    {
        _count++;
        byte[] written = _line.ToArray();
        _line.SetLength(0);
        if (FirstDifference is null && (!_lines.TryRead(out byte[] there, out _) || !written.AsSpan().SequenceEqual(there)))
        {
            FirstDifference = _count;
            Expected = Encoding.UTF8.GetString(written, 0, Math.Min(TextMax, written.Length));
        }
    }
}
