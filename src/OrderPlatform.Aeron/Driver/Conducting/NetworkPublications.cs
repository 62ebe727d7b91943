using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Driver.Sending.FlowControl;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>The publications that go to the network: shared ones found again, sessions kept apart, logs and counters made and given back.</summary>
internal sealed class NetworkPublications(ConductorServices services)
{
    private readonly List<NetworkStream> _all = [];

    public IReadOnlyList<NetworkStream> All => _all;

    /// <summary>A new publication, or the one that the client is to share.</summary>
    /// <exception cref="ControlProtocolException">The channel is wrong, clashes, or there is no room.</exception>
    public NetworkStream GetOrAdd(ChannelUri uri, long clientId, long correlationId, int streamId, bool isExclusive)
    {
        var channel = UdpChannel.Parse(uri, services.Context.NameResolver);
        var parameters = PublicationParameters.Parse(uri, services.Context, FindTagged);
        CheckPorts(channel);
        SendChannelEndpoint endpoint = services.SendEndpoints.Acquire(channel, correlationId);
        try
        {
            NetworkStream? shared = isExclusive ? null : FindShared(endpoint, streamId, parameters);
            if (shared is not null)
            {
                PublicationClash.Check(uri.Text, parameters, shared.Parameters, shared.Publication.SessionId);
                services.SendEndpoints.Release(endpoint);
                shared.References++;
                return shared;
            }

            NetworkStream created = Create(uri.Text, endpoint, parameters, clientId, correlationId, streamId, isExclusive);
            created.References = 1;
            _all.Add(created);
            return created;
        }
        catch
        {
            services.SendEndpoints.Release(endpoint);
            throw;
        }
    }

    /// <summary>A client closes its hold; with the last one the stream drains, or, revoked, ends at once.</summary>
    public void Release(NetworkStream stream, bool revoke)
    {
        if (revoke)
            stream.Publication.Revoke(services.Clock.NanoTime);
        if (--stream.References == 0)
            stream.Publication.BeginClose(services.Clock.NanoTime);
    }

    public bool IsSessionUsed(int sessionId, int streamId) =>
        _all.Exists(stream => stream.Publication.SessionId == sessionId && stream.Publication.StreamId == streamId);

    public NetworkStream? FindByRegistrationId(long registrationId) => _all.Find(stream => stream.Publication.RegistrationId == registrationId);

    /// <summary>Each cycle: lets the producers on.</summary>
    public int UpdatePositions()
    {
        int workCount = 0;
        foreach (NetworkStream stream in _all)
        {
            workCount += stream.Publication.UpdatePublisherPositionAndLimit();
        }

        return workCount;
    }

    /// <summary>Each timer interval: the way to the end.</summary>
    public void OnTimeEvent(long nowNs)
    {
        for (int index = _all.Count - 1; index >= 0; index--)
        {
            NetworkStream stream = _all[index];
            PublicationState state = stream.Publication.OnTimeEvent(nowNs);
            if (state is PublicationState.Linger or PublicationState.Done && !stream.IsUnlinked)
            {
                stream.IsUnlinked = true;
                services.Subscriptions.Unlink(stream.Publication);
            }

            if (state == PublicationState.Done)
            {
                _all.RemoveAt(index);
                Free(stream);
            }
        }
    }

    /// <summary>The driver ends.</summary>
    public void Close() => _all.ForEach(static stream => stream.Owned.Close());

    /// <summary>Nobody can be reached at a port that is not known. Source: the validations of aeron_driver_conductor.c, Aeron 1.52.</summary>
    private static void CheckPorts(UdpChannel channel)
    {
        string? key = channel is { IsMultiDestination: false, HasExplicitEndpoint: true, RemoteData.Port: 0 } ? ChannelKeys.Endpoint
            : channel is { ControlMode: ControlMode.Dynamic, LocalControl.Port: 0 } ? ChannelKeys.Control
            : null;
        if (key is not null)
        {
            throw new ControlProtocolException(
                ErrorCode.InvalidChannel, $"Channel '{channel.OriginalUriString}': '{key}' has port=0 for publication: name the port that receivers know.");
        }
    }

    private void Free(NetworkStream stream)
    {
        // The sender lets go first: then nobody sends from the log, and only then it goes.
        Sender sender = services.Sender;
        sender.Commands.Offer(() =>
        {
            sender.RemovePublication(stream.Publication);
            services.State.ConductorCommands.Offer(() =>
            {
                stream.Owned.Free();
                services.SendEndpoints.Release(stream.Publication.Endpoint);
            });
        });
    }

    /// <summary>What a publication of the network with that entity tag is like.</summary>
    public TaggedPublication? FindTagged(long tag) => _all.Find(stream => stream.Parameters.EntityTag == tag) is NetworkStream found
        ? new TaggedPublication(found.Publication.SessionId, found.Parameters.MtuLength, found.Parameters.TermLength)
        : null;

    private NetworkStream? FindShared(SendChannelEndpoint endpoint, int streamId, PublicationParameters parameters) => _all.Find(stream =>
        stream.Publication.Endpoint == endpoint
        && stream.Publication.StreamId == streamId
        && !stream.IsExclusive
        && stream.Publication.State == PublicationState.Active
        && parameters.ResponseCorrelationId == stream.Parameters.ResponseCorrelationId
        && (parameters.SessionId is null || parameters.SessionId == stream.Publication.SessionId));

    private NetworkStream Create(
        string channel, SendChannelEndpoint endpoint, PublicationParameters parameters, long clientId, long correlationId, int streamId, bool isExclusive)
    {
        bool IsUsed(int session) =>
            _all.Exists(stream =>
                stream.Publication.Endpoint == endpoint && stream.Publication.StreamId == streamId && stream.Publication.SessionId == session);
        if (parameters.SessionId is int asked && IsUsed(asked))
        {
            throw new ControlProtocolException(
                ErrorCode.GenericError,
                $"Channel '{channel}': session-id={asked} is in use on that endpoint and stream {streamId}: give another, or wait until that publication "
                    + "has lingered.");
        }

        int sessionId = parameters.SessionId ?? services.SessionIds.Next(IsUsed);
        var owned = new OwnedResources(services);
        try
        {
            NetworkPublication publication = Create(channel, endpoint, parameters, clientId, correlationId, streamId, sessionId, isExclusive, owned);
            services.Sender.Commands.Offer(() => services.Sender.AddPublication(publication));
            return new NetworkStream(publication, parameters, isExclusive, owned);
        }
        catch
        {
            owned.Free();
            throw;
        }
    }

    private NetworkPublication Create(
        string channel,
        SendChannelEndpoint endpoint,
        PublicationParameters parameters,
        long clientId,
        long correlationId,
        int streamId,
        int sessionId,
        bool isExclusive,
        OwnedResources owned)
    {
        var identity = new StreamIdentity(correlationId, clientId, sessionId, streamId, channel);
        AtomicCounter Counter(int typeId, string name) => owned.Add(services.StreamCounters.Stream(typeId, name, identity));
        int initialTermId = parameters.Start?.InitialTermId ?? services.RandomTermId();
        LogBuffer log = owned.Add(services.Logs.CreatePublication(
            PublicationLogs.MetaData(
                services.Context, parameters, correlationId, sessionId, streamId, initialTermId, isExclusive, endpoint.Channel.HasGroupSemantics)));
        return new NetworkPublication(new NetworkPublicationParameters
        {
            RegistrationId = correlationId,
            SessionId = sessionId,
            StreamId = streamId,
            Endpoint = endpoint,
            Log = log,
            InitialTermId = initialTermId,
            MtuLength = parameters.MtuLength,
            StartPosition = PublicationLogs.StartPosition(parameters),
            PublisherPosition = Counter(CounterTypes.PublisherPosition, isExclusive ? "pub-pos (exclusive)" : "pub-pos (concurrent)"),
            PublisherLimit = Counter(CounterTypes.PublisherLimit, "pub-lmt"),
            SenderPosition = Counter(CounterTypes.SenderPosition, "snd-pos"),
            SenderLimit = Counter(CounterTypes.SenderLimit, "snd-lmt"),
            SenderBackPressureEvents = Counter(CounterTypes.SenderBackPressure, "snd-bpe"),
            SenderNaksReceived = Counter(CounterTypes.SenderNaksReceived, "snd-naks-received"),
            IsExclusive = isExclusive,
            SignalEndOfStream = parameters.SignalEndOfStream,
            SpiesSimulateConnection = parameters.SpiesSimulateConnection,
            IsResponse = parameters.IsResponse,
            ResponseCorrelationId = parameters.ResponseCorrelationId,
            SendResponseSetup = !parameters.IsResponse && parameters.ResponseCorrelationId != -1,
            LingerTimeoutNs = parameters.LingerTimeoutNs,
            TermWindowLength = parameters.PublicationWindowLength,
            FlowControl = FlowControlFactory.Create(
                endpoint.Channel,
                services.Context,
                FlowControlFactory.NeedsReceiverCounter(endpoint.Channel, services.Context)
                    ? Counter(CounterTypes.FlowControlReceivers, "fc-receivers")
                    : null),
            MaxResend = parameters.MaxResend,
            Context = services.Context,
            SystemCounters = services.State.SystemCounters,
            SubscriberEvents = services.Subscriptions,
            UntetheredWindowLimitTimeoutNs = parameters.UntetheredWindowLimitTimeoutNs,
            UntetheredLingerTimeoutNs = parameters.UntetheredLingerTimeoutNs,
            UntetheredRestingTimeoutNs = parameters.UntetheredRestingTimeoutNs,
        });
    }
}
