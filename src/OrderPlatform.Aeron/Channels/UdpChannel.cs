using System.Net.NetworkInformation;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Channels;

/// <summary>A UDP channel with its names resolved: what to bind, where to send, where answers come from.</summary>
public sealed partial record UdpChannel
{
    /// <summary>The parsed URI.</summary>
    public required ChannelUri Uri { get; init; }

    /// <summary>The URI as the client wrote it, without a spy prefix.</summary>
    public required string OriginalUriString { get; init; }

    /// <summary>Channels of an equal form share their endpoint: <c>UDP-local-remote</c>.</summary>
    public required string CanonicalForm { get; init; }

    /// <summary>What a receiver binds for data and a sender without control binds.</summary>
    public required UdpAddress LocalData { get; init; }

    /// <summary>Where data go: the endpoint or the group.</summary>
    public required UdpAddress RemoteData { get; init; }

    /// <summary>What a sender with control binds; where a receiver of a group takes control from.</summary>
    public required UdpAddress LocalControl { get; init; }

    /// <summary>Where status messages go when not to the source of the data: the control group, or the URI's control address.</summary>
    public required UdpAddress RemoteControl { get; init; }

    public required ControlMode ControlMode { get; init; }

    /// <summary>The URI names an endpoint.</summary>
    public required bool HasExplicitEndpoint { get; init; }

    /// <summary>The URI names a control address.</summary>
    public required bool HasExplicitControl { get; init; }

    public required bool IsMulticast { get; init; }

    /// <summary>Time to live of multicast; zero leaves the system's.</summary>
    public int MulticastTtl { get; init; }

    /// <summary>The interface that multicast uses; null for the system's choice.</summary>
    public NetworkInterface? LocalInterface { get; init; }

    /// <summary>The channel's tag; null without one.</summary>
    public long? Tag { get; init; }

    /// <summary>SO_SNDBUF; zero for the driver's default.</summary>
    public int SocketSendBufferLength { get; init; }

    /// <summary>SO_RCVBUF; zero for the driver's default.</summary>
    public int SocketReceiveBufferLength { get; init; }

    /// <summary>Receiver window; zero for the driver's default.</summary>
    public int ReceiverWindowLength { get; init; }

    /// <summary>True if several receivers may answer: multicast or multi-destination.</summary>
    public bool HasGroupSemantics => IsMulticast || ControlMode is ControlMode.Dynamic or ControlMode.Manual;

    /// <summary>True if the sender copies each datagram to several destinations.</summary>
    public bool IsMultiDestination => ControlMode is ControlMode.Dynamic or ControlMode.Manual;
}
