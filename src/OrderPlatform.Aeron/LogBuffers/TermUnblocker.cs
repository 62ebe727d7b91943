using System.Runtime.InteropServices;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>Turns what a dead writer claimed in a term into padding. Source: aeron_term_unblocker.h of Aeron 1.52.</summary>
internal static class TermUnblocker
{
    /// <summary>What became of the blocked place.</summary>
    public enum Status
    {
        /// <summary>Nothing could be done: there is no claim, or its extent is not known.</summary>
        NoAction,

        /// <summary>The claim is padding now.</summary>
        Unblocked,

        /// <summary>All until the term's end is padding now: the log is to be rotated.</summary>
        UnblockedToEnd,
    }

    /// <param name="metaData">Holds the default frame header.</param>
    /// <param name="term">The term.</param>
    /// <param name="blockedOffset">Where the stream stands still.</param>
    /// <param name="tailOffset">How far claims go.</param>
    /// <param name="termId">The term's id.</param>
    public static Status Unblock(UnsafeBuffer metaData, UnsafeBuffer term, int blockedOffset, int tailOffset, int termId)
    {
        int termLength = (int)term.CapacityBytes;
        int frameLength = term.GetIntVolatile(blockedOffset);
        if (frameLength > 0)
            return Status.NoAction;
        if (frameLength < 0)
        {
            int claimed = unchecked(-frameLength);
            // The length is a client's word: padding over the term's end would lead the readers out of it.
            if (claimed < DataHeader.LengthBytes || claimed > termLength - blockedOffset)
                return Status.NoAction;
            WritePadding(metaData, term, blockedOffset, termId, claimed);
            return Status.Unblocked;
        }

        int offset = blockedOffset + LogBufferDescriptor.FrameAlignment;
        for (; offset < tailOffset; offset += LogBufferDescriptor.FrameAlignment)
        {
            if (term.GetIntVolatile(offset) == 0)
                continue;
            // A writer that was slow and not dead may have begun before the frame that was found.
            if (!IsZeroed(term, blockedOffset, offset))
                return Status.NoAction;
            WritePadding(metaData, term, blockedOffset, termId, offset - blockedOffset);
            return Status.Unblocked;
        }

        if (offset != termLength || term.GetIntVolatile(blockedOffset) != 0)
            return Status.NoAction;
        WritePadding(metaData, term, blockedOffset, termId, termLength - blockedOffset);
        return Status.UnblockedToEnd;
    }

    private static bool IsZeroed(UnsafeBuffer term, int from, int to)
    {
        for (int offset = to - LogBufferDescriptor.FrameAlignment; offset >= from; offset -= LogBufferDescriptor.FrameAlignment)
        {
            if (term.GetIntVolatile(offset) != 0)
                return false;
        }

        return true;
    }

    private static void WritePadding(UnsafeBuffer metaData, UnsafeBuffer term, int termOffset, int termId, int length)
    {
        DataHeader header = MemoryMarshal.Read<DataHeader>(metaData.AsSpan(LogBufferDescriptor.DefaultFrameHeaderOffset, DataHeader.LengthBytes));
        term.PutByte(termOffset + sizeof(int), header.Frame.Version);
        term.PutByte(termOffset + DataHeader.FlagsOffset, FrameFlags.Unfragmented);
        term.PutShort(termOffset + DataHeader.TypeOffset, (short)FrameType.Pad);
        term.PutInt(termOffset + DataHeader.TermOffsetOffset, termOffset);
        term.PutInt(termOffset + DataHeader.SessionIdOffset, header.SessionId);
        term.PutInt(termOffset + DataHeader.StreamIdOffset, header.StreamId);
        term.PutInt(termOffset + DataHeader.TermIdOffset, termId);
        term.PutLong(termOffset + DataHeader.ReservedValueOffset, 0);
        term.PutIntRelease(termOffset, length);
    }
}
