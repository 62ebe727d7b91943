using System.Buffers.Binary;
using System.Text;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>Writes the fields of a control message one after the other. Nothing is padded unless asked for.</summary>
internal ref struct ControlMessageWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _position;

    /// <summary>What was written.</summary>
    internal readonly ReadOnlySpan<byte> Written => _buffer[.._position];

    internal ControlMessageWriter Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer[_position..], value);
        _position += sizeof(long);
        return this;
    }

    internal ControlMessageWriter Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer[_position..], value);
        _position += sizeof(int);
        return this;
    }

    internal ControlMessageWriter Short(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[_position..], unchecked((ushort)value));
        _position += sizeof(ushort);
        return this;
    }

    /// <summary>Bytes without their length.</summary>
    internal ControlMessageWriter Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_position..]);
        _position += bytes.Length;
        return this;
    }

    /// <summary>A length of four bytes and the bytes.</summary>
    internal ControlMessageWriter Bytes(scoped ReadOnlySpan<byte> bytes) => Int(bytes.Length).Raw(bytes);

    /// <summary>A length of four bytes and the text; cut, at a whole character, to what there is room for.</summary>
    internal ControlMessageWriter Text(string text)
    {
        Encoding.UTF8.GetEncoder().Convert(text, _buffer[(_position + sizeof(int))..], flush: true, out _, out int length, out _);
        Int(length);
        _position += length;
        return this;
    }

    internal ControlMessageWriter Zeros(int count)
    {
        _buffer.Slice(_position, count).Clear();
        _position += count;
        return this;
    }

    /// <summary>Zeros up to a multiple of four bytes.</summary>
    internal ControlMessageWriter AlignToInt() => Zeros(BitAlignment.Align(_position, sizeof(int)) - _position);
}
