using System.Net;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>How the socket of a sending endpoint is made. Source: aeron_send_channel_endpoint.c of Aeron 1.52.</summary>
internal static class SendTransport
{
    private const string EndpointKey = "endpoint";

    /// <summary>A connected socket takes status messages from its endpoint only. Groups, several destinations and responses need an open one.</summary>
    public static bool IsConnected(UdpChannel channel) => channel.HasExplicitEndpoint && !channel.IsMulticast && channel.ControlMode == ControlMode.None;

    /// <summary>What the factory is to be given.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="context">Defaults of buffers and time to live.</param>
    /// <param name="remote">Where the endpoint's name leads now; null for where it led when the channel was parsed.</param>
    public static UdpTransportParameters ParametersOf(UdpChannel channel, MediaDriverContext context, UdpAddress? remote = null) => new()
    {
        BindAddress = channel.IsMulticast ? channel.RemoteControl : channel.LocalControl,
        ConnectAddress = IsConnected(channel) ? remote ?? channel.RemoteData : null,
        MulticastGroup = channel.IsMulticast ? channel.RemoteControl : null,
        MulticastInterfaceAddress = channel.IsMulticast ? channel.LocalControl : null,
        MulticastInterfaceIndex = InterfaceIndex(channel),
        MulticastTtl = channel.MulticastTtl != 0 ? channel.MulticastTtl : context.MulticastTtl,
        SendBufferLength = channel.SocketSendBufferLength != 0 ? channel.SocketSendBufferLength : context.SocketSendBufferLength,
        ReceiveBufferLength = channel.SocketReceiveBufferLength != 0 ? channel.SocketReceiveBufferLength : context.SocketReceiveBufferLength,
    };

    /// <summary>The endpoint as the URI names it, when it names a host whose address may change; null otherwise.</summary>
    public static string? HostToResolve(UdpChannel channel) =>
        IsConnected(channel) && channel.Uri.Get(EndpointKey) is { } endpoint && !IPEndPoint.TryParse(endpoint, out _) ? endpoint : null;

    private static uint InterfaceIndex(UdpChannel channel)
    {
        if (channel.LocalInterface is not { } networkInterface || !channel.IsMulticast)
            return 0;
        System.Net.NetworkInformation.IPInterfaceProperties properties = networkInterface.GetIPProperties();
        return (uint)(channel.RemoteData.IsIPv6 ? properties.GetIPv6Properties().Index : properties.GetIPv4Properties().Index);
    }
}
