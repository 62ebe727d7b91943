using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OrderPlatform.Sbe;

/// <summary>Fixed char arrays: text padded with NUL up to the field's length, read up to the first NUL.</summary>
public static class TextField
{
    /// <summary>The text at the offset, without the NUL padding. The block's bounds were checked at wrap.</summary>
    public static ReadOnlySpan<byte> Read(ref readonly byte block, int offsetBytes, int lengthBytes)
    {
        ReadOnlySpan<byte> field = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref Unsafe.AsRef(in block), offsetBytes), lengthBytes);
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    /// <summary>Writes bytes as they are and pads with NUL.</summary>
    /// <exception cref="ArgumentException">The value is longer than the field.</exception>
    public static void Write(ref byte block, int offsetBytes, int lengthBytes, ReadOnlySpan<byte> value, string fieldName)
    {
        Span<byte> field = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref block, offsetBytes), lengthBytes);
        if (value.Length > field.Length)
        {
            ThrowTooLong(fieldName, value.Length, lengthBytes);
        }

        value.CopyTo(field);
        field[value.Length..].Clear();
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

    [DoesNotReturn]
    private static void ThrowTooLong(string fieldName, int valueBytes, int lengthBytes) =>
        throw new ArgumentException($"{fieldName}: the value has {valueBytes} bytes, the field holds {lengthBytes}");

    [DoesNotReturn]
    private static void ThrowForeign(string fieldName, char character, int index, TextEncoding encoding) =>
        throw new ArgumentException($"{fieldName}: character U+{(int)character:X4} at index {index} is not in {encoding}; pass text that the schema's encoding can hold");
}
