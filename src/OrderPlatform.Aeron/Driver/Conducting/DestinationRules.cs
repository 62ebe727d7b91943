using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>What a destination's channel may be: a place and no more, for the rest is the publication's or the subscription's. Source: the validations of aeron_driver_conductor.c, Aeron 1.52.</summary>
internal static class DestinationRules
{
    private static readonly string[] OfTheWholeOnly =
        [ChannelKeys.MtuLength, ChannelKeys.ReceiverWindow, ChannelKeys.SocketReceiveBuffer, ChannelKeys.SocketSendBuffer];

    /// <summary>A place to send to.</summary>
    /// <exception cref="ControlProtocolException">It is none.</exception>
    public static UdpChannel ParseSend(string channel, INameResolver resolver)
    {
        var uri = ChannelUri.ParseCommand(channel);
        if (uri.IsSpy)
            throw Refused(channel, "Aeron spies are invalid as send destinations; leave 'aeron-spy:' away");
        UdpChannel destination = ParseReceive(uri, resolver);
        if (!destination.HasExplicitEndpoint)
            throw Refused(channel, "names no place to send to; give 'endpoint'");
        return destination.RemoteData.Port != 0 ? destination : throw Refused(channel, "'endpoint' has port=0 for send destination; name the port");
    }

    /// <summary>A place to receive at.</summary>
    /// <exception cref="ControlProtocolException">It is none.</exception>
    public static UdpChannel ParseReceive(ChannelUri uri, INameResolver resolver)
    {
        foreach (string key in OfTheWholeOnly)
        {
            if (uri.Has(key))
                throw Refused(uri.Text, $"destinations must not contain the key: {key}; give it with what the destination is added to");
        }

        var destination = UdpChannel.Parse(uri, resolver, isDestination: true);
        return destination.ControlMode != ControlMode.Response
            ? destination
            : throw Refused(uri.Text, "destinations may not specify control-mode=response");
    }

    private static ControlProtocolException Refused(string channel, string reason) => new(ErrorCode.InvalidChannel, $"Channel '{channel}': {reason}.");
}
