using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Client;

internal sealed partial class ClientConductor
{
    public long AsyncAddPublication(string channel, int streamId, bool isExclusive)
    {
        lock (_lock)
        {
            CheckUsable();
            long id = isExclusive ? _driver.AddExclusivePublication(channel, streamId) : _driver.AddPublication(channel, streamId);
            return Register(new Registration(id, Registration.Kind.Publication) { Channel = channel, StreamId = streamId });
        }
    }

    public long AsyncAddSubscription(string channel, int streamId, ImageHandler? onAvailable, ImageHandler? onUnavailable)
    {
        lock (_lock)
        {
            CheckUsable();
            long id = _driver.AddSubscription(channel, streamId);
            return Register(new Registration(id, Registration.Kind.Subscription)
            {
                Channel = channel,
                StreamId = streamId,
                AvailableImageHandler = onAvailable ?? _context.AvailableImageHandler,
                UnavailableImageHandler = onUnavailable ?? _context.UnavailableImageHandler,
            });
        }
    }

    public long AsyncAddCounter(int typeId, ReadOnlySpan<byte> key, string label)
    {
        lock (_lock)
        {
            CheckUsable();
            return Register(new Registration(_driver.AddCounter(typeId, key, label), Registration.Kind.Counter));
        }
    }

    public long AsyncAddStaticCounter(int typeId, ReadOnlySpan<byte> key, string label, long registrationId)
    {
        lock (_lock)
        {
            CheckUsable();
            long id = _driver.AddStaticCounter(typeId, key, label, registrationId);
            return Register(new Registration(id, Registration.Kind.StaticCounter) { RegistrationId = registrationId });
        }
    }

    /// <summary>What was added, when the driver has answered; null before.</summary>
    /// <exception cref="RegistrationException">The driver refused. Asked again, the id is not known any more.</exception>
    /// <exception cref="AeronException">The id is not known, or is of something else.</exception>
    public T? Get<T>(long registrationId)
        where T : class
    {
        lock (_lock)
        {
            if (_resources.TryGetValue(registrationId, out IDisposable? resource))
                return resource as T ?? throw new AeronException($"Registration {registrationId} is not a {typeof(T).Name}.");
            CheckUsable();
            if (!_registrations.TryGetValue(registrationId, out Registration? registration))
                throw new AeronException($"There is no registration {registrationId}: it was closed, or never made by this client.");
            if (!registration.IsDone)
                return null;
            _registrations.Remove(registrationId);
            return (T?)registration.ResultOrThrow();
        }
    }

    /// <summary>
    /// Asks for something, and again while the driver answers that it is not free yet, as an address is not while its last socket is being closed;
    /// at most for the driver's timeout.
    /// </summary>
    public T AskAgain<T>(Func<T> ask)
    {
        long deadlineNs = _clock.NanoTime + _context.DriverTimeoutNs;
        while (true)
        {
            try
            {
                return ask();
            }
            catch (RegistrationException refusal) when (refusal.Code == ErrorCode.ResourceTemporarilyUnavailable && _clock.NanoTime - deadlineNs < 0)
            {
                // The answer took a cycle of the driver: enough for another try.
            }
        }
    }

    /// <summary>Waits for what was added.</summary>
    /// <inheritdoc cref="Await" path="/exception"/>
    public T Await<T>(long registrationId)
        where T : class
    {
        lock (_lock)
        {
            CheckUsable();
            if (_resources.TryGetValue(registrationId, out IDisposable? resource))
                return (T)resource;
            return (T)Await(_registrations[registrationId])!;
        }
    }

    /// <summary>True if the driver has not answered the command yet.</summary>
    public bool IsCommandActive(long correlationId)
    {
        lock (_lock)
        {
            return _registrations.TryGetValue(correlationId, out Registration? registration) && !registration.IsDone;
        }
    }

    public int NextAvailableSessionId(int streamId)
    {
        lock (_lock)
        {
            CheckUsable();
            var registration = new Registration(_driver.GetNextAvailableSessionId(streamId), Registration.Kind.SessionId);
            Register(registration);
            return (int)Await(registration)!;
        }
    }

    public long AddDestination(long registrationId, string channel, bool isAwaited) =>
        Operate(isAwaited, conductor => conductor._driver.AddDestination(registrationId, channel));

    public void RemoveDestination(long registrationId, string channel) =>
        Operate(isAwaited: true, conductor => conductor._driver.RemoveDestination(registrationId, channel));

    public void RemoveDestination(long registrationId, long destinationRegistrationId) =>
        Operate(isAwaited: true, conductor => conductor._driver.RemoveDestinationById(registrationId, destinationRegistrationId));

    public long AddReceiveDestination(long registrationId, string channel, bool isAwaited) =>
        AskAgain(() => Operate(isAwaited, conductor => conductor._driver.AddReceiveDestination(registrationId, channel)));

    public void RemoveReceiveDestination(long registrationId, string channel) =>
        Operate(isAwaited: true, conductor => conductor._driver.RemoveReceiveDestination(registrationId, channel));

    public void RejectImage(long imageCorrelationId, long position, string reason) =>
        Operate(isAwaited: false, conductor => conductor._driver.RejectImage(imageCorrelationId, position, reason));

    public void Close(Publication publication, bool revoke)
    {
        lock (_lock)
        {
            if (publication.IsClosed)
                return;
            _resources.Remove(publication.RegistrationId);
            CloseResource(publication);
            SendOrLater(() => _driver.RemovePublication(publication.RegistrationId, revoke));
        }
    }

    public void Close(Subscription subscription)
    {
        lock (_lock)
        {
            if (subscription.IsClosed)
                return;
            _resources.Remove(subscription.RegistrationId);
            CloseResource(subscription);
            SendOrLater(() => _driver.RemoveSubscription(subscription.RegistrationId));
        }
    }

    public void Close(Counter counter)
    {
        lock (_lock)
        {
            if (counter.IsClosed)
                return;
            _resources.Remove(counter.CorrelationId);
            CloseResource(counter);
            if (!counter.IsStatic)
                SendOrLater(() => _driver.RemoveCounter(counter.RegistrationId));
        }
    }

    private long Operate(bool isAwaited, Func<ClientConductor, long> send)
    {
        lock (_lock)
        {
            CheckUsable();
            var registration = new Registration(send(this), Registration.Kind.Operation) { IsAskedFor = isAwaited };
            Register(registration);
            if (isAwaited)
                Await(registration);
            return registration.CorrelationId;
        }
    }

    private long Register(Registration registration)
    {
        _registrations.Add(registration.CorrelationId, registration);
        return registration.CorrelationId;
    }

    /// <summary>Tells the driver that something is not needed any more; again in later cycles if it does not read now.</summary>
    private void SendOrLater(Func<long> send)
    {
        _unsent.Enqueue(send);
        SendUnsent();
    }

    private int SendUnsent()
    {
        int count = 0;
        while (_unsent.TryPeek(out Func<long>? send))
        {
            try
            {
                Register(new Registration(send(), Registration.Kind.Operation) { IsAskedFor = false });
            }
            catch (InvalidOperationException)
            {
                // The ring is full.
                break;
            }

            _unsent.Dequeue();
            count++;
        }

        return count;
    }

    /// <summary>Closes what the driver has closed, or is told to close.</summary>
    private void CloseResource(IDisposable resource)
    {
        switch (resource)
        {
            case Publication publication:
                publication.MarkClosed();
                Release(publication.SharedLog, publication);
                break;

            case Subscription subscription:
                foreach (Image image in subscription.MarkClosed())
                {
                    CloseImage(image, subscription.UnavailableImageHandler);
                }

                break;

            case Counter counter:
                counter.MarkClosed();
                break;
        }
    }

    private void CloseImage(Image image, ImageHandler? onUnavailable)
    {
        image.Close();
        if (onUnavailable is not null)
            Call(() => onUnavailable(image));
        Release(image.SharedLog, image);
    }

    private void Release(SharedLog log, ILogUser user) => _logs.Release(log, user, _clock.NanoTime + _context.ResourceLingerDurationNs);
}
