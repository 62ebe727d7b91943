using OrderPlatform.Aeron.Driver.Subscribers;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <content>A publication as its spies see it: a stream inside the machine.</content>
internal sealed partial class NetworkPublication : ISubscribable
{
    /// <summary>What clients know the limit of their writing by.</summary>
    public int PublisherLimitCounterId => _publisherLimit.Id;

    long ISubscribable.CorrelationId => RegistrationId;

    string ISubscribable.LogPath => _log.Path;

    string ISubscribable.SourceIdentity => "aeron:ipc";

    long ISubscribable.JoinPosition => SpyJoinPosition;

    SubscriberPositions ISubscribable.Subscribers => Spies;

    void ISubscribable.AddSubscriber(SubscriberPosition subscriber, long nowNs)
    {
        subscriber.TimeOfLastUpdateNs = nowNs;
        AddSpy(subscriber);
    }

    void ISubscribable.RemoveSubscriber(SubscriberPosition subscriber) => RemoveSpy(subscriber);
}
