using OrderPlatform.Messages;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>What a subscriber of events wants, and as whom.</summary>
public sealed record EventsSubscriberOptions
{
    /// <summary>The engine's channel, as <c>aeron:udp?endpoint=127.0.0.1:20101</c> or <c>aeron:ipc</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>The stream there on which one asks.</summary>
    public int StreamId { get; init; } = 1020;

    /// <summary>Where the events go: <c>aeron:ipc</c>, or an endpoint of this host, whose port may be 0.</summary>
    public required string ResponseChannel { get; init; }

    /// <summary>The stream there: 1010 to 1019, or from 10000 on; others on the same channel must have others.</summary>
    public int ResponseStreamId { get; init; } = 1011;

    /// <summary>As whom it asks; as at the door.</summary>
    public required uint PublisherId { get; init; }

    /// <summary>The publisher's key, at least 16 bytes, or null where it has none.</summary>
    public byte[]? Key { get; init; }

    /// <summary>What it wants.</summary>
    public EventTopics Topics { get; init; } = EventTopics.Accounts | EventTopics.Orders | EventTopics.Alerts | EventTopics.Market;

    /// <summary>Whose events; 0 is all that the publisher may see.</summary>
    public uint ClientId { get; init; }

    /// <summary>How long it waits for an answer, and after a refusal, before it asks again.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromSeconds(5);
}
