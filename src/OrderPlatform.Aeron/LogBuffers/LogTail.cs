using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// The tails of a log: one 64-bit value per partition, the term's id in its upper half and the next free offset in its lower half. The offset
/// may lie beyond the term when claims ran over its end. Source: aeron_logbuffer_descriptor.h of Aeron 1.52.
/// </summary>
public static class LogTail
{
    /// <summary>The term that a raw tail is of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TermId(long rawTail) => (int)(rawTail >> 32);

    /// <summary>The next free offset, at most the term's length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TermOffset(long rawTail, int termLength) => (int)Math.Min((uint)rawTail, (uint)termLength);

    /// <summary>A raw tail of its two halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Pack(int termId, int termOffset) => ((long)termId << 32) | (uint)termOffset;

    /// <summary>Which partition the term of that number since the first is in. Any number gives one of the three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PartitionIndex(int termCount) => (int)((uint)termCount % LogBufferDescriptor.PartitionCount);

    /// <summary>Where a partition's tail is in the metadata.</summary>
    public static long TailOffset(int partitionIndex) => LogBufferDescriptor.TermTailCountersOffset + (partitionIndex * sizeof(long));

    /// <summary>How many terms came before the one that is written now; acquire order.</summary>
    public static int ActiveTermCount(UnsafeBuffer metaData) => metaData.GetIntVolatile(LogBufferDescriptor.ActiveTermCountOffset);

    /// <summary>A partition's tail; acquire order.</summary>
    public static long RawTail(UnsafeBuffer metaData, int partitionIndex) => metaData.GetLongVolatile(TailOffset(partitionIndex));

    /// <summary>The tail of the term that is written now; acquire order.</summary>
    public static long ActiveRawTail(UnsafeBuffer metaData) => RawTail(metaData, PartitionIndex(ActiveTermCount(metaData)));

    /// <summary>How far the producers are, by what the metadata says of the log.</summary>
    public static long ProducerPosition(UnsafeBuffer metaData) =>
        ProducerPosition(metaData, metaData.GetInt(LogBufferDescriptor.TermLengthOffset), metaData.GetInt(LogBufferDescriptor.InitialTermIdOffset));

    /// <summary>
    /// How far the producers are: the claimed bytes, committed or not. The length and the id are the caller's own, as a client may write to the
    /// metadata.
    /// </summary>
    public static long ProducerPosition(UnsafeBuffer metaData, int termLength, int initialTermId)
    {
        long rawTail = ActiveRawTail(metaData);
        return LogPosition.Compute(TermId(rawTail), TermOffset(rawTail, termLength), LogPosition.PositionBitsToShift(termLength), initialTermId);
    }

    /// <summary>Makes the next term the one that is written. Several may try at once; one of them does it.</summary>
    /// <param name="metaData">The log's metadata.</param>
    /// <param name="termCount">The number of the term that is full.</param>
    /// <param name="termId">Its id.</param>
    /// <returns>True for the one that did it.</returns>
    public static bool Rotate(UnsafeBuffer metaData, int termCount, int termId)
    {
        int nextTermId = unchecked(termId + 1);
        int nextTermCount = unchecked(termCount + 1);
        int nextIndex = PartitionIndex(nextTermCount);
        int previousTermId = unchecked(nextTermId - LogBufferDescriptor.PartitionCount);
        long rawTail;
        do
        {
            rawTail = RawTail(metaData, nextIndex);
            // Another has set the tail already, and may have left it there before the count below: both steps are tried by each.
            if (TermId(rawTail) != previousTermId)
                break;
        }
        while (!metaData.CompareAndSetLong(TailOffset(nextIndex), rawTail, Pack(nextTermId, 0)));

        return metaData.CompareAndSetInt(LogBufferDescriptor.ActiveTermCountOffset, termCount, nextTermCount);
    }
}
