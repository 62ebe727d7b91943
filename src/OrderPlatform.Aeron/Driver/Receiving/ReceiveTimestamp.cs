using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Writes the time of arrival into messages, where the channel's URI asks for it.</summary>
internal static unsafe class ReceiveTimestamp
{
    /// <summary>Before the payload: the header's reserved value.</summary>
    public const int ReservedValue = DataHeader.ReservedValueOffset - DataHeader.LengthBytes;

    /// <summary>Writes it into every message of a datagram that was checked, where it fits.</summary>
    /// <param name="datagram">Whole frames.</param>
    /// <param name="lengthBytes">All of them.</param>
    /// <param name="payloadOffset">Where in the payload, or <see cref="ReservedValue"/>.</param>
    /// <param name="epochNanos">The time.</param>
    public static void Write(byte* datagram, int lengthBytes, int payloadOffset, long epochNanos)
    {
        int offset = 0;
        while (offset < lengthBytes)
        {
            var header = (DataHeader*)(datagram + offset);
            int frameLength = header->Frame.FrameLength;
            int place = DataHeader.LengthBytes + payloadOffset;
            bool isFirstFragment = (header->Frame.Flags & FrameFlags.Begin) != 0;
            if (header->Frame.Type == FrameType.Data && isFirstFragment && place >= DataHeader.ReservedValueOffset && place + sizeof(long) <= frameLength)
                Unsafe.WriteUnaligned(datagram + offset + place, epochNanos);
            offset += BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment);
        }
    }
}
