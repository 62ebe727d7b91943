using System.Net.NetworkInformation;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

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

    /// <summary>The index of that interface; zero for the system's choice.</summary>
    public uint LocalInterfaceIndex { get; init; }

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

    /// <summary>Reads a channel and resolves its names.</summary>
    /// <param name="uri">A URI of UDP; a spy's prefix does not matter.</param>
    /// <param name="resolver">Names to addresses.</param>
    /// <param name="isDestination">A destination of a multi-destination channel: it never gets a canonical form of its own.</param>
    /// <exception cref="ControlProtocolException">
    /// <see cref="ErrorCode.InvalidChannel"/>, <see cref="ErrorCode.UnknownHost"/> or <see cref="ErrorCode.NotSupported"/>, with place and remedy.
    /// </exception>
    public static UdpChannel Parse(ChannelUri uri, INameResolver resolver, bool isDestination = false)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(resolver);
        try
        {
            return UdpChannelParser.Parse(uri, resolver, isDestination);
        }
        catch (FormatException failure)
        {
            throw new ControlProtocolException(ErrorCode.InvalidChannel, failure.Message, failure);
        }
    }

    /// <summary>
    /// The socket of a sender: bound to the interface and connected to the endpoint; with control, or with several or no endpoints, bound to
    /// the control address and not connected; for a group it takes from the control group and sends to the group.
    /// </summary>
    public UdpTransportParameters SenderTransport(MediaDriverContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        bool isConnected = HasExplicitEndpoint && !HasExplicitControl && ControlMode == ControlMode.None;
        return Transport(context) with
        {
            BindAddress = IsMulticast ? RemoteControl : LocalControl,
            MulticastGroup = IsMulticast ? RemoteControl : null,
            ConnectAddress = isConnected ? RemoteData : null,
        };
    }

    /// <summary>The socket of a receiver: bound to the endpoint or a member of the group; it takes from anywhere.</summary>
    public UdpTransportParameters ReceiverTransport(MediaDriverContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Transport(context) with
        {
            BindAddress = RemoteData,
            MulticastGroup = IsMulticast ? RemoteData : null,
        };
    }

    private UdpTransportParameters Transport(MediaDriverContext context) => new()
    {
        BindAddress = LocalData,
        MulticastInterfaceIndex = LocalInterfaceIndex,
        MulticastInterfaceAddress = IsMulticast ? LocalData : null,
        MulticastTtl = !IsMulticast ? 0 : MulticastTtl > 0 ? MulticastTtl : context.MulticastTtl,
        SendBufferLength = SocketSendBufferLength > 0 ? SocketSendBufferLength : context.SocketSendBufferLength,
        ReceiveBufferLength = SocketReceiveBufferLength > 0 ? SocketReceiveBufferLength : context.SocketReceiveBufferLength,
    };
}
