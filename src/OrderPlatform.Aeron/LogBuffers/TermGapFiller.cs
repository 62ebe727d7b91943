using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>Closes a hole that nobody asks for again. Source: aeron_term_gap_filler.c of Aeron 1.52.</summary>
internal static unsafe class TermGapFiller
{
    /// <summary>Puts one padding frame over a hole, if it is still all empty; only the thread that inserts may call it.</summary>
    /// <param name="term">The term.</param>
    /// <param name="sessionId">Of the log.</param>
    /// <param name="streamId">Of the log.</param>
    /// <param name="termId">Of the term.</param>
    /// <param name="offset">Where the hole begins, a multiple of 32.</param>
    /// <param name="lengthBytes">How long it is, a multiple of 32.</param>
    /// <returns>False when something has arrived in it.</returns>
    public static bool TryFill(UnsafeBuffer term, int sessionId, int streamId, int termId, int offset, int lengthBytes)
    {
        byte* gap = term.At(offset, Math.Max(lengthBytes, DataHeader.LengthBytes));
        for (int place = 0; place < lengthBytes; place += LogBufferDescriptor.FrameAlignment)
        {
            if (Volatile.Read(ref *(int*)(gap + place)) != 0)
                return false;
        }

        var header = new DataHeader
        {
            Frame = new FrameHeader { FrameLength = lengthBytes, Flags = FrameFlags.Unfragmented, Type = FrameType.Pad },
            TermOffset = offset,
            SessionId = sessionId,
            StreamId = streamId,
            TermId = termId,
        };
        TermRebuilder.Insert(gap, (byte*)&header, DataHeader.LengthBytes);
        return true;
    }
}
