using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// Carries out what clients ask for, and cleans up after those that are gone. The order of a command's events is the reference's, which clients rely on.
/// </summary>
internal sealed class ClientCommands : IClientCommandHandler
{
    private readonly ConductorServices _services;
    private readonly NetworkPublications _networkPublications;
    private readonly IpcPublications _ipcPublications;
    private readonly Images _images;
    private readonly DriverClients _clients;
    private readonly SubscriptionCommands _subscriptions;
    private readonly CounterCommands _counters;
    private readonly ResponseChannels _responses;

    public ClientCommands(ConductorServices services, NetworkPublications networkPublications, IpcPublications ipcPublications, Images images)
    {
        _services = services;
        _networkPublications = networkPublications;
        _ipcPublications = ipcPublications;
        _images = images;
        _clients = new DriverClients(
            services.Context, services.Clock, services.State.Counters, services.Clients, services.State.SystemCounters[SystemCounterId.ClientTimeouts]);
        _subscriptions = new SubscriptionCommands(services, networkPublications, ipcPublications, images);
        _counters = new CounterCommands(services);
        _responses = new ResponseChannels(services, images, ipcPublications);
    }

    public void OnAddPublication(long clientId, long correlationId, int streamId, string channel, bool isExclusive)
    {
        var uri = ChannelUri.ParseCommand(channel);
        if (uri.IsSpy)
            throw new ControlProtocolException(ErrorCode.InvalidChannel, $"Channel '{channel}': a spy only reads; leave 'aeron-spy:' away to publish.");
        _clients.CheckRoom(clientId, correlationId);
        _responses.Check(uri, PublicationParameters.Parse(uri, _services.Context, _networkPublications.FindTagged));
        if (uri.IsIpc)
            AddIpcPublication(uri, clientId, correlationId, streamId, isExclusive);
        else
            AddNetworkPublication(uri, clientId, correlationId, streamId, isExclusive);
    }

    public void OnRemovePublication(long clientId, long correlationId, long registrationId, bool revoke)
    {
        if (_clients.Find(clientId) is not DriverClient client || !client.Publications.Remove(registrationId, out PublicationLink? link))
            throw new ControlProtocolException(ErrorCode.UnknownPublication, $"unknown publication client_id={clientId} registration_id={registrationId}");
        Release(link, revoke);
        _services.Clients.OperationSuccess(correlationId);
    }

    public void OnAddSubscription(long clientId, long correlationId, int streamId, string channel)
    {
        var uri = ChannelUri.ParseCommand(channel);
        _clients.CheckRoom(clientId, correlationId);
        _subscriptions.Add(uri, correlationId, streamId, channel, () => _clients.GetOrAdd(clientId));
    }

    public void OnRemoveSubscription(long clientId, long correlationId, long registrationId)
    {
        if (_clients.Find(clientId) is not DriverClient client || !client.Subscriptions.Remove(registrationId, out SubscriptionLink? link))
            throw new ControlProtocolException(ErrorCode.UnknownSubscription, $"unknown subscription client_id={clientId} registration_id={registrationId}");
        _subscriptions.Remove(link);
        _services.Clients.OperationSuccess(correlationId);
    }

    public void OnAddDestination(long clientId, long correlationId, long registrationId, string channel)
    {
        NetworkStream stream = NetworkStreamOf(clientId, registrationId);
        UdpChannel destination = SendDestination(channel);
        if (stream.Publication.Endpoint.Channel.ControlMode != ControlMode.Manual)
        {
            throw new ControlProtocolException(
                ErrorCode.InvalidChannel,
                $"Channel '{stream.Publication.Endpoint.Channel.OriginalUriString}' takes no destinations by hand: add it with 'control-mode=manual'.");
        }

        string? endpoint = destination.Uri.Get(ChannelKeys.Endpoint);
        string? name = endpoint is not null && !System.Net.IPEndPoint.TryParse(endpoint, out _) ? endpoint : null;
        var manual = new Sending.ManualDestination(correlationId, destination.RemoteData, name);
        _services.Sender.Commands.Offer(() => _services.Sender.AddDestination(stream.Publication.Endpoint, manual));
        _services.Clients.OperationSuccess(correlationId);
    }

    public void OnRemoveDestination(long clientId, long correlationId, long registrationId, string channel)
    {
        NetworkStream stream = NetworkStreamOf(clientId, registrationId);
        UdpAddress address = SendDestination(channel).RemoteData;
        _services.Sender.Commands.Offer(() => _services.Sender.RemoveDestination(stream.Publication.Endpoint, address));
        _services.Clients.OperationSuccess(correlationId);
    }

    public void OnRemoveDestinationById(long clientId, long correlationId, long resourceRegistrationId, long destinationRegistrationId)
    {
        NetworkStream stream = NetworkStreamOf(clientId, resourceRegistrationId);
        _services.Sender.Commands.Offer(() => _services.Sender.RemoveDestinationById(stream.Publication.Endpoint, destinationRegistrationId));
        _services.Clients.OperationSuccess(correlationId);
    }

    public void OnAddReceiveDestination(long clientId, long correlationId, long registrationId, string channel)
    {
        _subscriptions.AddDestination(SubscriptionOf(clientId, registrationId), channel);
        _services.Clients.OperationSuccess(correlationId);
    }

    public void OnRemoveReceiveDestination(long clientId, long correlationId, long registrationId, string channel)
    {
        _subscriptions.RemoveDestination(SubscriptionOf(clientId, registrationId), channel);
        _services.Clients.OperationSuccess(correlationId);
    }

    public void OnAddCounter(long clientId, long correlationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label)
    {
        _clients.CheckRoom(clientId, correlationId);
        _counters.Add(_clients.GetOrAdd(clientId), correlationId, typeId, key, label);
    }

    public void OnAddStaticCounter(long clientId, long correlationId, long registrationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label)
    {
        _clients.CheckRoom(clientId, correlationId);
        _ = _clients.GetOrAdd(clientId);
        _counters.AddStatic(correlationId, registrationId, typeId, key, label);
    }

    public void OnRemoveCounter(long clientId, long correlationId, long registrationId)
    {
        if (_clients.Find(clientId) is not DriverClient client || !client.Counters.Remove(registrationId, out AtomicCounter? counter))
            throw new ControlProtocolException(ErrorCode.UnknownCounter, $"unknown counter client_id={clientId} registration_id={registrationId}");
        _services.Clients.OperationSuccess(correlationId);
        _counters.Remove(registrationId, counter);
    }

    public void OnClientKeepalive(long clientId) => _clients.OnKeepalive(clientId);

    public void OnClientClose(long clientId)
    {
        if (_clients.Find(clientId) is not DriverClient client)
            return;
        client.Heartbeat.SetRelease(0);
        Remove(client);
    }

    public void OnTerminateDriver(long clientId, ReadOnlySpan<byte> token)
    {
        if (_services.Context.TerminationValidator?.Invoke(token.ToArray()) != true)
        {
            throw new ControlProtocolException(
                ErrorCode.NotSupported, $"client {clientId} may not end the driver: its token was not accepted (TerminationValidator)");
        }

        _services.Context.TerminationHook?.Invoke();
    }

    public void OnRejectImage(long clientId, long correlationId, long imageCorrelationId, long position, string reason)
    {
        if (_images.Find(imageCorrelationId) is PublicationImage image)
        {
            // Its subscribers are told when it has been silent for the liveness timeout, as with the reference.
            image.Reject(reason);
        }
        else if (_ipcPublications.FindByRegistrationId(imageCorrelationId) is IpcPublication ipc)
        {
            ipc.Reject(_services.Clock.NanoTime);
            var loopback = new UdpAddress(0x7F000001, 0, IsIPv6: false, ScopeId: 0);
            PublicationErrors.Announce(
                _services, new PublicationErrorNotice(imageCorrelationId, -1, ipc.SessionId, ipc.StreamId, -1, -1, loopback, ErrorCode.ImageRejected, reason));
            _services.Subscriptions.Unlink(ipc);
            _services.State.SystemCounters[SystemCounterId.ImagesRejected].Increment();
        }
        else
        {
            throw new ControlProtocolException(ErrorCode.GenericError, $"there is no image {imageCorrelationId} to reject: it is over, or a spy's");
        }

        _services.Clients.OperationSuccess(correlationId);
    }

    public void OnGetNextAvailableSessionId(long clientId, long correlationId, int streamId)
    {
        int sessionId = _services.SessionIds.Next(
            session => _networkPublications.IsSessionUsed(session, streamId) || _ipcPublications.IsSessionUsed(session, streamId));
        _services.Clients.NextAvailableSessionId(correlationId, sessionId);
    }

    /// <summary>RSP_SETUP came for a request of this driver: the subscription that waits for the answer has its session now.</summary>
    public void OnResponseSetup(long responseCorrelationId, int responseSessionId) => _subscriptions.OnResponseSetup(responseCorrelationId, responseSessionId);

    /// <summary>Closes what belongs to clients that have not been heard of for the liveness timeout.</summary>
    public void RemoveGoneClients()
    {
        foreach (DriverClient client in _clients.Gone())
        {
            Remove(client);
        }
    }

    private void AddIpcPublication(ChannelUri uri, long clientId, long correlationId, int streamId, bool isExclusive)
    {
        IpcPublication publication = _ipcPublications.GetOrAdd(uri, clientId, correlationId, streamId, isExclusive);
        DriverClient client = KnownOr(clientId, publication.DecRef);
        client.Publications.Add(correlationId, new PublicationLink(client, correlationId, Network: null, publication));
        _services.Clients.PublicationReady(new PublicationReady(
            correlationId,
            publication.CorrelationId,
            publication.SessionId,
            streamId,
            publication.PublisherLimitCounterId,
            -1,
            publication.LogPath,
            isExclusive));
        if (publication.CorrelationId != correlationId)
            return;
        if (_ipcPublications.WaitingForAnswersOf(publication) is long subscriptionId)
            _subscriptions.OnIpcResponse(subscriptionId, publication.SessionId);
        _subscriptions.LinkAll(publication);
    }

    private void AddNetworkPublication(ChannelUri uri, long clientId, long correlationId, int streamId, bool isExclusive)
    {
        NetworkStream stream = _networkPublications.GetOrAdd(uri, clientId, correlationId, streamId, isExclusive);
        Sending.NetworkPublication publication = stream.Publication;
        DriverClient client = KnownOr(clientId, () => _networkPublications.Release(stream, revoke: false));
        client.Publications.Add(correlationId, new PublicationLink(client, correlationId, stream, Ipc: null));
        _services.Clients.PublicationReady(new PublicationReady(
            correlationId,
            publication.RegistrationId,
            publication.SessionId,
            streamId,
            publication.PublisherLimitCounterId,
            publication.Endpoint.ChannelStatus.Id,
            publication.Log.Path,
            isExclusive));
        if (publication.RegistrationId != correlationId)
            return;
        _subscriptions.LinkSpies(publication);
        if (stream.Parameters.IsResponse && stream.Parameters.ResponseCorrelationId >= 0)
            _images.Find(stream.Parameters.ResponseCorrelationId)?.SetResponseSessionId(publication.SessionId);
    }

    /// <summary>The client; when it cannot be made known, for there is no counter left for its heartbeat, what was made for it is given back.</summary>
    private DriverClient KnownOr(long clientId, Action giveBack)
    {
        try
        {
            return _clients.GetOrAdd(clientId);
        }
        catch (ControlProtocolException)
        {
            giveBack();
            throw;
        }
    }

    private void Release(PublicationLink link, bool revoke)
    {
        if (link.Network is NetworkStream network)
        {
            _networkPublications.Release(network, revoke);
            return;
        }

        IpcPublication ipc = link.Ipc!;
        if (revoke)
        {
            ipc.Revoke();
            _services.State.SystemCounters[SystemCounterId.PublicationsRevoked].Increment();
        }

        ipc.DecRef();
    }

    private void Remove(DriverClient client)
    {
        foreach (PublicationLink link in client.Publications.Values)
        {
            Release(link, revoke: false);
        }

        foreach (SubscriptionLink link in client.Subscriptions.Values)
        {
            _subscriptions.Remove(link);
        }

        foreach ((long registrationId, AtomicCounter counter) in client.Counters)
        {
            _counters.Remove(registrationId, counter);
        }

        _clients.Remove(client);
    }

    private NetworkStream NetworkStreamOf(long clientId, long registrationId) =>
        _clients.Find(clientId)?.Publications.GetValueOrDefault(registrationId)?.Network
        ?? throw new ControlProtocolException(
            ErrorCode.UnknownPublication,
            $"unknown network publication client_id={clientId} registration_id={registrationId}");

    private SubscriptionLink SubscriptionOf(long clientId, long registrationId) =>
        _clients.Find(clientId)?.Subscriptions.GetValueOrDefault(registrationId)
        ?? throw new ControlProtocolException(ErrorCode.UnknownSubscription, $"unknown subscription client_id={clientId} registration_id={registrationId}");

    private UdpChannel SendDestination(string channel) => DestinationRules.ParseSend(channel, _services.Context.NameResolver);
}
