using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>Puts received frames into a term. Source: aeron_term_rebuilder.h of Aeron 1.52.</summary>
internal static unsafe class TermRebuilder
{
    private const int HeaderLongs = DataHeader.LengthBytes / sizeof(long);

    /// <summary>Copies frames to where there is nothing yet; what is there already stays.</summary>
    /// <param name="target">Inside the term, aligned to a frame.</param>
    /// <param name="frames">Whole frames, checked, aligned to 8.</param>
    /// <param name="lengthBytes">All of them, a multiple of 32.</param>
    /// <returns>False when there was a frame.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Insert(byte* target, byte* frames, int lengthBytes)
    {
        if (Volatile.Read(ref *(int*)target) != 0)
            return false;
        int payloadBytes = lengthBytes - DataHeader.LengthBytes;
        Buffer.MemoryCopy(frames + DataHeader.LengthBytes, target + DataHeader.LengthBytes, payloadBytes, payloadBytes);
        long* to = (long*)target;
        long* from = (long*)frames;
        for (int index = HeaderLongs - 1; index > 0; index--)
        {
            to[index] = from[index];
        }

        // The first frame's length comes last, with release: whoever sees it sees all that follows.
        Volatile.Write(ref to[0], from[0]);
        return true;
    }

    /// <summary>
    /// Inserts each frame of a datagram that lies, in part, where something was received before. A frame in a hole that overlaps a later frame
    /// takes that frame out: nobody has read behind a hole, and frames that overlap cannot both be the publisher's.
    /// </summary>
    /// <param name="term">The term.</param>
    /// <param name="termOffset">Of the datagram.</param>
    /// <param name="datagram">Whole frames, checked; the last may be the header of a padding frame.</param>
    /// <param name="lengthBytes">All of them.</param>
    /// <param name="doneOffset">What is before this is complete and stays untouched.</param>
    /// <param name="usedOffset">What is from here on is empty.</param>
    /// <returns>How many frames were taken out.</returns>
    public static int InsertMissing(UnsafeBuffer term, int termOffset, byte* datagram, int lengthBytes, long doneOffset, long usedOffset)
    {
        byte* address = term.At(termOffset, lengthBytes) - termOffset;
        int removed = 0;
        int offset = 0;
        while (offset < lengthBytes)
        {
            byte* frame = datagram + offset;
            int frameOffset = termOffset + offset;
            int span = BitAlignment.Align(((FrameHeader*)frame)->FrameLength, LogBufferDescriptor.FrameAlignment);
            int length = Math.Min(span, lengthBytes - offset);
            if (frameOffset >= doneOffset && Volatile.Read(ref *(int*)(address + frameOffset)) == 0)
            {
                removed += TakeOut(term, frameOffset, (int)Math.Min(frameOffset + span, usedOffset));
                Insert(address + frameOffset, frame, length);
            }

            offset += span;
        }

        return removed;
    }

    private static int TakeOut(UnsafeBuffer term, int from, int to)
    {
        int removed = 0;
        for (int offset = from; offset < to; offset += LogBufferDescriptor.FrameAlignment)
        {
            byte* frame = term.At(offset, DataHeader.LengthBytes);
            int frameLength = Volatile.Read(ref *(int*)frame);
            if (frameLength == 0)
                continue;
            // The length first: a scan that comes by sees a hole, not a frame without its content.
            bool isPadding = ((FrameHeader*)frame)->Type == FrameType.Pad;
            Volatile.Write(ref *(int*)frame, 0);
            int length = isPadding ? DataHeader.LengthBytes : Math.Clamp(frameLength, DataHeader.LengthBytes, (int)term.CapacityBytes - offset);
            Unsafe.InitBlockUnaligned(frame, 0, (uint)length);
            removed++;
        }

        return removed;
    }
}
