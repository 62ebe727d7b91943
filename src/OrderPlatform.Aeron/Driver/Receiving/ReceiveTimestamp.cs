using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Writes the time of arrival into messages, where the channel's URI asks for it.</summary>
internal static unsafe class ReceiveTimestamp
{
    /// <summary>Writes it into every message of a datagram that was checked, where it fits.</summary>
    /// <param name="datagram">Whole frames.</param>
    /// <param name="lengthBytes">All of them.</param>
    /// <param name="place">Where.</param>
    /// <param name="epochNanos">The time.</param>
    public static void Write(byte* datagram, int lengthBytes, TimestampOffset place, long epochNanos)
    {
        long inFrame = place.IsReservedValue ? DataHeader.ReservedValueOffset : (long)DataHeader.LengthBytes + place.PayloadOffset;
        int offset = 0;
        while (offset < lengthBytes)
        {
            var header = (DataHeader*)(datagram + offset);
            int frameLength = header->Frame.FrameLength;
            bool isFirstFragment = (header->Frame.Flags & FrameFlags.Begin) != 0;
            if (header->Frame.Type == FrameType.Data && isFirstFragment && inFrame + sizeof(long) <= frameLength)
                Unsafe.WriteUnaligned(datagram + offset + inFrame, epochNanos);
            offset += BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment);
        }
    }
}
