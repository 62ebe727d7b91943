namespace OrderPlatform.Aeron.Driver.Subscribers;

/// <summary>
/// Lets a stream run on without subscribers that do not keep up and are not tethered: active → linger → resting → active again.
/// Source: the untethered subscriptions of aeron_publication_image.c and aeron_ipc_publication.c, Aeron 1.52.
/// </summary>
internal sealed class UntetheredSubscribers(
    SubscriberPositions subscribers, ISubscriberEvents events, long windowLimitTimeoutNs, long lingerTimeoutNs, long restingTimeoutNs)
{
    /// <summary>Checks all; the conductor's timer calls it.</summary>
    /// <param name="nowNs">The time.</param>
    /// <param name="windowLimitPosition">Whoever is before this holds the stream back: the consumers' greatest position less the window, plus an eighth of
    /// it.</param>
    /// <param name="joinPosition">Where a rested subscriber is let in again.</param>
    public void Check(long nowNs, long windowLimitPosition, long joinPosition)
    {
        for (int index = subscribers.All.Count - 1; index >= 0; index--)
        {
            SubscriberPosition subscriber = subscribers.All[index];
            if (!subscriber.IsTether)
                Check(subscriber, nowNs, windowLimitPosition, joinPosition);
        }
    }

    private void Check(SubscriberPosition subscriber, long nowNs, long windowLimitPosition, long joinPosition)
    {
        switch (subscriber.State)
        {
            case SubscriberPosition.TetherState.Active:
                if (subscriber.Position.Get() > windowLimitPosition)
                    subscriber.TimeOfLastUpdateNs = nowNs;
                else if (nowNs - subscriber.TimeOfLastUpdateNs >= windowLimitTimeoutNs)
                    LeaveBehind(subscriber, nowNs);
                break;

            case SubscriberPosition.TetherState.Linger:
                if (nowNs - subscriber.TimeOfLastUpdateNs >= lingerTimeoutNs)
                    Rest(subscriber, nowNs);
                break;

            case SubscriberPosition.TetherState.Resting:
                if (subscriber.IsRejoin && nowNs - subscriber.TimeOfLastUpdateNs >= restingTimeoutNs)
                    LetIn(subscriber, nowNs, joinPosition);
                break;
        }
    }

    private void LeaveBehind(SubscriberPosition subscriber, long nowNs)
    {
        subscriber.State = SubscriberPosition.TetherState.Linger;
        subscriber.TimeOfLastUpdateNs = nowNs;
        subscribers.OnStateChanged();
        events.OnSubscriberUnavailable(subscriber);
    }

    private static void Rest(SubscriberPosition subscriber, long nowNs)
    {
        subscriber.State = SubscriberPosition.TetherState.Resting;
        subscriber.TimeOfLastUpdateNs = nowNs;
    }

    private void LetIn(SubscriberPosition subscriber, long nowNs, long joinPosition)
    {
        subscriber.TimeOfLastUpdateNs = nowNs;
        events.OnSubscriberAvailableAgain(subscriber, joinPosition);
        subscribers.OnStateChanged();
    }
}
