using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>The publications inside the machine: shared ones found again, logs and counters made and given back.</summary>
internal sealed class IpcPublications(ConductorServices services, Func<long, TaggedPublication?> networkPublicationByTag)
{
    private readonly List<Entry> _all = [];

    public IEnumerable<IpcPublication> All => _all.Select(static entry => entry.Publication);

    /// <summary>A new publication, or the one that the client is to share.</summary>
    /// <exception cref="ControlProtocolException">The channel is wrong, clashes, or there is no room.</exception>
    public IpcPublication GetOrAdd(ChannelUri uri, long clientId, long correlationId, int streamId, bool isExclusive)
    {
        var parameters = PublicationParameters.Parse(uri, services.Context, networkPublicationByTag);
        Entry? shared = isExclusive ? null : FindShared(streamId, parameters);
        if (shared is not null)
        {
            PublicationClash.Check(uri.Text, parameters, shared.Parameters, shared.Publication.SessionId);
            shared.Publication.IncRef();
            return shared.Publication;
        }

        if (parameters.SessionId is int asked && IsSessionUsed(asked, streamId))
        {
            throw new ControlProtocolException(
                ErrorCode.GenericError,
                $"Channel '{uri.Text}': session-id={asked} is in use on stream {streamId}: give another, or close that publication first.");
        }

        Entry created = Create(uri.Text, parameters, clientId, correlationId, streamId, isExclusive);
        created.Publication.IncRef();
        _all.Add(created);
        return created.Publication;
    }

    public bool IsSessionUsed(int sessionId, int streamId) =>
        _all.Exists(entry => entry.Publication.SessionId == sessionId && entry.Publication.StreamId == streamId);

    /// <summary>Whether a publication wants to be answered; null when there is no such publication.</summary>
    public bool? IsAsking(long registrationId) => _all.Find(entry => entry.Publication.CorrelationId == registrationId) is Entry found
        ? found.Parameters is { IsResponse: false, ResponseCorrelationId: not -1 }
        : null;

    /// <summary>The subscription that waits for the answers to the questions that a publication answers; null for one that answers none.</summary>
    public long? WaitingForAnswersOf(IpcPublication answers)
    {
        PublicationParameters parameters = _all.Find(entry => entry.Publication == answers)!.Parameters;
        return parameters.IsResponse
            ? _all.Find(entry => entry.Publication.CorrelationId == parameters.ResponseCorrelationId)?.Parameters.ResponseCorrelationId
            : null;
    }

    public IpcPublication? FindByRegistrationId(long registrationId) => _all.Find(entry => entry.Publication.CorrelationId == registrationId)?.Publication;

    /// <summary>Each cycle: lets the producers on.</summary>
    public int UpdatePositions()
    {
        int workCount = 0;
        foreach (Entry entry in _all)
        {
            workCount += entry.Publication.UpdatePublisherPositionAndLimit();
        }

        return workCount;
    }

    /// <summary>Each timer interval: the way to the end.</summary>
    public void OnTimeEvent(long nowNs)
    {
        for (int index = _all.Count - 1; index >= 0; index--)
        {
            Entry entry = _all[index];
            switch (entry.Publication.OnTimeEvent(nowNs))
            {
                case PublicationState.Linger:
                    services.Subscriptions.Unlink(entry.Publication);
                    break;

                case PublicationState.Done:
                    services.Subscriptions.Unlink(entry.Publication);
                    _all.RemoveAt(index);
                    entry.Owned.Free();
                    break;
            }
        }
    }

    /// <summary>The driver ends.</summary>
    public void Close() => _all.ForEach(static entry => entry.Owned.Close());

    private Entry? FindShared(int streamId, PublicationParameters parameters) => _all.Find(entry =>
        entry.Publication.StreamId == streamId
        && !entry.Publication.IsExclusive
        && entry.Publication.State == PublicationState.Active
        && parameters.ResponseCorrelationId == entry.Parameters.ResponseCorrelationId
        && (parameters.SessionId is null || parameters.SessionId == entry.Publication.SessionId));

    private Entry Create(string channel, PublicationParameters parameters, long clientId, long correlationId, int streamId, bool isExclusive)
    {
        int sessionId = parameters.SessionId ?? services.SessionIds.Next(session => IsSessionUsed(session, streamId));
        int initialTermId = parameters.Start?.InitialTermId ?? services.RandomTermId();
        var owned = new OwnedResources(services);
        try
        {
            LogBuffer log = owned.Add(services.Logs.CreatePublication(
                PublicationLogs.MetaData(services.Context, parameters, correlationId, sessionId, streamId, initialTermId, isExclusive, isGroup: false)));
            var identity = new StreamIdentity(correlationId, clientId, sessionId, streamId, channel);
            var publication = new IpcPublication(new IpcPublicationParameters
            {
                RegistrationId = correlationId,
                SessionId = sessionId,
                StreamId = streamId,
                IsExclusive = isExclusive,
                Log = log,
                InitialTermId = initialTermId,
                StartPosition = PublicationLogs.StartPosition(parameters),
                TermWindowLength = parameters.PublicationWindowLength,
                UnblockTimeoutNs = services.Context.PublicationUnblockTimeoutNs,
                RejectCoolDownNs = services.Context.ImageLivenessTimeoutNs,
                UntetheredWindowLimitTimeoutNs = parameters.UntetheredWindowLimitTimeoutNs,
                UntetheredLingerTimeoutNs = parameters.UntetheredLingerTimeoutNs,
                UntetheredRestingTimeoutNs = parameters.UntetheredRestingTimeoutNs,
                PublisherPosition = owned.Add(services.StreamCounters.Stream(
                    CounterTypes.PublisherPosition, isExclusive ? "pub-pos (exclusive)" : "pub-pos (concurrent)", identity)),
                PublisherLimit = owned.Add(services.StreamCounters.Stream(CounterTypes.PublisherLimit, "pub-lmt", identity)),
                UnblockedPublications = services.State.SystemCounters[SystemCounterId.UnblockedPublications],
                SubscriberEvents = services.Subscriptions,
                NowNs = services.Clock.NanoTime,
            });
            return new Entry(publication, parameters, owned);
        }
        catch
        {
            owned.Free();
            throw;
        }
    }

    private sealed record Entry(IpcPublication Publication, PublicationParameters Parameters, OwnedResources Owned);
}
