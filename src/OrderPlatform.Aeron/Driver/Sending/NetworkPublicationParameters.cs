using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Sending.FlowControl;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>What the conductor makes a publication of. Lengths in bytes, times in nanoseconds; counters belong to the conductor, which frees them.</summary>
internal sealed record NetworkPublicationParameters
{
    public required long RegistrationId { get; init; }
    public required int SessionId { get; init; }
    public required int StreamId { get; init; }
    public required SendChannelEndpoint Endpoint { get; init; }

    /// <summary>Made, and with its tails at <see cref="StartPosition"/>.</summary>
    public required LogBuffer Log { get; init; }
    public required int InitialTermId { get; init; }
    public required int MtuLength { get; init; }

    /// <summary>The position of the first byte: zero, unless the channel names term and offset.</summary>
    public long StartPosition { get; init; }
    public required AtomicCounter PublisherPosition { get; init; }
    public required AtomicCounter PublisherLimit { get; init; }
    public required AtomicCounter SenderPosition { get; init; }
    public required AtomicCounter SenderLimit { get; init; }
    public required AtomicCounter SenderBackPressureEvents { get; init; }
    public required AtomicCounter SenderNaksReceived { get; init; }
    public required bool IsExclusive { get; init; }
    public bool SignalEndOfStream { get; init; } = true;
    public bool SpiesSimulateConnection { get; init; }

    /// <summary>It answers a request: it sends to wherever the asker's first SM with SEND_SETUP comes from.</summary>
    public bool IsResponse { get; init; }

    /// <summary>Of a response: the request's image; of a request: the subscription that takes the answer; -1 otherwise.</summary>
    public long ResponseCorrelationId { get; init; } = -1;

    /// <summary>It asks for a response channel: its SETUP says so.</summary>
    public bool SendResponseSetup { get; init; }
    public required long LingerTimeoutNs { get; init; }

    /// <summary>How far the producer may be ahead of the sender.</summary>
    public required int TermWindowLength { get; init; }
    public required IFlowControl FlowControl { get; init; }

    /// <summary>Retransmits that a group may have at a time.</summary>
    public required int MaxResend { get; init; }
    public required MediaDriverContext Context { get; init; }
    public required SystemCounters SystemCounters { get; init; }

    /// <summary>Told of untethered spies.</summary>
    public required ISubscriberEvents SubscriberEvents { get; init; }
    public required long UntetheredWindowLimitTimeoutNs { get; init; }
    public required long UntetheredLingerTimeoutNs { get; init; }
    public required long UntetheredRestingTimeoutNs { get; init; }
}
