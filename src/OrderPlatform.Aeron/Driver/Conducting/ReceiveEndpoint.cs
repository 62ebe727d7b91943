using System.Runtime.InteropServices;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Receiving;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>A receiving socket with what the conductor knows of it: its users, their interest, its counters.</summary>
internal sealed class ReceiveEndpoint(ReceiveChannelEndpoint endpoint, long? groupTag, List<AtomicCounter> counters)
{
    private readonly Dictionary<(int StreamId, int? SessionId), int> _interest = [];

    /// <summary>A socket that was added by hand.</summary>
    public sealed record Destination(UdpChannel Channel, ReceiveDestination Socket, AtomicCounter Address);

    public ReceiveChannelEndpoint Endpoint { get; } = endpoint;

    public long? GroupTag { get; } = groupTag;

    public List<AtomicCounter> Counters { get; } = counters;

    public List<Destination> Destinations { get; } = [];

    /// <summary>Subscriptions and images.</summary>
    public int Users { get; set; }

    /// <summary>Counts a subscription in; true for the first.</summary>
    public bool AddInterest(int streamId, int? sessionId)
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(_interest, (streamId, sessionId), out _);
        return ++count == 1;
    }

    /// <summary>Counts a subscription out; true for the last.</summary>
    public bool RemoveInterest(int streamId, int? sessionId)
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrNullRef(_interest, (streamId, sessionId));
        return --count == 0 && _interest.Remove((streamId, sessionId));
    }
}
