using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>
/// Takes in what arrives at all endpoints and answers for all images. Every method but <see cref="Commands"/> runs on its thread: the conductor
/// offers a delegate. Source: aeron_driver_receiver.c of Aeron 1.52.
/// </summary>
internal sealed class Receiver : IAgent, IDisposable
{
    private readonly MediaDriverContext _context;
    private readonly IClock _clock;
    private readonly ReceiveBatch _batch;
    private readonly List<ReceiveChannelEndpoint> _endpoints = [];
    private readonly List<PublicationImage> _images = [];
    private readonly AtomicCounter _bytesReceived;
    private readonly CycleTime _cycleTime;
    private int _nextEndpoint;
    private long _nowNs;
    private long _nextReResolutionCheckNs;

    public Receiver(MediaDriverContext context, SystemCounters systemCounters)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(systemCounters);
        _context = context;
        _clock = context.Clock;
        _batch = new ReceiveBatch(context.ReceiverIoVectorCapacity);
        Commands = new AgentCommands(systemCounters[SystemCounterId.ReceiverProxyFails]);
        _bytesReceived = systemCounters[SystemCounterId.BytesReceived];
        _nowNs = _clock.NanoTime;
        _cycleTime = new CycleTime(
            systemCounters[SystemCounterId.ReceiverMaxCycleTime], systemCounters[SystemCounterId.ReceiverCycleTimeThresholdExceeded], _nowNs);
        _nextReResolutionCheckNs = _nowNs + context.ReResolutionCheckIntervalNs;
    }

    public string RoleName => "receiver";

    /// <summary>What the conductor asks for.</summary>
    public AgentCommands Commands { get; }

    public int DoWork()
    {
        long nowNs = _clock.NanoTime;
        _cycleTime.Measure(nowNs);
        _nowNs = nowNs;
        int workCount = Commands.Drain();
        workCount += PollInTurn(nowNs);
        foreach (PublicationImage image in _images)
        {
            workCount += image.SendPendingStatusMessage(nowNs) + image.ProcessPendingLoss(nowNs) + image.InitiateRttMeasurement(nowNs);
        }

        foreach (ReceiveChannelEndpoint endpoint in _endpoints)
        {
            workCount += endpoint.OnCycle(nowNs);
        }

        CheckReResolution(nowNs);
        return workCount;
    }

    public void OnClose() => Dispose();

    public void Dispose()
    {
        while (Commands.Drain() > 0)
        {
        }

        foreach (ReceiveChannelEndpoint endpoint in _endpoints.ToArray())
        {
            CloseEndpoint(endpoint);
        }

        _batch.Dispose();
    }

    /// <summary>Begins to poll an endpoint's sockets.</summary>
    public void RegisterEndpoint(ReceiveChannelEndpoint endpoint)
    {
        _endpoints.Add(endpoint);
        endpoint.OnRegistered(_nowNs);
    }

    /// <summary>Closes an endpoint's sockets and releases its images.</summary>
    public void CloseEndpoint(ReceiveChannelEndpoint endpoint)
    {
        foreach (PublicationImage image in _images.Where(image => ReferenceEquals(image.Endpoint, endpoint)).ToArray())
        {
            RemoveImage(endpoint, image);
        }

        _endpoints.Remove(endpoint);
        endpoint.Dispose();
    }

    public void AddSubscription(ReceiveChannelEndpoint endpoint, int streamId)
    {
        if (IsOpen(endpoint))
            endpoint.AddSubscription(streamId);
    }

    public void AddSubscription(ReceiveChannelEndpoint endpoint, int streamId, int sessionId)
    {
        if (IsOpen(endpoint))
            endpoint.AddSubscription(streamId, sessionId, _nowNs);
    }

    public void RemoveSubscription(ReceiveChannelEndpoint endpoint, int streamId)
    {
        if (IsOpen(endpoint))
            endpoint.RemoveSubscription(streamId);
    }

    public void RemoveSubscription(ReceiveChannelEndpoint endpoint, int streamId, int sessionId)
    {
        if (IsOpen(endpoint))
            endpoint.RemoveSubscription(streamId, sessionId);
    }

    /// <summary>Datagrams of its session go into it from now on, and its publisher is answered.</summary>
    public void AddImage(ReceiveChannelEndpoint endpoint, PublicationImage image)
    {
        if (!IsOpen(endpoint))
        {
            image.Release();
            return;
        }

        endpoint.AddImage(image);
        _images.Add(image);
    }

    /// <summary>The image is not touched any more: its <see cref="PublicationImage.HasReceiverReleased"/> is true after this.</summary>
    public void RemoveImage(ReceiveChannelEndpoint endpoint, PublicationImage image)
    {
        if (_images.Remove(image))
            image.SendLastStatusMessage(_nowNs);
        endpoint.RemoveImage(image);
        image.Release();
    }

    /// <summary>The conductor could not make the image that it was asked for: it is asked again after the time of a pending setup.</summary>
    public void RefuseImage(ReceiveChannelEndpoint endpoint, int sessionId, int streamId)
    {
        if (IsOpen(endpoint))
            endpoint.RefuseImage(streamId, sessionId, _nowNs);
    }

    /// <summary>A session whose image ended may have a new one.</summary>
    public void RemoveCoolDown(ReceiveChannelEndpoint endpoint, int sessionId, int streamId)
    {
        if (IsOpen(endpoint))
            endpoint.RemoveCoolDown(streamId, sessionId);
    }

    /// <summary>Asks for the SETUP of a session, where the channel names a control address: for response channels.</summary>
    public void RequestSetup(ReceiveChannelEndpoint endpoint, int streamId, int sessionId)
    {
        if (IsOpen(endpoint))
            endpoint.RequestSetup(streamId, sessionId, _nowNs);
    }

    /// <summary>Another socket for an endpoint whose destinations are added by hand.</summary>
    public void AddDestination(ReceiveChannelEndpoint endpoint, ReceiveDestination destination)
    {
        if (IsOpen(endpoint))
            endpoint.AddDestination(destination, _nowNs);
        else
            destination.Transport.Dispose();
    }

    /// <summary>Closes a socket that was added.</summary>
    public void RemoveDestination(ReceiveChannelEndpoint endpoint, ReceiveDestination destination)
    {
        endpoint.RemoveDestination(destination);
        foreach (PublicationImage image in _images)
        {
            if (ReferenceEquals(image.Endpoint, endpoint))
                image.RemoveDestination(destination, _nowNs);
        }
    }

    /// <summary>
    /// Looks at the endpoints in turn until one has something; the next cycle begins with the one behind it. An empty socket costs a call of the
    /// system, which is most of what a message through the loopback costs: when there is work, only as many are asked as need be.
    /// </summary>
    private int PollInTurn(long nowNs)
    {
        long bytesReceived = 0;
        int workCount = 0;
        for (int asked = 0; asked < _endpoints.Count && workCount == 0; asked++)
        {
            if (_nextEndpoint >= _endpoints.Count)
                _nextEndpoint = 0;
            workCount = _endpoints[_nextEndpoint++].Poll(_batch, nowNs, ref bytesReceived);
        }

        if (bytesReceived > 0)
            _bytesReceived.GetAndAdd(bytesReceived);
        return workCount;
    }

    /// <summary>What the conductor asked before it heard that an endpoint is closed comes to nothing.</summary>
    private bool IsOpen(ReceiveChannelEndpoint endpoint) => _endpoints.Contains(endpoint);

    private void CheckReResolution(long nowNs)
    {
        if (_context.ReResolutionCheckIntervalNs <= 0 || nowNs - _nextReResolutionCheckNs < 0)
            return;
        _nextReResolutionCheckNs = nowNs + _context.ReResolutionCheckIntervalNs;
        foreach (ReceiveChannelEndpoint endpoint in _endpoints)
        {
            endpoint.CheckReResolution(nowNs);
        }
    }
}
