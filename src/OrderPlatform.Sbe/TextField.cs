using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OrderPlatform.Sbe;

/// <summary>Fixed char arrays: text padded with NUL up to the field's length, read up to the first NUL.</summary>
public static class TextField
{
    /// <summary>The text at the offset, without the NUL padding. The block's bounds were checked at wrap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Read(ref readonly byte block, int offsetBytes, int lengthBytes)
    {
        ref byte field = ref Unsafe.Add(ref Unsafe.AsRef(in block), offsetBytes);

        // The length is a constant of the generated code: one of the two ways remains.
        if (BitConverter.IsLittleEndian && lengthBytes is >= 2 and <= sizeof(ulong))
            return MemoryMarshal.CreateReadOnlySpan(ref field, LengthOfShort(ref field, lengthBytes));
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(ref field, lengthBytes);
        int end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }

    /// <summary>Writes bytes as they are and pads with NUL.</summary>
    /// <exception cref="ArgumentException">The value is longer than the field.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte block, int offsetBytes, int lengthBytes, ReadOnlySpan<byte> value, string fieldName)
    {
        ref byte field = ref Unsafe.Add(ref block, offsetBytes);

        // Text that fills its field is a copy of constant length: a few moves.
        if (value.Length == lengthBytes)
            Unsafe.CopyBlockUnaligned(ref field, in MemoryMarshal.GetReference(value), (uint)lengthBytes);
        else
            WriteShorter(MemoryMarshal.CreateSpan(ref field, lengthBytes), value, fieldName);
    }

    /// <summary>Encodes characters and pads with NUL.</summary>
    /// <exception cref="ArgumentException">The encoded text is longer than the field, or has a character that the encoding lacks.</exception>
    public static void Write(ref byte block, int offsetBytes, int lengthBytes, ReadOnlySpan<char> value, TextEncoding encoding, string fieldName)
    {
        Span<byte> field = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref block, offsetBytes), lengthBytes);
        int neededBytes = CountBytes(value, encoding, fieldName);
        if (neededBytes > field.Length)
        {
            ThrowTooLong(fieldName, neededBytes, lengthBytes);
        }

        Encode(value, field, encoding);
        field[neededBytes..].Clear();
    }

    /// <summary>How many bytes the encoded characters need.</summary>
    /// <exception cref="ArgumentException">A character that the encoding lacks.</exception>
    public static int CountBytes(ReadOnlySpan<char> value, TextEncoding encoding, string fieldName)
    {
        if (encoding == TextEncoding.Utf8)
        {
            return Encoding.UTF8.GetByteCount(value);
        }

        char max = encoding == TextEncoding.Ascii ? '\x7F' : '\xFF';
        for (int index = 0; index < value.Length; index++)
        {
            if (value[index] > max)
            {
                ThrowForeign(fieldName, value[index], index, encoding);
            }
        }

        return value.Length;
    }

    /// <summary>Encodes characters that <see cref="CountBytes"/> has accepted.</summary>
    public static void Encode(ReadOnlySpan<char> value, Span<byte> destination, TextEncoding encoding)
    {
        if (encoding == TextEncoding.Utf8)
        {
            Encoding.UTF8.GetBytes(value, destination);
        }
        else
        {
            // Not Encoding.Latin1: it allocates an object a call until the JIT has optimised it.
            for (int index = 0; index < value.Length; index++)
            {
                destination[index] = (byte)value[index];
            }
        }
    }

    private static void WriteShorter(Span<byte> field, ReadOnlySpan<byte> value, string fieldName)
    {
        if (value.Length > field.Length)
            ThrowTooLong(fieldName, value.Length, field.Length);
        value.CopyTo(field);
        field[value.Length..].Clear();
    }

    /// <summary>
    /// The position of the first NUL of two to eight bytes. Two reads that overlap make one number without a byte from outside the field; the
    /// subtraction borrows out of a byte only if it is zero, so the lowest flag is exact (the haszero test of "Bit Twiddling Hacks").
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LengthOfShort(ref byte field, int lengthBytes)
    {
        if (lengthBytes <= sizeof(uint))
        {
            uint few = lengthBytes == sizeof(uint)
                ? Unsafe.ReadUnaligned<uint>(ref field)
                : Unsafe.ReadUnaligned<ushort>(ref field)
                    | ((uint)Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref field, lengthBytes - sizeof(ushort))) << (8 * (lengthBytes - sizeof(ushort))));
            uint zero = (few - 0x0101_0101u) & ~few & 0x8080_8080u;

            // Where no byte is zero, 32 zeros are counted; above a shorter field there is always a zero byte.
            return BitOperations.TrailingZeroCount(zero) >> 3;
        }

        const ulong Ones = 0x0101_0101_0101_0101;
        ulong bytes = lengthBytes == sizeof(ulong)
            ? Unsafe.ReadUnaligned<ulong>(ref field)
            : Unsafe.ReadUnaligned<uint>(ref field)
                | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref field, lengthBytes - sizeof(uint))) << (8 * (lengthBytes - sizeof(uint))));
        return BitOperations.TrailingZeroCount((bytes - Ones) & ~bytes & (Ones << 7)) >> 3;
    }

    [DoesNotReturn]
    private static void ThrowTooLong(string fieldName, int valueBytes, int lengthBytes) =>
        throw new ArgumentException($"{fieldName}: the value has {valueBytes} bytes, the field holds {lengthBytes}");

    [DoesNotReturn]
    private static void ThrowForeign(string fieldName, char character, int index, TextEncoding encoding) =>
        throw new ArgumentException($"{fieldName}: character U+{(int)character:X4} at index {index} is not in {encoding}; pass text that the schema's encoding can hold");
}
