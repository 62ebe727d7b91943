namespace OrderPlatform.Aeron.Driver.Subscribers;

/// <summary>
/// A stream in a log that subscriptions read: an IPC publication, a network publication seen by spies, an image. The conductor's thread only.
/// </summary>
internal interface ISubscribable
{
    /// <summary>What clients know it by.</summary>
    long CorrelationId { get; }

    int SessionId { get; }

    int StreamId { get; }

    /// <summary>The file of the log.</summary>
    string LogPath { get; }

    /// <summary>Where its messages come from: <c>ip:port</c> or <c>aeron:ipc</c>.</summary>
    string SourceIdentity { get; }

    /// <summary>Where a subscriber begins that is added now.</summary>
    long JoinPosition { get; }

    /// <summary>False when the stream is ending.</summary>
    bool IsAcceptingSubscriptions { get; }

    /// <summary>Who reads it.</summary>
    SubscriberPositions Subscribers { get; }

    /// <summary>Takes a subscriber, whose position counter stands at <see cref="JoinPosition"/>.</summary>
    void AddSubscriber(SubscriberPosition subscriber, long nowNs);

    /// <summary>Lets a subscriber go; the rest of the stream may run on.</summary>
    void RemoveSubscriber(SubscriberPosition subscriber);
}
