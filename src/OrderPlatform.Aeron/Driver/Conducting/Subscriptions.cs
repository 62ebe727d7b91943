using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Subscribers;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// All subscriptions of all clients, and which streams each reads: links them, parts them, and tells the clients. The conductor's thread only.
/// </summary>
internal sealed class Subscriptions(
    StreamCounters streamCounters, CounterAllocator counters, ClientProxy clientProxy, Action<Exception> onError) : ISubscriberEvents
{
    private readonly List<SubscriptionLink> _all = [];

    public IReadOnlyList<SubscriptionLink> All => _all;

    public void Add(SubscriptionLink link) => _all.Add(link);

    public SubscriptionLink? Find(long registrationId) => _all.Find(link => link.RegistrationId == registrationId);

    /// <summary>
    /// Lets a subscription read a stream from where it stands, and tells the client. When there is no counter left for its position, it does not read that
    /// stream.
    /// </summary>
    public void Link(SubscriptionLink link, ISubscribable stream, long nowNs)
    {
        long joinPosition = stream.JoinPosition;
        if (TryNewPosition(link, stream, joinPosition) is not AtomicCounter counter)
            return;
        var position = new SubscriberPosition(link.RegistrationId, counter, link.Parameters.IsTether, link.Parameters.IsRejoin);
        stream.AddSubscriber(position, nowNs);
        link.Readings.Add(new SubscriptionLink.Reading(stream, position));
        Announce(link, stream, counter);
    }

    /// <summary>Ends a subscription: it reads nothing any more. Its client knows, since it asked for it or is gone.</summary>
    public void Remove(SubscriptionLink link)
    {
        _all.Remove(link);
        foreach (SubscriptionLink.Reading reading in link.Readings)
        {
            reading.Stream.RemoveSubscriber(reading.Position);
            counters.Free(reading.Position.Position.Id);
        }

        link.Readings.Clear();
    }

    /// <summary>A stream is over for everybody who reads it, and they are told.</summary>
    public void Unlink(ISubscribable stream)
    {
        foreach (SubscriptionLink link in _all)
        {
            int index = link.Readings.FindIndex(reading => reading.Stream == stream);
            if (index < 0)
                continue;
            SubscriptionLink.Reading reading = link.Readings[index];
            link.Readings.RemoveAt(index);
            stream.RemoveSubscriber(reading.Position);
            counters.Free(reading.Position.Position.Id);
            // One that rests knows already.
            if (reading.Position.State == SubscriberPosition.TetherState.Active)
                clientProxy.UnavailableImage(stream.CorrelationId, link.RegistrationId, stream.StreamId, link.Channel);
        }
    }

    /// <inheritdoc/>
    public void OnSubscriberUnavailable(SubscriberPosition subscriber)
    {
        (SubscriptionLink link, ISubscribable stream) = Reader(subscriber);
        clientProxy.UnavailableImage(stream.CorrelationId, link.RegistrationId, stream.StreamId, link.Channel);
    }

    /// <inheritdoc/>
    public void OnSubscriberAvailableAgain(SubscriberPosition subscriber, long joinPosition)
    {
        (SubscriptionLink link, ISubscribable stream) = Reader(subscriber);
        // Without a counter it rests once more.
        if (TryNewPosition(link, stream, joinPosition) is not AtomicCounter counter)
            return;
        counters.Free(subscriber.Position.Id);
        subscriber.Renew(counter);
        Announce(link, stream, counter);
    }

    private AtomicCounter? TryNewPosition(SubscriptionLink link, ISubscribable stream, long joinPosition)
    {
        var identity = new StreamIdentity(link.RegistrationId, link.Client.ClientId, stream.SessionId, stream.StreamId, link.Channel);
        try
        {
            AtomicCounter counter = streamCounters.Stream(CounterTypes.SubscriberPosition, "sub-pos", identity, stream.CorrelationId, $" @{joinPosition}");
            counter.SetRelease(joinPosition);
            return counter;
        }
        catch (ControlProtocolException failure)
        {
            onError(failure);
            return null;
        }
    }

    private void Announce(SubscriptionLink link, ISubscribable stream, AtomicCounter position) => clientProxy.AvailableImage(new AvailableImage(
        stream.CorrelationId, stream.SessionId, stream.StreamId, link.RegistrationId, position.Id, stream.LogPath, stream.SourceIdentity));

    private (SubscriptionLink Link, ISubscribable Stream) Reader(SubscriberPosition subscriber)
    {
        foreach (SubscriptionLink link in _all)
        {
            foreach (SubscriptionLink.Reading reading in link.Readings)
            {
                if (reading.Position == subscriber)
                    return (link, reading.Stream);
            }
        }

        throw new InvalidOperationException($"no subscription has the position counter {subscriber.Position.Id}");
    }
}
