using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>The streams that come in: made when a SETUP asks for one that somebody subscribes to, taken away when they are over.</summary>
internal sealed class Images(ConductorServices services)
{
    private readonly List<Entry> _all = [];

    public IEnumerable<PublicationImage> All => _all.Select(static entry => entry.Image);

    public PublicationImage? Find(long correlationId) => _all.Find(entry => entry.Image.CorrelationId == correlationId)?.Image;

    /// <summary>Whether an image's publication wants to be answered; null when there is no such image.</summary>
    public bool? IsAsking(long correlationId) => _all.Find(entry => entry.Image.CorrelationId == correlationId)?.IsAsking;

    /// <summary>Makes an image and links whoever wants it. What cannot be made is recorded, and the receiver may ask again later.</summary>
    public void Create(in ImageRequest request)
    {
        ReceiveChannelEndpoint channelEndpoint = request.Endpoint;
        (int sessionId, int streamId) = (request.SessionId, request.StreamId);
        // The last subscription may have gone while the request was queued.
        if (services.ReceiveEndpoints.Find(channelEndpoint) is not ReceiveEndpoint endpoint)
            return;
        List<SubscriptionLink> links = [.. services.Subscriptions.All.Where(link => link.Endpoint == endpoint && link.Takes(streamId, sessionId))];
        if (links.Count == 0)
        {
            services.Receiver.Commands.Offer(() => services.Receiver.RefuseImage(channelEndpoint, sessionId, streamId));
            return;
        }

        Entry created;
        try
        {
            created = Create(request, endpoint, links);
        }
        catch (ControlProtocolException failure)
        {
            services.State.OnError(failure);
            services.Receiver.Commands.Offer(() => services.Receiver.RefuseImage(channelEndpoint, sessionId, streamId));
            return;
        }

        _all.Add(created);
        endpoint.Users++;
        foreach (SubscriptionLink link in links)
        {
            services.Subscriptions.Link(link, created.Image, services.Clock.NanoTime);
        }

        services.Receiver.Commands.Offer(() => services.Receiver.AddImage(channelEndpoint, created.Image));
    }

    /// <summary>A new subscription reads what is coming in already.</summary>
    public void LinkTo(SubscriptionLink link)
    {
        foreach (Entry entry in _all)
        {
            PublicationImage image = entry.Image;
            if (entry.Endpoint == link.Endpoint && image.IsAcceptingSubscriptions && link.Takes(image.StreamId, image.SessionId))
                services.Subscriptions.Link(link, image, services.Clock.NanoTime);
        }
    }

    /// <summary>Each cycle: follows what has come in and what was read.</summary>
    public int TrackRebuild(long nowNs)
    {
        int workCount = 0;
        foreach (Entry entry in _all)
        {
            workCount += entry.Image.TrackRebuild(nowNs);
        }

        return workCount;
    }

    /// <summary>Each timer interval: the way to the end.</summary>
    public void OnTimeEvent(long nowNs)
    {
        for (int index = _all.Count - 1; index >= 0; index--)
        {
            Entry entry = _all[index];
            ImageState state = entry.Image.OnTimeEvent(nowNs);
            if (state is ImageState.Linger or ImageState.Done && !entry.IsUnlinked)
            {
                entry.IsUnlinked = true;
                services.Subscriptions.Unlink(entry.Image);
                ReceiveChannelEndpoint endpoint = entry.Image.Endpoint;
                services.Receiver.Commands.Offer(() => services.Receiver.RemoveImage(endpoint, entry.Image));
            }

            if (state == ImageState.Done && entry.Image.HasReceiverReleased)
            {
                _all.RemoveAt(index);
                Free(entry);
            }
        }
    }

    /// <summary>The driver ends.</summary>
    public void Close() => _all.ForEach(static entry => entry.Owned.Close());

    private void Free(Entry entry)
    {
        PublicationImage image = entry.Image;
        if (entry.IsRejoin)
            services.Receiver.Commands.Offer(() => services.Receiver.RemoveCoolDown(image.Endpoint, image.SessionId, image.StreamId));
        entry.Owned.Free();
        services.ReceiveEndpoints.Release(entry.Endpoint);
    }

    private Entry Create(in ImageRequest request, ReceiveEndpoint endpoint, List<SubscriptionLink> links)
    {
        SubscriptionParameters parameters = links[0].Parameters;
        UdpChannel channel = request.Endpoint.Channel;
        long correlationId = services.State.ToDriver.NextCorrelationId();
        bool isGroup = parameters.IsGroup ?? (channel.IsMulticast || (request.Flags & FrameFlags.SetupGroup) != 0);
        ICongestionControl congestionControl = CongestionControlFactory.Create(
            parameters.CongestionControl, request.TermLength, request.Mtu, parameters.InitialWindowLength, services.Context, services.Clock.NanoTime);
        var identity = new StreamIdentity(correlationId, links[0].Client.ClientId, request.SessionId, request.StreamId, channel.OriginalUriString);
        var owned = new OwnedResources(services);
        try
        {
            LogBuffer log = owned.Add(services.Logs.CreateImage(MetaData(request, parameters, correlationId, isGroup)));
            var image = new PublicationImage(new PublicationImageParameters
            {
                CorrelationId = correlationId,
                SessionId = request.SessionId,
                StreamId = request.StreamId,
                Endpoint = request.Endpoint,
                TransportIndex = request.TransportIndex,
                ControlAddress = request.ControlAddress,
                SourceAddress = request.SourceAddress,
                Log = log,
                InitialTermId = request.InitialTermId,
                ActiveTermId = request.ActiveTermId,
                TermOffset = request.TermOffset,
                MtuLength = request.Mtu,
                ReceiverHighWaterMark = owned.Add(services.StreamCounters.Stream(CounterTypes.ReceiverHighWaterMark, "rcv-hwm", identity)),
                ReceiverPosition = owned.Add(services.StreamCounters.Stream(CounterTypes.ReceiverPosition, "rcv-pos", identity)),
                NaksSent = owned.Add(services.StreamCounters.Stream(CounterTypes.ReceiverNaksSent, "rcv-naks-sent", identity)),
                CongestionControl = congestionControl,
                FeedbackDelay = FeedbackDelay(parameters, isGroup),
                IsReliable = parameters.IsReliable,
                LossReport = new ImageLossReport(
                    services.State, request.SessionId, request.StreamId, channel.OriginalUriString, request.SourceAddress.ToString()),
                SubscriberEvents = services.Subscriptions,
                UntetheredWindowLimitTimeoutNs = parameters.UntetheredWindowLimitTimeoutNs,
                UntetheredLingerTimeoutNs = parameters.UntetheredLingerTimeoutNs,
                UntetheredRestingTimeoutNs = parameters.UntetheredRestingTimeoutNs,
                Context = services.Context,
                SystemCounters = services.State.SystemCounters,
                NowNs = services.Clock.NanoTime,
            });
            return new Entry(image, endpoint, owned, links.Exists(static link => link.Parameters.IsRejoin))
            {
                IsAsking = (request.Flags & FrameFlags.SetupSendResponse) != 0,
            };
        }
        catch
        {
            owned.Free();
            throw;
        }
    }

    private IFeedbackDelay FeedbackDelay(SubscriptionParameters parameters, bool isGroup)
    {
        MediaDriverContext context = services.Context;
        if (!parameters.IsReliable)
            return StaticFeedbackDelay.None;
        if (isGroup)
            return new OptimalMulticastFeedbackDelay(context.NakMulticastMaxBackoffNs, context.NakMulticastGroupSize, services.Random);
        long delayNs = parameters.NakDelayNs ?? context.NakUnicastDelayNs;
        return new StaticFeedbackDelay(delayNs, delayNs * context.NakUnicastRetryDelayRatio);
    }

    private LogMetaData MetaData(in ImageRequest request, SubscriptionParameters parameters, long correlationId, bool isGroup) => new()
    {
        Type = 2,
        CorrelationId = correlationId,
        SessionId = request.SessionId,
        StreamId = request.StreamId,
        InitialTermId = request.InitialTermId,
        StartTermId = request.ActiveTermId,
        StartTermOffset = 0,
        TermLength = request.TermLength,
        PageSize = services.Context.FilePageSize,
        MtuLength = request.Mtu,
        ReceiverWindowLength = Math.Min(parameters.InitialWindowLength, request.TermLength / 2),
        SocketReceiveBufferLength = services.Context.SocketReceiveBufferLength,
        OsDefaultSendBufferLength = SystemSocketBuffers.DefaultSend,
        OsDefaultReceiveBufferLength = SystemSocketBuffers.DefaultReceive,
        EntityTag = -1,
        ResponseCorrelationId = -1,
        UntetheredWindowLimitTimeoutNs = parameters.UntetheredWindowLimitTimeoutNs,
        UntetheredLingerTimeoutNs = parameters.UntetheredLingerTimeoutNs,
        UntetheredRestingTimeoutNs = parameters.UntetheredRestingTimeoutNs,
        IsGroup = isGroup,
        IsResponse = (request.Flags & FrameFlags.SetupSendResponse) != 0,
        Rejoin = parameters.IsRejoin,
        IsReliable = parameters.IsReliable,
        IsSparse = parameters.IsSparse,
        Tether = parameters.IsTether,
    };

    private sealed class Entry(PublicationImage image, ReceiveEndpoint endpoint, OwnedResources owned, bool isRejoin)
    {
        public PublicationImage Image { get; } = image;

        public ReceiveEndpoint Endpoint { get; } = endpoint;

        public OwnedResources Owned { get; } = owned;

        public bool IsRejoin { get; } = isRejoin;

        public bool IsAsking { get; init; }

        public bool IsUnlinked { get; set; }
    }
}
