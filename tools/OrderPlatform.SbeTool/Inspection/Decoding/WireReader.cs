using System.Buffers.Binary;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>Numbers at offsets of some bytes. Callers ask <see cref="Require"/> before they read.</summary>
internal readonly ref struct WireReader(ReadOnlySpan<byte> bytes, bool isBigEndian)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    internal int Length => _bytes.Length;

    internal ReadOnlySpan<byte> Slice(int offset, int length) => _bytes.Slice(offset, length);

    /// <summary>Refuses a range that is not there; wide arithmetic, because lengths from the wire reach 2^64.</summary>
    internal void Require(int offset, Int128 length, string what)
    {
        if (length > _bytes.Length - offset)
        {
            throw new MessageFormatException(offset, $"{what} needs {length} bytes, {_bytes.Length - offset} are left");
        }
    }

    /// <summary>A length, count, id or version; negative or huge ones are refused here, once for all.</summary>
    internal long Unsigned(int start, NumberSlot slot)
    {
        decimal value = Number(start + slot.Offset, slot.Primitive).Integer;
        if (value is < 0 or > long.MaxValue)
        {
            throw new MessageFormatException(start + slot.Offset, $"{value} is no length, count, id or version");
        }

        return (long)value;
    }

    internal WireValue Number(int offset, PrimitiveType primitive)
    {
        ulong bits = Bits(offset, primitive.SizeBytes);
        return primitive.Name switch
        {
            "float" => WireValue.Of((double)BitConverter.UInt32BitsToSingle((uint)bits)),
            "double" => WireValue.Of(BitConverter.UInt64BitsToDouble(bits)),
            "int8" => WireValue.Of((decimal)(sbyte)bits),
            "int16" => WireValue.Of((decimal)(short)bits),
            "int32" => WireValue.Of((decimal)(int)bits),
            "int64" => WireValue.Of((decimal)(long)bits),
            _ => WireValue.Of((decimal)bits),
        };
    }

    internal ulong Bits(int offset, int sizeBytes)
    {
        ReadOnlySpan<byte> source = _bytes.Slice(offset, sizeBytes);
        return sizeBytes switch
        {
            1 => source[0],
            2 => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(source) : BinaryPrimitives.ReadUInt16LittleEndian(source),
            4 => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(source) : BinaryPrimitives.ReadUInt32LittleEndian(source),
            _ => isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(source) : BinaryPrimitives.ReadUInt64LittleEndian(source),
        };
    }
}
