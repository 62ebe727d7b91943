using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>The receiving side of a channel.</summary>
internal sealed class ReceiveChannelEndpoint
{
    public ReceiveChannelEndpoint(ReceiveChannelEndpointParameters parameters)
    {
        Channel = parameters.Channel;
        ChannelStatus = parameters.ChannelStatus;
        ReceiverId = parameters.ReceiverId;
        LocalAddress = parameters.Transport?.LocalAddress;
    }

    /// <summary>The channel of the subscription.</summary>
    public UdpChannel Channel { get; }

    public AtomicCounter ChannelStatus { get; }

    public long ReceiverId { get; }

    /// <summary>Where the own socket is bound; null without one (destinations added by hand).</summary>
    public UdpAddress? LocalAddress { get; }
}
