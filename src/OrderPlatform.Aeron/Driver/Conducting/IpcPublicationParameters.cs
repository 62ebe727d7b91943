using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>What an IPC publication is made of.</summary>
internal sealed record IpcPublicationParameters
{
    public required long RegistrationId { get; init; }
    public required int SessionId { get; init; }
    public required int StreamId { get; init; }
    public required bool IsExclusive { get; init; }
    public required LogBuffer Log { get; init; }
    public required int InitialTermId { get; init; }
    public required long StartPosition { get; init; }
    public required int TermWindowLength { get; init; }
    public required long UnblockTimeoutNs { get; init; }

    /// <summary>How long nobody may subscribe after a subscriber has rejected the stream.</summary>
    public required long RejectCoolDownNs { get; init; }
    public required long UntetheredWindowLimitTimeoutNs { get; init; }
    public required long UntetheredLingerTimeoutNs { get; init; }
    public required long UntetheredRestingTimeoutNs { get; init; }
    public required AtomicCounter PublisherPosition { get; init; }
    public required AtomicCounter PublisherLimit { get; init; }
    public required AtomicCounter UnblockedPublications { get; init; }
    public required ISubscriberEvents SubscriberEvents { get; init; }
    public required long NowNs { get; init; }
}
