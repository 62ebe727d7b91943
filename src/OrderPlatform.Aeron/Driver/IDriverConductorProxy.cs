using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver;

/// <summary>
/// What sender and receiver ask of the conductor: queued, so that it happens on the conductor's thread. Never blocks; false means "queue full, ask again".
/// </summary>
internal interface IDriverConductorProxy
{
    /// <summary>From the receiver: a SETUP for a session that somebody is interested in.</summary>
    bool CreatePublicationImage(in ImageRequest request);

    /// <summary>From either: a socket failed; the channel's status becomes ERRORED and its clients are told.</summary>
    bool OnChannelEndpointError(int channelStatusCounterId, string message);

    /// <summary>From the sender: a receiver sent ERR.</summary>
    bool OnPublicationError(in PublicationErrorNotice notice);

    /// <summary>From the sender: RSP_SETUP came; the subscription that waits for a response gets its session.</summary>
    bool OnResponseSetup(long responseCorrelationId, int responseSessionId);

    /// <summary>From the sender: a response publication has learned its asker's address by SM with SEND_SETUP.</summary>
    bool OnResponseConnected(long responseCorrelationId);

    /// <summary>From either: an endpoint named by host has been silent; resolve the name again.</summary>
    bool ReResolve(ReResolution request);
}

/// <summary>What a SETUP said, checked, and where it came from.</summary>
internal readonly record struct ImageRequest(
    Receiving.ReceiveChannelEndpoint Endpoint,
    int TransportIndex,
    int SessionId,
    int StreamId,
    int InitialTermId,
    int ActiveTermId,
    int TermOffset,
    int TermLength,
    int Mtu,
    byte Flags,
    UdpAddress ControlAddress,
    UdpAddress SourceAddress);

/// <summary>What ERR said. <paramref name="RegistrationId"/> is the publication's.</summary>
internal readonly record struct PublicationErrorNotice(
    long RegistrationId, long DestinationRegistrationId, int SessionId, int StreamId, long ReceiverId, long GroupTag, UdpAddress Source,
    ErrorCode Code, string Message);

/// <summary>A name to resolve anew: <paramref name="Apply"/> is called on the asking agent's thread with what was found, if it differs.</summary>
internal sealed record ReResolution(string HostAndPort, UdpAddress Current, bool IsSender, Action<UdpAddress> Apply);
