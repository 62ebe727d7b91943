namespace OrderPlatform.Aeron.Driver.Subscribers;

/// <summary>What the conductor has to tell clients when an untethered subscriber is left behind or let in again.</summary>
internal interface ISubscriberEvents
{
    /// <summary>The subscriber's image is gone for it.</summary>
    void OnSubscriberUnavailable(SubscriberPosition subscriber);

    /// <summary>It may read on from there: it gets a new counter (<see cref="SubscriberPosition.Renew"/>) and is told.</summary>
    void OnSubscriberAvailableAgain(SubscriberPosition subscriber, long joinPosition);
}
