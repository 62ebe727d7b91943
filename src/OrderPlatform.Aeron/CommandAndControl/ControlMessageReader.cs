using System.Buffers.Binary;
using System.Text;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// Reads the fields of a control message one after the other. What is not there is zero or empty, and the message is malformed from then on:
/// whoever reads looks at that once, at the end, before he believes anything.
/// </summary>
internal ref struct ControlMessageReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    /// <summary>True if more was read than there is.</summary>
    internal bool IsMalformed { get; private set; }

    /// <summary>Bytes not read yet.</summary>
    internal readonly int Remaining => _message.Length - _position;

    internal long Long() => Take(sizeof(long)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    internal int Int() => Take(sizeof(int)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

    internal int UShort() => Take(sizeof(ushort)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : 0;

    /// <summary>A length of four bytes and that many bytes.</summary>
    internal ReadOnlySpan<byte> Bytes() => Take(Int());

    /// <summary>A length of four bytes and a text of that many.</summary>
    internal string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Bytes without a length before them.</summary>
    internal ReadOnlySpan<byte> Raw(int length) => Take(length);

    internal void AlignToInt() => Take(Math.Min(BitAlignment.Align(_position, sizeof(int)) - _position, Remaining));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (IsMalformed || length < 0 || length > Remaining)
        {
            IsMalformed = true;
            return default;
        }

        ReadOnlySpan<byte> bytes = _message.Slice(_position, length);
        _position += length;
        return bytes;
    }
}
