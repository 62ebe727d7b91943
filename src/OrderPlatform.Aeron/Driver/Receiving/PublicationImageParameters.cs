using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>What an image is made of; times in nanoseconds.</summary>
internal sealed record PublicationImageParameters
{
    public required long CorrelationId { get; init; }
    public required int SessionId { get; init; }
    public required int StreamId { get; init; }
    public required ReceiveChannelEndpoint Endpoint { get; init; }

    /// <summary>Which socket of the endpoint the SETUP came to, as in <see cref="ImageRequest"/>.</summary>
    public required int TransportIndex { get; init; }

    /// <summary>Where status messages go, as in <see cref="ImageRequest"/>.</summary>
    public required UdpAddress ControlAddress { get; init; }
    public required UdpAddress SourceAddress { get; init; }

    /// <summary>The image's log; whoever made it frees it.</summary>
    public required LogBuffer Log { get; init; }
    public required int InitialTermId { get; init; }

    /// <summary>The term where the image begins.</summary>
    public required int ActiveTermId { get; init; }

    /// <summary>The offset where the image begins.</summary>
    public required int TermOffset { get; init; }
    public required int MtuLength { get; init; }
    public required AtomicCounter ReceiverHighWaterMark { get; init; }
    public required AtomicCounter ReceiverPosition { get; init; }
    public AtomicCounter? NaksSent { get; init; }
    public required ICongestionControl CongestionControl { get; init; }
    public required IFeedbackDelay FeedbackDelay { get; init; }
    public required bool IsReliable { get; init; }
    public ILossReport? LossReport { get; init; }
    public required ISubscriberEvents SubscriberEvents { get; init; }
    public required long UntetheredWindowLimitTimeoutNs { get; init; }
    public required long UntetheredLingerTimeoutNs { get; init; }
    public required long UntetheredRestingTimeoutNs { get; init; }
    public required MediaDriverContext Context { get; init; }
    public required SystemCounters SystemCounters { get; init; }

    /// <summary>The time of its making.</summary>
    public required long NowNs { get; init; }
}
