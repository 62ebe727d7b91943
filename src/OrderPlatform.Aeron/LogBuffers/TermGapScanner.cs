using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>Follows the frames of a term that is received, and finds the first hole. Source: aeron_term_gap_scanner.h of Aeron 1.52.</summary>
internal static unsafe class TermGapScanner
{
    /// <summary>Scans from one offset to another.</summary>
    /// <param name="term">The term.</param>
    /// <param name="offset">Where a frame begins or is missing.</param>
    /// <param name="limitOffset">How far it is known that there is something; at most the term's length.</param>
    /// <param name="gapLength">How long the hole is, up to the next frame or the limit; zero when there is none before the limit.</param>
    /// <returns>The end of the frames that follow each other: where the hole begins.</returns>
    public static int Scan(UnsafeBuffer term, int offset, int limitOffset, out int gapLength)
    {
        gapLength = 0;
        byte* address = term.At(0, limitOffset);
        int termLength = (int)term.CapacityBytes;
        while (offset < limitOffset)
        {
            int frameLength = Volatile.Read(ref *(int*)(address + offset));
            if (frameLength <= 0)
                break;
            // Others map the memory too: a frame that leads out of the term is not followed.
            if (frameLength > termLength - offset)
                return offset;
            offset += BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment);
        }

        if (offset < limitOffset)
            gapLength = EndOfGap(address, offset, limitOffset) - offset;
        return offset;
    }

    private static int EndOfGap(byte* address, int begin, int limitOffset)
    {
        int end = begin + LogBufferDescriptor.FrameAlignment;
        while (end < limitOffset && Volatile.Read(ref *(int*)(address + end)) == 0)
            end += LogBufferDescriptor.FrameAlignment;
        return Math.Min(end, limitOffset);
    }
}
