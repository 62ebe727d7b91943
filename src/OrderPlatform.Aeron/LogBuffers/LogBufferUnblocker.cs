using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// Lets a stream go on that a dead publisher left standing: at a claim that is never committed, or at a full term that nobody rotated. The driver
/// calls it when the consumers' position has not moved for the unblock timeout while the producers' is ahead. Source: aeron_logbuffer_unblocker.h
/// of Aeron 1.52.
/// </summary>
internal static class LogBufferUnblocker
{
    /// <param name="terms">The three terms.</param>
    /// <param name="metaData">The log's metadata.</param>
    /// <param name="blockedPosition">Where the consumers stand.</param>
    /// <param name="termLength">Bytes of a term.</param>
    /// <returns>True if the stream can go on.</returns>
    public static bool Unblock(ReadOnlySpan<UnsafeBuffer> terms, UnsafeBuffer metaData, long blockedPosition, int termLength)
    {
        int blockedTermCount = (int)(blockedPosition >> LogPosition.PositionBitsToShift(termLength));
        int blockedOffset = LogPosition.TermOffset(blockedPosition, termLength) & -LogBufferDescriptor.FrameAlignment;
        int activeTermCount = LogTail.ActiveTermCount(metaData);
        if (activeTermCount == blockedTermCount - 1 && blockedOffset == 0)
        {
            // All of the term is consumed and the next is not begun: whoever ran over the end died before it rotated.
            int fullTermId = LogTail.TermId(LogTail.RawTail(metaData, LogTail.PartitionIndex(activeTermCount)));
            return LogTail.Rotate(metaData, activeTermCount, fullTermId);
        }

        int index = LogTail.PartitionIndex(blockedTermCount);
        long rawTail = LogTail.RawTail(metaData, index);
        int termId = LogTail.TermId(rawTail);
        // A tail of another term says nothing of this one: nobody has claimed there yet, or a client wrote nonsense.
        if (unchecked(termId - metaData.GetInt(LogBufferDescriptor.InitialTermIdOffset)) != blockedTermCount)
            return false;
        switch (TermUnblocker.Unblock(metaData, terms[index], blockedOffset, LogTail.TermOffset(rawTail, termLength), termId))
        {
            case TermUnblocker.Status.UnblockedToEnd:
                LogTail.Rotate(metaData, blockedTermCount, termId);
                return true;

            case TermUnblocker.Status.Unblocked:
                return true;

            default:
                return false;
        }
    }
}
