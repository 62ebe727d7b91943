using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>
/// The sending side of a channel: a socket that publications send through and that their receivers answer to. The sender's thread, but for
/// what is fixed. Source: aeron_send_channel_endpoint.c of Aeron 1.52.
/// </summary>
internal sealed class SendChannelEndpoint : IDisposable
{
    private readonly MediaDriverContext _context;
    private readonly IUdpTransport _transport;
    private readonly Destinations? _destinations;
    private readonly SendTimestamps? _timestamps;
    private readonly SendFailures _failures;
    private readonly ControlDispatcher _dispatcher;
    private readonly AtomicCounter _resolutionChanges;
    private readonly Action<string, UdpAddress> _onDestinationResolved;
    private readonly string? _hostToResolve;
    private readonly bool _isConnected;
    private UdpAddress _remoteAddress;
    private long _sendRetryNs = long.MinValue;
    private long _receiveRetryNs = long.MinValue;
    private bool _isClosed;

    /// <param name="channel">The channel.</param>
    /// <param name="transport">Opened with <see cref="UdpChannel.SenderTransport"/>; the endpoint disposes it.</param>
    /// <param name="channelStatus">The channel's status; the conductor sets and frees it.</param>
    /// <param name="context">Settings.</param>
    /// <param name="counters">The driver's counters.</param>
    /// <param name="errorLog">Where errors go.</param>
    /// <param name="conductor">The conductor.</param>
    public SendChannelEndpoint(
        UdpChannel channel,
        IUdpTransport transport,
        AtomicCounter channelStatus,
        MediaDriverContext context,
        SystemCounters counters,
        IErrorLog errorLog,
        IDriverConductorProxy conductor)
    {
        Channel = channel;
        ChannelStatus = channelStatus;
        LocalAddress = transport.LocalAddress;
        Conductor = conductor;
        ErrorLog = errorLog;
        Refusals = new Refusals(channel.OriginalUriString, errorLog, counters[SystemCounterId.InvalidPackets]);
        _context = context;
        _transport = transport;
        _remoteAddress = channel.RemoteData;
        _isConnected = channel.SenderTransport(context).ConnectAddress is not null;
        _hostToResolve = HostToResolve(channel);
        _timestamps = SendTimestamps.Of(channel, context.Clock);
        _failures = new SendFailures(channel.OriginalUriString, errorLog, counters[SystemCounterId.Errors]);
        _onDestinationResolved = OnDestinationResolved;
        _resolutionChanges = counters[SystemCounterId.ResolutionChanges];
        if (channel.IsMultiDestination)
            _destinations = new Destinations(channel.ControlMode == ControlMode.Manual, context.DestinationTimeoutNs, context.DestinationsMax);
        _dispatcher = new ControlDispatcher(Refusals, _destinations, counters) { TimeOfLastStatusMessageNs = context.Clock.NanoTime };
    }

    public UdpChannel Channel { get; }

    public AtomicCounter ChannelStatus { get; }

    /// <summary>Where the socket is bound.</summary>
    public UdpAddress LocalAddress { get; }

    public bool IsMultiDestination => _destinations is not null;

    /// <summary>One receiver only: neither a group nor several destinations.</summary>
    public bool IsUnicast => !Channel.IsMulticast && !IsMultiDestination;

    /// <summary>The mdc-num-dest counter; the conductor makes and frees it.</summary>
    public AtomicCounter? MdcDestinations
    {
        get => _destinations?.Counter;
        set
        {
            if (_destinations is { } destinations)
                destinations.Counter = value;
        }
    }

    public IDriverConductorProxy Conductor { get; }

    public IErrorLog ErrorLog { get; }

    /// <summary>Counts what is not taken.</summary>
    public Refusals Refusals { get; }

    /// <summary>Sends to wherever the channel says.</summary>
    /// <returns>How many were taken; fewer than given when the socket has no room or fails.</returns>
    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, long nowNs)
    {
        if (_isClosed || nowNs < _sendRetryNs)
            return 0;
        _timestamps?.Apply(datagrams);
        if (_destinations is { } destinations)
            return destinations.Send(_transport, datagrams, nowNs, _failures);
        try
        {
            return _isConnected ? _transport.Send(datagrams) : _transport.Send(datagrams, _remoteAddress);
        }
        catch (SocketException failure)
        {
            _sendRetryNs = _failures.Record(failure, _remoteAddress, nowNs);
            return 0;
        }
    }

    /// <summary>Sends to an address that only the publication knows.</summary>
    /// <inheritdoc cref="Send(ReadOnlySpan{OutgoingDatagram}, long)" path="/returns"/>
    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination, long nowNs)
    {
        if (_isClosed || nowNs < _sendRetryNs)
            return 0;
        _timestamps?.Apply(datagrams);
        try
        {
            return _transport.Send(datagrams, destination);
        }
        catch (SocketException failure)
        {
            _sendRetryNs = _failures.Record(failure, destination, nowNs);
            return 0;
        }
    }

    /// <summary>Takes what receivers say.</summary>
    /// <returns>Bytes taken.</returns>
    public int Poll(ReceiveBatch batch, long nowNs)
    {
        if (_isClosed || nowNs < _receiveRetryNs)
            return 0;
        int count;
        try
        {
            count = _transport.Receive(batch);
        }
        catch (SocketException failure)
        {
            _receiveRetryNs = _failures.RecordReceive(failure, nowNs);
            return 0;
        }

        int bytes = 0;
        for (int index = 0; index < count; index++)
        {
            bytes += batch.LengthBytes(index);
            _dispatcher.Dispatch(batch.Datagram(index), batch.Source(index), nowNs);
        }

        return bytes;
    }

    public void AddPublication(NetworkPublication publication) => _dispatcher.Add(publication);

    public void RemovePublication(NetworkPublication publication) => _dispatcher.Remove(publication);

    /// <summary>Adds a manual destination; false when there are too many or the channel does not have any.</summary>
    public bool TryAddDestination(ManualDestination destination, long nowNs) => _destinations?.TryAdd(destination, nowNs) ?? false;

    public bool RemoveDestination(in UdpAddress address) => _destinations?.Remove(address) ?? false;

    public bool RemoveDestinationById(long registrationId) => _destinations?.RemoveById(registrationId) ?? false;

    /// <summary>Asks for new addresses of names that are silent; called about once a second.</summary>
    public void CheckForReResolution(long nowNs)
    {
        if (_destinations is { } destinations)
        {
            destinations.CheckForReResolution(nowNs, Conductor, _onDestinationResolved);
        }
        else if (_hostToResolve is { } host && nowNs - _dispatcher.TimeOfLastStatusMessageNs > _context.DestinationTimeoutNs)
        {
            Conductor.ReResolve(new ReResolution(host, _remoteAddress, IsSender: true, OnResolved));
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _transport.Dispose();
    }

    /// <summary>The endpoint as the URI names it, when its address may change; null otherwise.</summary>
    private static string? HostToResolve(UdpChannel channel) =>
        channel.HasExplicitEndpoint && !channel.IsMulticast && channel.ControlMode == ControlMode.None
            && channel.Uri.Get(ChannelKeys.Endpoint) is { } endpoint && !IPEndPoint.TryParse(endpoint, out _)
            ? endpoint
            : null;

    private void OnDestinationResolved(string hostAndPort, UdpAddress address)
    {
        _destinations?.OnResolved(hostAndPort, address);
        _resolutionChanges.Increment();
    }

    /// <summary>A connected socket hears its old peer only. While it cannot be connected to the new one, the name is asked for again.</summary>
    private void OnResolved(UdpAddress address)
    {
        if (_isClosed || address == _remoteAddress)
            return;
        try
        {
            if (_isConnected)
                _transport.Connect(address);
            _remoteAddress = address;
            _resolutionChanges.Increment();
        }
        catch (SocketException failure)
        {
            string message =
                $"{Channel.OriginalUriString}: cannot go on to the endpoint's new address {address}: {failure.Message}; tried again while it is silent";
            ErrorLog.Record(message);
            Conductor.OnChannelEndpointError(ChannelStatus.Id, message);
        }
    }
}
