using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// Finds what a sender may put into one datagram: whole committed frames, one after the other. What lies in a term is written by other
/// processes, so that a length that cannot be ends the scan instead of leading out of the term. Source: aeron_term_scanner.h of Aeron 1.52.
/// </summary>
public static class TermScanner
{
    /// <summary>The first frame has a length that no frame can have.</summary>
    public const int CorruptFrame = int.MinValue;

    /// <summary>Scans from an offset.</summary>
    /// <param name="term">The term.</param>
    /// <param name="offset">Where a frame begins or will begin: a multiple of 32, at most the term's length.</param>
    /// <param name="maxLengthBytes">The most that the datagram may hold.</param>
    /// <param name="paddingBytes">What follows the last frame and is not sent, because that frame is a PAD and of a PAD only the header is.</param>
    /// <returns>
    /// The bytes to send; zero when the first frame is not committed; the negative length of the first frame when it is longer than allowed;
    /// <see cref="CorruptFrame"/>.
    /// </returns>
    public static unsafe int ScanForAvailability(UnsafeBuffer term, int offset, int maxLengthBytes, out int paddingBytes)
    {
        paddingBytes = 0;
        int left = (int)(term.CapacityBytes - offset);
        // One check for all: no frame below is read unless its header lies inside what this address and length span.
        byte* first = term.At(offset, left);
        int available = 0;
        while (left - available >= DataHeader.LengthBytes)
        {
            byte* frame = first + available;
            int frameLength = Volatile.Read(ref *(int*)frame);
            if (frameLength <= 0)
                return available;
            if (frameLength < DataHeader.LengthBytes || frameLength > left - available)
                return available > 0 ? available : CorruptFrame;
            int alignedLength = BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment);
            bool isPad = Unsafe.ReadUnaligned<short>(frame + DataHeader.TypeOffset) == (short)FrameType.Pad;
            int sentLength = isPad ? DataHeader.LengthBytes : alignedLength;
            if (sentLength > maxLengthBytes - available)
                return available > 0 ? available : -sentLength;
            available += sentLength;
            if (isPad)
            {
                paddingBytes = alignedLength - DataHeader.LengthBytes;
                return available;
            }
        }

        return available;
    }
}
