using System.Net.Sockets;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// The agent that owns a driver's streams: it carries out clients' commands, makes and ends publications and images, moves publishers' limits
/// and subscribers' windows, and watches over who is alive. Source: aeron_driver_conductor.c of Aeron 1.52.
/// </summary>
internal sealed class DriverConductor : IAgent
{
    private const long NanosPerMilli = 1_000_000;

    private readonly MediaDriverContext _context;
    private readonly DriverState _state;
    private readonly ConductorServices _services;
    private readonly ClientCommandAdapter _commandAdapter;
    private readonly NetworkPublications _networkPublications;
    private readonly IpcPublications _ipcPublications;
    private readonly Images _images;
    private readonly ClientCommands _clientCommands;
    private readonly CommandRingWatch _ringWatch;
    private readonly CycleTime _cycleTime;
    private long _nextTimerNs;

    public DriverConductor(MediaDriverContext context, DriverState state)
    {
        _context = context;
        _state = state;
        var random = new Random(context.Seed ?? Random.Shared.Next());
        var proxy = new ConductorProxy(state.ConductorCommands) { Conductor = this };
        IUdpTransportFactory transports = context.TransportFactory ?? UdpTransportFactory.Default;
        Sender = new Sender(context, state.SystemCounters, state.ErrorLog);
        Receiver = new Receiver(context, state.SystemCounters);
        var clientProxy = new ClientProxy(new BroadcastTransmitter(state.Cnc.ToClients));
        var streamCounters = new StreamCounters(state.Counters);
        _services = new ConductorServices
        {
            Context = context,
            State = state,
            Clients = clientProxy,
            Sender = Sender,
            Receiver = Receiver,
            SendEndpoints = new SendEndpoints(context, transports, streamCounters, state, proxy, Sender),
            ReceiveEndpoints = new ReceiveEndpoints(context, transports, streamCounters, state, proxy, Receiver, random),
            StreamCounters = streamCounters,
            Subscriptions = new Subscriptions(streamCounters, state.Counters, clientProxy, state.OnError),
            Logs = new LogStore(
                context.AeronDirectoryName,
                context.LogBufferBytesMax,
                context.UsableSpace,
                state.SystemCounters[SystemCounterId.BytesCurrentlyMapped],
                state.SystemCounters[SystemCounterId.FreeFails],
                state.ErrorLog),
            SessionIds = new SessionIds(
                random.Next(int.MinValue, int.MaxValue), context.PublicationReservedSessionIdLow, context.PublicationReservedSessionIdHigh),
            Random = random,
        };
        _networkPublications = new NetworkPublications(_services);
        _ipcPublications = new IpcPublications(_services, _networkPublications.FindTagged);
        _images = new Images(_services);
        _clientCommands = new ClientCommands(_services, _networkPublications, _ipcPublications, _images);
        _commandAdapter = new ClientCommandAdapter(state.ToDriver, _clientCommands, clientProxy, state.ErrorLog, state.SystemCounters);
        _ringWatch = new CommandRingWatch(state.ToDriver, state.SystemCounters[SystemCounterId.UnblockedCommands], context.ClientLivenessTimeoutNs);
        _cycleTime = new CycleTime(
            state.SystemCounters[SystemCounterId.ConductorMaxCycleTime],
            state.SystemCounters[SystemCounterId.ConductorCycleTimeThresholdExceeded],
            context.Clock.NanoTime);
        _nextTimerNs = context.Clock.NanoTime + context.TimerIntervalNs;
    }

    public string RoleName => "driver-conductor";

    public Sender Sender { get; }

    public Receiver Receiver { get; }

    public int DoWork()
    {
        long nowNs = _context.Clock.NanoTime;
        _cycleTime.Measure(nowNs);
        int workCount = 0;
        if (nowNs - _nextTimerNs >= 0)
        {
            _nextTimerNs = nowNs + _context.TimerIntervalNs;
            OnTimer(nowNs);
            workCount++;
        }

        workCount += _commandAdapter.Receive();
        workCount += _state.ConductorCommands.Drain();
        workCount += _networkPublications.UpdatePositions();
        workCount += _ipcPublications.UpdatePositions();
        workCount += _images.TrackRebuild(nowNs);
        return workCount;
    }

    public void OnClose()
    {
        // What clients take for an orderly end, not for a driver that died.
        _state.ToDriver.ConsumerHeartbeatTime = -1;
        // Sender and receiver have ended before; clients have mappings of their own.
        while (_state.ConductorCommands.Drain() > 0)
        {
        }

        _services.SendEndpoints.Close();
        _services.ReceiveEndpoints.Close();
        _networkPublications.Close();
        _ipcPublications.Close();
        _images.Close();
    }

    public void OnImageRequest(in ImageRequest request) => _images.Create(request);

    public void OnChannelEndpointError(int channelStatusCounterId, string message)
    {
        _state.OnError(new ControlProtocolException(ErrorCode.ChannelEndpointError, message));
        new AtomicCounter(_state.Cnc.CountersValues, channelStatusCounterId).SetRelease(ChannelStatusValue.Errored);
        _services.Clients.Error(channelStatusCounterId, ErrorCode.ChannelEndpointError, message);
    }

    public void OnPublicationError(in PublicationErrorNotice notice) => PublicationErrors.Announce(_services, notice);

    public void OnResponseSetup(long responseCorrelationId, int responseSessionId) => _clientCommands.OnResponseSetup(responseCorrelationId, responseSessionId);

    public void OnResponseConnected(long responseCorrelationId) => _images.Find(responseCorrelationId)?.RemoveResponseSessionId();

    public void OnReResolve(ReResolution request)
    {
        UdpAddress found;
        try
        {
            AddressFamily family = request.Current.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
            found = HostAndPort.Parse(request.HostAndPort).Resolve(_context.NameResolver, family);
        }
        catch (Exception failure) when (failure is ControlProtocolException or FormatException)
        {
            _state.OnError(failure);
            return;
        }

        if (found == request.Current)
            return;
        if (found.IsIPv6 != request.Current.IsIPv6)
        {
            _state.OnError(new ControlProtocolException(
                ErrorCode.UnknownHost, $"'{request.HostAndPort}' has no address of the family of {request.Current} any more; the socket stays with that."));
            return;
        }

        // The sender counts what it changes itself.
        if (!request.IsSender)
            _state.SystemCounters[SystemCounterId.ResolutionChanges].Increment();
        (request.IsSender ? Sender.Commands : Receiver.Commands).Offer(() => request.Apply(found));
    }

    private void OnTimer(long nowNs)
    {
        _state.ToDriver.ConsumerHeartbeatTime = _context.Clock.EpochMillis;
        _clientCommands.RemoveGoneClients();
        _ringWatch.Check(nowNs);
        _networkPublications.OnTimeEvent(nowNs);
        _ipcPublications.OnTimeEvent(nowNs);
        _images.OnTimeEvent(nowNs);
    }
}
