using System.Numerics;
using System.Runtime.CompilerServices;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// Arithmetic of stream positions. A position counts bytes from the start of the initial term; a term is named by an id that wraps around
/// at 2^31, so that the number of terms since the first is a difference in two's complement.
/// </summary>
public static class LogPosition
{
    /// <summary>log2 of a term's length.</summary>
    public static int PositionBitsToShift(int termLength) => BitOperations.TrailingZeroCount(termLength);

    /// <summary>The position of an offset in a term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Compute(int termId, int termOffset, int positionBitsToShift, int initialTermId) =>
        ((long)unchecked(termId - initialTermId) << positionBitsToShift) + termOffset;

    /// <summary>The id of the term that a position lies in; a position at the end of a term lies in the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TermId(long position, int positionBitsToShift, int initialTermId) => unchecked((int)(position >> positionBitsToShift) + initialTermId);

    /// <summary>The offset in its term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TermOffset(long position, int termLength) => (int)(position & (termLength - 1));

    /// <summary>Which of the three partitions a position lies in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PartitionIndex(long position, int positionBitsToShift) => (int)((position >> positionBitsToShift) % LogBufferDescriptor.PartitionCount);

    /// <summary>Which of the three partitions a term lies in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PartitionIndexOfTerm(int termId, int initialTermId) =>
        (int)(unchecked((uint)(termId - initialTermId)) % LogBufferDescriptor.PartitionCount);

    /// <summary>The greatest position of a log: 2^31 terms.</summary>
    public static long Max(int termLength) => (long)termLength << 31;
}
