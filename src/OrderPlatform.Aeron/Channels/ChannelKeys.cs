namespace OrderPlatform.Aeron.Channels;

/// <summary>The keys of a channel URI that Aeron knows. Source: aeron_uri.h and aeron_udp_channel.h of Aeron 1.52.</summary>
public static class ChannelKeys
{
    public const string Endpoint = "endpoint";
    public const string Interface = "interface";
    public const string Control = "control";
    public const string ControlMode = "control-mode";
    public const string TimeToLive = "ttl";
    public const string SessionId = "session-id";
    public const string StreamId = "stream-id";
    public const string Tags = "tags";
    public const string Alias = "alias";
    public const string TermLength = "term-length";
    public const string MtuLength = "mtu";
    public const string InitialTermId = "init-term-id";
    public const string TermId = "term-id";
    public const string TermOffset = "term-offset";
    public const string PublicationWindow = "pub-wnd";
    public const string ReceiverWindow = "rcv-wnd";
    public const string SocketSendBuffer = "so-sndbuf";
    public const string SocketReceiveBuffer = "so-rcvbuf";
    public const string Linger = "linger";
    public const string UntetheredWindowLimitTimeout = "untethered-window-limit-timeout";
    public const string UntetheredLingerTimeout = "untethered-linger-timeout";
    public const string UntetheredRestingTimeout = "untethered-resting-timeout";
    public const string NakDelay = "nak-delay";
    public const string Reliable = "reliable";
    public const string Tether = "tether";
    public const string Rejoin = "rejoin";
    public const string Group = "group";
    public const string Sparse = "sparse";
    public const string EndOfStream = "eos";
    public const string SpiesSimulateConnection = "ssc";
    public const string MaxResend = "max-resend";
    public const string FlowControl = "fc";
    public const string CongestionControl = "cc";
    public const string GroupTag = "gtag";
    public const string TransportSecurity = "ats";
    public const string ResponseCorrelationId = "response-correlation-id";
    public const string MediaReceiveTimestampOffset = "media-rcv-ts-offset";
    public const string ChannelReceiveTimestampOffset = "channel-rcv-ts-offset";
    public const string ChannelSendTimestampOffset = "channel-snd-ts-offset";
}
