using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace OrderPlatform.Sbe;

/// <summary>Checks for access to fixed numeric arrays.</summary>
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

    [DoesNotReturn]
    private static void ThrowIndex(int index, int count, string fieldName) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"{fieldName}: the array has {count} elements");

    [DoesNotReturn]
    private static void ThrowCount(int valueCount, int count, string fieldName) =>
        throw new ArgumentException($"{fieldName}: the array has {count} elements, {valueCount} were given");
}
