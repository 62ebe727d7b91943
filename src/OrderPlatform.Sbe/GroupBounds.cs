using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace OrderPlatform.Sbe;

/// <summary>Bounds of repeating groups that are written; the checks of those that are read stand in the generated code, without what the widths exclude.</summary>
public static class GroupBounds
{
    /// <summary>Throws unless a group of this count may be begun with what is left of the buffer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is outside what the dimension type allows.</exception>
    /// <exception cref="SbeException">The buffer has no room for the dimensions and the blocks of all entries.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckRoom(int remainingBytes, int dimensionBytes, int count, long countMin, long countMax, int blockLength, string groupName)
    {
        if (count < countMin || count > countMax)
        {
            ThrowCount(count, countMin, countMax, groupName);
        }

        long neededBytes = dimensionBytes + ((long)count * blockLength);
        if (neededBytes > remainingBytes)
        {
            SbeException.ThrowTooShort(groupName, neededBytes, remainingBytes);
        }
    }

    /// <summary>Throws for an entry beyond the count that the group was begun with.</summary>
    [DoesNotReturn]
    public static void ThrowNoMoreEntries(string groupName, int count) =>
        throw new InvalidOperationException($"{groupName}: all {count} entries are written; begin the group with a larger count");

    [DoesNotReturn]
    private static void ThrowCount(int count, long countMin, long countMax, string groupName) =>
        throw new ArgumentOutOfRangeException(nameof(count), count, $"{groupName}: between {countMin} and {countMax} entries are allowed");
}
