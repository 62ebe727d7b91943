using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Driver.Subscribers;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>A client's subscription and the streams that it reads now.</summary>
internal sealed class SubscriptionLink(
    DriverClient client, long registrationId, int streamId, string channel, ChannelUri uri, SubscriptionParameters parameters)
{
    /// <summary>A stream that it reads, and where it is in it.</summary>
    public sealed record Reading(ISubscribable Stream, SubscriberPosition Position);

    public DriverClient Client { get; } = client;

    public long RegistrationId { get; } = registrationId;

    public int StreamId { get; } = streamId;

    /// <summary>As the client wrote it, spy prefix and all.</summary>
    public string Channel { get; } = channel;

    public ChannelUri Uri { get; } = uri;

    public SubscriptionParameters Parameters { get; } = parameters;

    /// <summary>Of a spy or a network subscription.</summary>
    public UdpChannel? UdpChannel { get; init; }

    /// <summary>Of a network subscription.</summary>
    public ReceiveEndpoint? Endpoint { get; init; }

    /// <summary>The only session that it takes; of a subscription for responses the answer's, once that is known.</summary>
    public int? SessionId { get; set; } = parameters.SessionId;

    /// <summary>It waits for the session of an answer: it has no interest in any stream yet.</summary>
    public bool IsWaitingForResponse { get; set; }

    public List<Reading> Readings { get; } = [];

    public bool IsIpc => Uri.IsIpc && !Uri.IsSpy;

    public bool IsSpy => Uri.IsSpy;

    public bool IsNetwork => Endpoint is not null;

    /// <summary>True if it reads streams of that id and session.</summary>
    public bool Takes(int streamId, int sessionId) => StreamId == streamId && !IsWaitingForResponse && (SessionId is null || SessionId == sessionId);
}
