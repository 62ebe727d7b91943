using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Client;

internal sealed partial class ClientConductor
{
    private static IEnumerable<int> ChannelStatusIdsOf(IDisposable resource) => resource switch
    {
        Publication publication => [publication.ChannelStatusId],
        Subscription subscription => [subscription.ChannelStatusId],
        _ => [],
    };

    private void OnError(long offendingCorrelationId, ErrorCode code, string message)
    {
        if (code == ErrorCode.ChannelEndpointError)
        {
            // Here the driver names the counter of the channel's status and not a command.
            int statusId = (int)offendingCorrelationId;
            foreach (IDisposable resource in _resources.Values.Where(resource => ChannelStatusIdsOf(resource).Contains(statusId)).ToArray())
            {
                Report(new ChannelEndpointException(statusId, $"The channel of {Describe(resource)} failed: {message}"));
            }

            return;
        }

        if (!_registrations.TryGetValue(offendingCorrelationId, out Registration? registration))
            return;
        var failure = new RegistrationException(offendingCorrelationId, code, message);
        registration.Fail(failure);
        if (registration.IsAskedFor)
            return;
        _registrations.Remove(offendingCorrelationId);
        Report(failure);
    }

    private void OnPublicationReady(in PublicationReady ready)
    {
        if (!TryTake(ready.CorrelationId, Registration.Kind.Publication, out Registration registration))
            return;
        SharedLog? log = null;
        try
        {
            log = _logs.Acquire(ready.LogFile);
            var setup = new PublicationSetup(
                log, registration.Channel, ready.StreamId, ready.SessionId, ready.CorrelationId, ready.RegistrationId,
                ready.PositionLimitCounterId, ready.ChannelStatusCounterId);
            Publication publication = ready.IsExclusive ? new ExclusivePublication(this, setup) : new ConcurrentPublication(this, setup);
            Finish(registration, publication);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            if (log != null)
                Release(log, NoUser.Instance);
            _driver.RemovePublication(ready.CorrelationId);
            Fail(registration, failure);
        }
    }

    private void OnSubscriptionReady(long correlationId, int channelStatusCounterId)
    {
        if (!TryTake(correlationId, Registration.Kind.Subscription, out Registration registration))
            return;
        Finish(registration, new Subscription(this, new SubscriptionSetup(
            registration.Channel, registration.StreamId, correlationId, channelStatusCounterId,
            registration.AvailableImageHandler, registration.UnavailableImageHandler)));
    }

    private void OnAvailableImage(in AvailableImage available)
    {
        long correlationId = available.ImageCorrelationId;
        if (!_resources.TryGetValue(available.SubscriptionRegistrationId, out IDisposable? resource)
            || resource is not Subscription subscription
            || subscription.Images.Any(known => known.CorrelationId == correlationId))
        {
            return;
        }

        SharedLog? log = null;
        try
        {
            log = _logs.Acquire(available.LogFile);
            var setup = new ImageSetup(correlationId, available.SessionId, available.SubscriberPositionCounterId, available.SourceIdentity);
            var image = new Image(this, subscription, log, setup);
            if (subscription.AvailableImageHandler is { } handler)
                Call(() => handler(image));
            // The handler may have closed the subscription.
            if (subscription.IsClosed)
                CloseImage(image, null);
            else
                subscription.Add(image);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            if (log != null)
                Release(log, NoUser.Instance);
            throw new AeronException($"The image {correlationId} of {Describe(subscription)} cannot be read: {failure.Message}", failure);
        }
    }

    private void OnUnavailableImage(long imageCorrelationId, long subscriptionRegistrationId)
    {
        if (_resources.TryGetValue(subscriptionRegistrationId, out IDisposable? resource)
            && resource is Subscription subscription
            && subscription.Remove(imageCorrelationId) is { } image)
        {
            CloseImage(image, subscription.UnavailableImageHandler);
        }
    }

    private void OnOperationSuccess(long correlationId)
    {
        if (TryTake(correlationId, Registration.Kind.Operation, out Registration registration))
            registration.Complete(null);
    }

    private void OnCounterReady(long correlationId, int counterId)
    {
        if (TryTake(correlationId, Registration.Kind.Counter, out Registration registration))
            FinishCounter(registration, correlationId, counterId, isStatic: false);
        if (!_isClosed && _context.AvailableCounterHandler is { } handler)
            Call(() => handler(Cnc.Counters, correlationId, counterId));
    }

    private void OnStaticCounter(long correlationId, int counterId)
    {
        if (TryTake(correlationId, Registration.Kind.StaticCounter, out Registration registration))
            FinishCounter(registration, registration.RegistrationId, counterId, isStatic: true);
    }

    private void OnUnavailableCounter(long registrationId, int counterId)
    {
        if (!_isClosed && _context.UnavailableCounterHandler is { } handler)
            Call(() => handler(Cnc.Counters, registrationId, counterId));
    }

    private void OnClientTimeout(long clientId)
    {
        if (clientId == ClientId)
            Terminate(new ClientTimeoutException($"The driver took client {ClientId} for dead: its conductor ran too seldom. Close it and connect anew."));
    }

    private void OnPublicationError(in PublicationErrorEvent publicationError)
    {
        long registrationId = publicationError.RegistrationId;
        if (_context.PublicationErrorHandler is not { } handler
            || !_resources.Values.Any(resource => resource is Publication publication && publication.OriginalRegistrationId == registrationId))
        {
            return;
        }

        PublicationErrorEvent copy = publicationError;
        Call(() => handler(copy));
    }

    private void OnNextAvailableSessionId(long correlationId, int sessionId)
    {
        if (TryTake(correlationId, Registration.Kind.SessionId, out Registration registration))
            registration.Complete(sessionId);
    }

    private bool TryTake(long correlationId, Registration.Kind kind, out Registration registration)
    {
        bool isOurs = _registrations.TryGetValue(correlationId, out Registration? found) && found.What == kind && !found.IsDone;
        registration = found!;
        if (isOurs)
            _registrations.Remove(correlationId);
        return isOurs;
    }

    private void Finish(Registration registration, IDisposable resource)
    {
        _resources.Add(registration.CorrelationId, resource);
        registration.Complete(resource);
    }

    private void FinishCounter(Registration registration, long registrationId, int counterId, bool isStatic)
    {
        try
        {
            Finish(registration, new Counter(this, registration.CorrelationId, registrationId, counterId, isStatic));
        }
        catch (ArgumentOutOfRangeException failure)
        {
            Fail(registration, failure);
        }
    }

    private void Fail(Registration registration, Exception failure)
    {
        registration.Fail(new RegistrationException(registration.CorrelationId, ErrorCode.GenericError, failure.Message, failure));
        _registrations[registration.CorrelationId] = registration;
    }

    private static string Describe(IDisposable resource) => resource switch
    {
        Publication publication => $"publication {publication.RegistrationId} ({publication.Channel}, stream {publication.StreamId})",
        Subscription subscription => $"subscription {subscription.RegistrationId} ({subscription.Channel}, stream {subscription.StreamId})",
        _ => "a counter",
    };

    /// <summary>Hands the events on; apart, so that they are no part of the conductor's own interface.</summary>
    private sealed class EventHandler(ClientConductor conductor) : IDriverEventHandler
    {
        public void OnError(long offendingCorrelationId, ErrorCode code, string message) => conductor.OnError(offendingCorrelationId, code, message);

        public void OnAvailableImage(in AvailableImage image) => conductor.OnAvailableImage(image);

        public void OnUnavailableImage(long imageCorrelationId, long subscriptionRegistrationId, int streamId) =>
            conductor.OnUnavailableImage(imageCorrelationId, subscriptionRegistrationId);

        public void OnPublicationReady(in PublicationReady publication) => conductor.OnPublicationReady(publication);

        public void OnSubscriptionReady(long correlationId, int channelStatusCounterId) => conductor.OnSubscriptionReady(correlationId, channelStatusCounterId);

        public void OnOperationSuccess(long correlationId) => conductor.OnOperationSuccess(correlationId);

        public void OnCounterReady(long correlationId, int counterId) => conductor.OnCounterReady(correlationId, counterId);

        public void OnUnavailableCounter(long registrationId, int counterId) => conductor.OnUnavailableCounter(registrationId, counterId);

        public void OnStaticCounter(long correlationId, int counterId) => conductor.OnStaticCounter(correlationId, counterId);

        public void OnClientTimeout(long clientId) => conductor.OnClientTimeout(clientId);

        public void OnPublicationError(in PublicationErrorEvent publicationError) => conductor.OnPublicationError(publicationError);

        public void OnNextAvailableSessionId(long correlationId, int sessionId) => conductor.OnNextAvailableSessionId(correlationId, sessionId);
    }

    /// <summary>Nobody: for a log that was mapped in vain.</summary>
    private sealed class NoUser : ILogUser
    {
        public static readonly NoUser Instance = new();

        public bool IsUsingLog => false;
    }
}
