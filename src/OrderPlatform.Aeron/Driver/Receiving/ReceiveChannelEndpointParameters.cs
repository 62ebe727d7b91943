using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>What the receiving side of a channel is made of.</summary>
internal sealed record ReceiveChannelEndpointParameters
{
    public required UdpChannel Channel { get; init; }

    /// <summary>The socket; null for a subscription whose destinations are added by hand.</summary>
    public required IUdpTransport? Transport { get; init; }
    public required AtomicCounter ChannelStatus { get; init; }
    public required long ReceiverId { get; init; }

    /// <summary>The URI's <c>gtag</c>; null without one.</summary>
    public long? GroupTag { get; init; }

    /// <summary>Where the time of arrival is written; null for nowhere.</summary>
    public TimestampOffset? ReceiveTimestamp { get; init; }
    public required MediaDriverContext Context { get; init; }
    public required SystemCounters SystemCounters { get; init; }
    public required IErrorLog ErrorLog { get; init; }
    public required IDriverConductorProxy Conductor { get; init; }
}
