using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>
/// Sends all publications of a driver and takes what their receivers answer. The members that change what it works on are for its own thread:
/// the conductor offers them as <see cref="Commands"/>. Source: aeron_driver_sender.c of Aeron 1.52.
/// </summary>
internal sealed class Sender : IAgent, IDisposable
{
    private const int ControlDatagramMaxBytes = 2048;

    private readonly IClock _clock;
    private readonly IErrorLog _errorLog;
    private readonly ReceiveBatch _batch;
    private readonly List<SendChannelEndpoint> _endpoints = [];
    private readonly AtomicCounter _bytesSent;
    private readonly AtomicCounter _shortSends;
    private readonly CycleTime _cycleTime;
    private readonly int _pollRatio;
    private readonly long _pollTimeoutNs;
    private readonly long _reResolutionIntervalNs;
    private NetworkPublication[] _publications = [];
    private int _startIndex;
    private int _cyclesSincePoll;
    private long _nowNs;
    private long _nextPollNs;
    private long _nextReResolutionNs;

    /// <param name="context">Settings.</param>
    /// <param name="counters">The driver's counters.</param>
    /// <param name="errorLog">Where errors go.</param>
    public Sender(MediaDriverContext context, SystemCounters counters, IErrorLog errorLog)
    {
        _clock = context.Clock;
        _errorLog = errorLog;
        _batch = new ReceiveBatch(context.ReceiverIoVectorCapacity, ControlDatagramMaxBytes);
        _bytesSent = counters[SystemCounterId.BytesSent];
        _shortSends = counters[SystemCounterId.ShortSends];
        _pollRatio = context.SendToStatusMessagePollRatio;
        _pollTimeoutNs = context.StatusMessageTimeoutNs / 2;
        _reResolutionIntervalNs = context.ReResolutionCheckIntervalNs;
        _nowNs = _clock.NanoTime;
        _cycleTime = new CycleTime(counters[SystemCounterId.SenderMaxCycleTime], counters[SystemCounterId.SenderCycleTimeThresholdExceeded], _nowNs);
        _nextPollNs = _nowNs;
        _nextReResolutionNs = _nowNs + _reResolutionIntervalNs;
        Commands = new AgentCommands(counters[SystemCounterId.SenderProxyFails]);
    }

    /// <inheritdoc/>
    public string RoleName => "sender";

    /// <summary>What the conductor asks for.</summary>
    public AgentCommands Commands { get; }

    /// <inheritdoc/>
    public int DoWork()
    {
        long nowNs = _clock.NanoTime;
        _cycleTime.Measure(nowNs);
        _nowNs = nowNs;
        long shortSendsBefore = _shortSends.GetPlain();
        int workCount = SendAll(nowNs);
        if (workCount == 0 || ++_cyclesSincePoll >= _pollRatio || nowNs - _nextPollNs > 0 || _shortSends.GetPlain() != shortSendsBefore)
            workCount += Commands.Drain() + PollAll(nowNs);
        return workCount;
    }

    /// <inheritdoc/>
    public void OnClose()
    {
        while (Commands.Drain() > 0)
        {
        }

        foreach (SendChannelEndpoint endpoint in _endpoints)
        {
            endpoint.Dispose();
        }

        _endpoints.Clear();
        _publications = [];
        _batch.Dispose();
    }

    public void RegisterEndpoint(SendChannelEndpoint endpoint) => _endpoints.Add(endpoint);

    /// <summary>Closes the endpoint's socket; its publications are removed before.</summary>
    public void CloseEndpoint(SendChannelEndpoint endpoint)
    {
        _endpoints.Remove(endpoint);
        endpoint.Dispose();
    }

    public void AddPublication(NetworkPublication publication)
    {
        _publications = [.. _publications, publication];
        publication.Endpoint.AddPublication(publication);
    }

    /// <summary>After it the sender does not touch the publication's log nor its counters.</summary>
    public void RemovePublication(NetworkPublication publication)
    {
        _publications = [.. _publications.Where(other => other != publication)];
        publication.Endpoint.RemovePublication(publication);
    }

    public void AddDestination(SendChannelEndpoint endpoint, ManualDestination destination)
    {
        if (!endpoint.TryAddDestination(destination, _nowNs))
        {
            _errorLog.Record(
                $"{endpoint.Channel.OriginalUriString}: destination {destination.Address} was not added: there are too many, " +
                "or the channel is not control-mode=manual");
        }
    }

    public void RemoveDestination(SendChannelEndpoint endpoint, UdpAddress address)
    {
        if (!endpoint.RemoveDestination(address))
            RecordUnknownDestination(endpoint, address.ToString());
    }

    public void RemoveDestinationById(SendChannelEndpoint endpoint, long registrationId)
    {
        if (!endpoint.RemoveDestinationById(registrationId))
            RecordUnknownDestination(endpoint, $"of registration {registrationId}");
    }

    /// <inheritdoc/>
    public void Dispose() => OnClose();

    private int SendAll(long nowNs)
    {
        // Its own list: a command that runs meanwhile makes a new one.
        NetworkPublication[] publications = _publications;
        if (++_startIndex >= publications.Length)
            _startIndex = 0;
        int bytesSent = 0;
        for (int index = _startIndex; index < publications.Length; index++)
        {
            bytesSent += publications[index].Send(nowNs);
        }

        for (int index = 0; index < _startIndex; index++)
        {
            bytesSent += publications[index].Send(nowNs);
        }

        if (bytesSent > 0)
            _bytesSent.AddRelease(bytesSent);
        return bytesSent;
    }

    private int PollAll(long nowNs)
    {
        _nextPollNs = nowNs + _pollTimeoutNs;
        int bytesReceived = 0;
        for (int index = 0; index < _endpoints.Count; index++)
        {
            bytesReceived += _endpoints[index].Poll(_batch, nowNs);
        }

        // Where something was there may be more: it is looked for in the next cycle, however busy that is.
        _cyclesSincePoll = bytesReceived > 0 ? _pollRatio : 0;
        if (_reResolutionIntervalNs > 0 && nowNs - _nextReResolutionNs > 0)
        {
            _nextReResolutionNs = nowNs + _reResolutionIntervalNs;
            foreach (SendChannelEndpoint endpoint in _endpoints)
            {
                endpoint.CheckForReResolution(nowNs);
            }
        }

        return bytesReceived;
    }

    private void RecordUnknownDestination(SendChannelEndpoint endpoint, string destination) =>
        _errorLog.Record($"{endpoint.Channel.OriginalUriString}: destination {destination} was not removed: there is none");
}
