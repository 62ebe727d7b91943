using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>
/// Writes the time of sending, in nanoseconds since the epoch, into the first message of each datagram: the channel's
/// <c>channel-snd-ts-offset</c>, a place in the payload or <c>reserved</c>. Source: aeron_timestamps.c of Aeron 1.52.
/// </summary>
internal sealed unsafe class SendTimestamps
{
    private const int PayloadOffsetMax = int.MaxValue - DataHeader.LengthBytes;

    private readonly IClock _clock;
    private readonly int _offset;

    private SendTimestamps(IClock clock, int offset)
    {
        _clock = clock;
        _offset = offset;
    }

    /// <summary>Null for a channel that does not ask for it.</summary>
    /// <exception cref="FormatException">The channel asks for a place that cannot be.</exception>
    public static SendTimestamps? Of(UdpChannel channel, IClock clock)
    {
        if (TimestampOffset.Read(channel.Uri, ChannelKeys.ChannelSendTimestampOffset) is not { } place)
            return null;
        int offset = place.IsReservedValue ? DataHeader.ReservedValueOffset : Math.Min(place.PayloadOffset, PayloadOffsetMax) + DataHeader.LengthBytes;
        return new SendTimestamps(clock, offset);
    }

    /// <summary>Writes it where the place lies inside a message's first fragment.</summary>
    public void Apply(ReadOnlySpan<OutgoingDatagram> datagrams)
    {
        foreach (OutgoingDatagram datagram in datagrams)
        {
            if (datagram.LengthBytes < DataHeader.LengthBytes)
                continue;
            ref FrameHeader header = ref Unsafe.AsRef<FrameHeader>(datagram.Address);
            bool isMessage = header.Type == FrameType.Data && header.FrameLength >= DataHeader.LengthBytes && (header.Flags & FrameFlags.Begin) != 0;
            if (isMessage && _offset <= Math.Min(header.FrameLength, datagram.LengthBytes) - sizeof(long))
                Unsafe.WriteUnaligned(datagram.Address + _offset, _clock.EpochNanos);
        }
    }
}
