using System.Buffers.Binary;
using System.Text;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// Makes the counters of channels and streams, with the keys and labels that tools of the reference look for. Source: aeron_position.c and aeron_counters.h
/// of Aeron 1.52.
/// </summary>
internal sealed class StreamCounters(CounterAllocator manager)
{
    private const int StreamKeyChannelOffset = 20;

    /// <summary>A counter of one stream.</summary>
    /// <param name="typeId">Of <see cref="CounterTypes"/>.</param>
    /// <param name="name">What its label begins with.</param>
    /// <param name="stream">The stream that it belongs to.</param>
    /// <param name="referenceId">Another id to find it by.</param>
    /// <param name="suffix">What its label ends with.</param>
    public AtomicCounter Stream(int typeId, string name, in StreamIdentity stream, long referenceId = 0, string suffix = "")
    {
        Span<byte> key = stackalloc byte[CountersDescriptor.KeyMaxLength];
        BinaryPrimitives.WriteInt64LittleEndian(key, stream.RegistrationId);
        BinaryPrimitives.WriteInt32LittleEndian(key[8..], stream.SessionId);
        BinaryPrimitives.WriteInt32LittleEndian(key[12..], stream.StreamId);
        int channelLength = WriteText(key[StreamKeyChannelOffset..], stream.Channel);
        BinaryPrimitives.WriteInt32LittleEndian(key[16..], channelLength);
        string label = $"{name}: {stream.RegistrationId} {stream.SessionId} {stream.StreamId} {stream.Channel}{suffix}";
        return manager.Allocate(typeId, key[..(StreamKeyChannelOffset + channelLength)], label, stream.RegistrationId, stream.ClientId, referenceId);
    }

    /// <summary>The status of a channel; its id is what clients are told.</summary>
    public AtomicCounter ChannelStatus(int typeId, string name, string channel, string localAddress, long registrationId) =>
        manager.Allocate(typeId, TextKey(channel), $"{name}: {channel} {localAddress}", registrationId, ownerId: 0, referenceId: 0);

    /// <summary>How many destinations a multi-destination channel has.</summary>
    public AtomicCounter Destinations(string channel, long registrationId) =>
        manager.Allocate(CounterTypes.MdcDestinations, TextKey(channel), $"mdc-num-dest: {channel}", registrationId, ownerId: 0, referenceId: 0);

    /// <summary>Where a channel's socket is bound: clients find the port that the system chose by it.</summary>
    public AtomicCounter LocalSocketAddress(string name, int channelStatusId, string localAddress, long registrationId)
    {
        Span<byte> key = stackalloc byte[CountersDescriptor.KeyMaxLength];
        BinaryPrimitives.WriteInt32LittleEndian(key, channelStatusId);
        int length = WriteText(key[8..], localAddress);
        BinaryPrimitives.WriteInt32LittleEndian(key[4..], length);
        AtomicCounter counter = manager.Allocate(
            CounterTypes.LocalSocketAddress, key, $"{name}: {channelStatusId} {localAddress}", registrationId, ownerId: 0, referenceId: 0);
        counter.SetRelease(ChannelStatusValue.Active);
        return counter;
    }

    private static byte[] TextKey(string text)
    {
        byte[] key = new byte[CountersDescriptor.KeyMaxLength];
        int length = WriteText(key.AsSpan(sizeof(int)), text);
        BinaryPrimitives.WriteInt32LittleEndian(key, length);
        return key[..(sizeof(int) + length)];
    }

    private static int WriteText(Span<byte> room, string text)
    {
        Encoding.UTF8.GetEncoder().Convert(text, room, flush: true, out _, out int length, out _);
        return length;
    }
}

/// <summary>Whose stream a counter counts.</summary>
internal readonly record struct StreamIdentity(long RegistrationId, long ClientId, int SessionId, int StreamId, string Channel);

/// <summary>Values of a channel's status counter.</summary>
internal static class ChannelStatusValue
{
    public const long Errored = -1;
    public const long Initializing = 0;
    public const long Active = 1;
    public const long Closing = 2;
}
