using System.Net;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>A socket that an endpoint receives from: its own, or one that was added to a subscription of several destinations. The receiver's thread.</summary>
internal sealed class ReceiveDestination
{
    /// <param name="channel">Of the endpoint or of the destination.</param>
    /// <param name="transport">The socket; closed with the destination.</param>
    /// <param name="context">For the rules of who may send.</param>
    public ReceiveDestination(UdpChannel channel, IUdpTransport transport, MediaDriverContext context)
    {
        Channel = channel;
        Transport = transport;
        LocalAddress = transport.LocalAddress;
        Sources = SourceFilter.Of(channel, context.SourceRules);
        if (channel.HasExplicitControl)
            ControlAddress = channel.RemoteControl;
        string? control = channel.HasExplicitControl ? channel.Uri.Get("control") : null;
        if (control is not null && !IPEndPoint.TryParse(control, out _))
            ControlName = control;
    }

    public UdpChannel Channel { get; }

    public IUdpTransport Transport { get; }

    /// <summary>Where the socket is bound.</summary>
    public UdpAddress LocalAddress { get; }

    /// <summary>Who may send; null for anybody.</summary>
    public SourceFilter? Sources { get; }

    /// <summary>The publisher's control address, where the channel names it.</summary>
    public UdpAddress? ControlAddress { get; private set; }

    /// <summary>The control address as a name that may be resolved anew; null for a numeric one.</summary>
    public string? ControlName { get; }

    /// <summary>When a datagram last came in.</summary>
    public long TimeOfLastActivityNs { get; set; }

    /// <summary>Until when the socket is left alone because it failed; null when it did not.</summary>
    public long? FailedUntilNs { get; set; }

    /// <summary>When the publisher at the control address was last asked for its SETUPs.</summary>
    public long TimeOfLastSetupRequestNs { get; set; }

    /// <summary>A name was resolved to another address.</summary>
    public void MoveControlAddress(UdpAddress address) => ControlAddress = address;

    /// <summary>Where answers to a datagram go: the named control address, the group's, or where it came from.</summary>
    public UdpAddress ControlAddressFor(in UdpAddress source) => ControlAddress ?? (Channel.IsMulticast ? Channel.RemoteControl : source);
}
