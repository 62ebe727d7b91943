using System.Buffers.Binary;
using System.Text;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// The counters that say what address a channel's socket is bound to. Key: <c>int32 channel status id · int32 length · address</c>.
/// Source: the local socket address status of Aeron 1.52.
/// </summary>
internal static class LocalSocketAddress
{
    private const int LengthOffset = sizeof(int);
    private const int AddressOffset = 2 * sizeof(int);

    /// <summary>The addresses of a channel.</summary>
    public static List<string> Find(CountersReader counters, int channelStatusId)
    {
        var addresses = new List<string>();
        foreach (CounterRecord counter in counters.Counters())
        {
            if (counter.TypeId != CounterTypes.LocalSocketAddress || counter.Value != (long)ChannelStatus.Active)
                continue;
            byte[] key = counters.Key(counter.Id);
            if (BinaryPrimitives.ReadInt32LittleEndian(key) != channelStatusId)
                continue;
            int length = Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(key.AsSpan(LengthOffset)), 0, key.Length - AddressOffset);
            if (length > 0)
                addresses.Add(Encoding.ASCII.GetString(key, AddressOffset, length));
        }

        return addresses;
    }
}
