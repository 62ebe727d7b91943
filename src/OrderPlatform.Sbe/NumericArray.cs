using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrderPlatform.Sbe;

/// <summary>Fixed numeric arrays: checks of indices and counts, and all elements at once.</summary>
public static class NumericArray
{
    /// <summary>Throws unless the index is in the array.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below the count.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckIndex(int index, int count, string fieldName)
    {
        if ((uint)index >= (uint)count)
        {
            ThrowIndex(index, count, fieldName);
        }
    }

    /// <summary>Throws unless the number of values equals the array's.</summary>
    /// <exception cref="ArgumentException">Too few or too many values.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckCount(int valueCount, int count, string fieldName)
    {
        if (valueCount != count)
        {
            ThrowCount(valueCount, count, fieldName);
        }
    }

    /// <summary>Writes all elements; <see cref="CheckCount"/> has passed.</summary>
    /// <param name="block">The block.</param>
    /// <param name="offsetBytes">Of the array in the block.</param>
    /// <param name="count">Elements of the array.</param>
    /// <param name="values">As many values.</param>
    /// <param name="isBigEndian">The order on the wire.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(ref byte block, int offsetBytes, int count, ReadOnlySpan<T> values, bool isBigEndian)
        where T : unmanaged
    {
        // Where bytes are the same in memory and on the wire it is one copy of constant length; floats are not: NaN is written in one form.
        if (isBigEndian != BitConverter.IsLittleEndian && typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            ref byte source = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
            Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref block, offsetBytes), ref source, (uint)(count * Unsafe.SizeOf<T>()));
            return;
        }

        for (int index = 0; index < values.Length; index++)
        {
            int at = offsetBytes + (index * Unsafe.SizeOf<T>());
            if (isBigEndian)
                BigEndian.Write(ref block, at, values[index]);
            else
                LittleEndian.Write(ref block, at, values[index]);
        }
    }

    /// <summary>Reads all elements; <see cref="CheckCount"/> has passed.</summary>
    /// <param name="block">The block.</param>
    /// <param name="offsetBytes">Of the array in the block.</param>
    /// <param name="count">Elements of the array.</param>
    /// <param name="destination">Room for as many values.</param>
    /// <param name="isBigEndian">The order on the wire.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read<T>(ref readonly byte block, int offsetBytes, int count, Span<T> destination, bool isBigEndian)
        where T : unmanaged
    {
        ref byte source = ref Unsafe.Add(ref Unsafe.AsRef(in block), offsetBytes);
        Unsafe.CopyBlockUnaligned(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(destination)), ref source, (uint)(count * Unsafe.SizeOf<T>()));
        for (int index = 0; isBigEndian == BitConverter.IsLittleEndian && index < destination.Length; index++)
            destination[index] = ByteSwap.Reverse(destination[index]);
    }

    [DoesNotReturn]
    private static void ThrowIndex(int index, int count, string fieldName) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"{fieldName}: the array has {count} elements");

    [DoesNotReturn]
    private static void ThrowCount(int valueCount, int count, string fieldName) =>
        throw new ArgumentException($"{fieldName}: the array has {count} elements, {valueCount} were given");
}
