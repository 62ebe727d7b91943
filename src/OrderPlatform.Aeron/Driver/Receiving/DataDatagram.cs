using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>
/// What a datagram of DATA and PAD frames must be before any of it goes into a log; refused whole otherwise. As the reference driver asks from
/// version 1.53 on, and besides: every frame is of the same stream, session and term.
/// </summary>
internal static unsafe class DataDatagram
{
    /// <summary>A header alone with a frame length of zero.</summary>
    public static bool IsHeartbeat(byte* datagram, int lengthBytes)
    {
        var header = (FrameHeader*)datagram;
        return lengthBytes == DataHeader.LengthBytes && header->FrameLength == 0 && header->Type == FrameType.Data;
    }

    /// <summary>Checks all frames.</summary>
    /// <param name="datagram">At least a header; aligned to 8.</param>
    /// <param name="lengthBytes">Of the datagram.</param>
    /// <param name="termLength">Of the log.</param>
    /// <param name="spanBytes">What the frames take in the term: more than the datagram when it ends with a padding's header; zero for a heartbeat.</param>
    /// <param name="refusal">What is wrong.</param>
    /// <returns>True when the frames may be copied to their place in a term.</returns>
    public static bool TryCheck(byte* datagram, int lengthBytes, int termLength, out int spanBytes, out Refusal refusal)
    {
        var first = (DataHeader*)datagram;
        spanBytes = 0;
        refusal = Refusal.NotAligned;
        int termOffset = first->TermOffset;
        if (((termOffset | lengthBytes) & (LogBufferDescriptor.FrameAlignment - 1)) != 0)
            return false;
        refusal = Refusal.OutsideTerm;
        if ((uint)termOffset >= (uint)termLength)
            return false;
        return IsHeartbeat(datagram, lengthBytes) || TryCheckFrames(datagram, lengthBytes, termLength, ref spanBytes, ref refusal);
    }

    private static bool TryCheckFrames(byte* datagram, int lengthBytes, int termLength, ref int spanBytes, ref Refusal refusal)
    {
        var first = (DataHeader*)datagram;
        int termOffset = first->TermOffset;
        int offset = 0;
        while (offset < lengthBytes)
        {
            var header = (DataHeader*)(datagram + offset);
            if (!IsNext(first, header, termOffset + offset, ref refusal))
                return false;
            int frameLength = header->Frame.FrameLength;
            // Term length and offsets are multiples of 32: what fits unaligned fits aligned.
            if (frameLength > termLength - termOffset - offset)
            {
                refusal = Refusal.OutsideTerm;
                return false;
            }

            int end = offset + BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment);
            bool isPaddingHeader = header->Frame.Type == FrameType.Pad && offset + DataHeader.LengthBytes == lengthBytes;
            if (end > lengthBytes && !isPaddingHeader)
            {
                refusal = Refusal.WrongFrameLength;
                return false;
            }

            offset = end;
        }

        spanBytes = offset;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNext(DataHeader* first, DataHeader* header, int termOffset, ref Refusal refusal)
    {
        if (header->Frame.FrameLength < DataHeader.LengthBytes)
            refusal = Refusal.WrongFrameLength;
        else if (header->Frame.Version != FrameHeader.CurrentVersion)
            refusal = Refusal.WrongVersion;
        else if (header->TermOffset != termOffset || header->SessionId != first->SessionId || header->StreamId != first->StreamId
            || header->TermId != first->TermId || (ushort)header->Frame.Type > (ushort)FrameType.Data)
            refusal = Refusal.FramesNotContiguous;
        else
            return true;
        return false;
    }
}
