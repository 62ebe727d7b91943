using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>
/// The receiving side of a channel: its sockets, the streams that are subscribed to on it, what goes back to publishers. The receiver's thread,
/// but for the properties. Source: aeron_receive_channel_endpoint.c of Aeron 1.52.
/// </summary>
internal sealed unsafe partial class ReceiveChannelEndpoint : IDisposable
{
    private const long FailurePauseNs = 10_000_000;

    private readonly MediaDriverContext _context;
    private readonly SystemCounters _systemCounters;
    private readonly IErrorLog _errorLog;
    private readonly IDriverConductorProxy _conductor;
    private readonly Refusals _refusals;
    private readonly DataPacketDispatcher _dispatcher;
    private readonly NativeBlock _frameMemory = new(FrameMemoryBytes);
    private readonly TimestampOffset? _receiveTimestamp;
    private readonly int _mtuMax;

    // Read by the conductor when it makes an image, at an index that never moves.
    private volatile ReceiveDestination?[] _destinations;
    private bool _hasFailed;

    public ReceiveChannelEndpoint(ReceiveChannelEndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _context = parameters.Context;
        _systemCounters = parameters.SystemCounters;
        _errorLog = parameters.ErrorLog;
        _conductor = parameters.Conductor;
        _receiveTimestamp = parameters.ReceiveTimestamp;
        _dispatcher = new DataPacketDispatcher(_context);
        Channel = parameters.Channel;
        ChannelStatus = parameters.ChannelStatus;
        ReceiverId = parameters.ReceiverId;
        GroupTag = parameters.GroupTag;
        LocalAddress = parameters.Transport?.LocalAddress;
        _refusals = new Refusals(Channel.OriginalUriString, _errorLog, _systemCounters[SystemCounterId.InvalidPackets]);
        _destinations = parameters.Transport is { } transport ? [new ReceiveDestination(Channel, transport, _context)] : [];
        int window = Channel.ReceiverWindowLength > 0 ? Channel.ReceiverWindowLength : _context.InitialWindowLength;
        int socketBuffer = Channel.SocketReceiveBufferLength > 0 ? Channel.SocketReceiveBufferLength : _context.SocketReceiveBufferLength;
        // A socket buffer of zero is the system's, whose size is not known here.
        _mtuMax = socketBuffer > 0 ? Math.Min(window, socketBuffer) : window;
    }

    /// <summary>The channel of the subscription.</summary>
    public UdpChannel Channel { get; }

    public AtomicCounter ChannelStatus { get; }

    /// <summary>What publishers know this receiver by.</summary>
    public long ReceiverId { get; }

    /// <summary>The URI's <c>gtag</c>.</summary>
    public long? GroupTag { get; }

    /// <summary>Where the own socket is bound; null without one (destinations added by hand).</summary>
    public UdpAddress? LocalAddress { get; }

    /// <summary>The socket of an index that a datagram came by; null when it is gone. Any thread.</summary>
    public ReceiveDestination? DestinationAt(int index)
    {
        ReceiveDestination?[] destinations = _destinations;
        return (uint)index < (uint)destinations.Length ? destinations[index] : null;
    }

    /// <summary>Takes what has arrived at all sockets.</summary>
    /// <param name="batch">Room for it.</param>
    /// <param name="nowNs">The time.</param>
    /// <param name="bytesReceived">Raised by what came.</param>
    /// <returns>How many datagrams came.</returns>
    public int Poll(ReceiveBatch batch, long nowNs, ref long bytesReceived)
    {
        int count = 0;
        ReceiveDestination?[] destinations = _destinations;
        for (int index = 0; index < destinations.Length; index++)
        {
            if (destinations[index] is { } destination)
                count += Poll(destination, index, batch, nowNs, ref bytesReceived);
        }

        return count;
    }

    /// <summary>Adds a socket.</summary>
    public void AddDestination(ReceiveDestination destination, long nowNs)
    {
        ReceiveDestination?[] destinations = _destinations;
        int free = Array.IndexOf(destinations, null);
        ReceiveDestination?[] changed = free >= 0 ? [.. destinations] : [.. destinations, null];
        changed[free >= 0 ? free : ^1] = destination;
        _destinations = changed;
        destination.TimeOfLastActivityNs = nowNs;
        StartPeriodicSetupRequests(destination, nowNs);
    }

    /// <summary>Closes a socket that was added.</summary>
    public void RemoveDestination(ReceiveDestination destination)
    {
        int index = Array.IndexOf(_destinations, destination);
        if (index < 0)
            return;
        ReceiveDestination?[] changed = [.. _destinations];
        changed[index] = null;
        _destinations = changed;
        destination.Transport.Dispose();
    }

    /// <summary>Closes all sockets.</summary>
    public void Dispose()
    {
        foreach (ReceiveDestination? destination in _destinations)
        {
            destination?.Transport.Dispose();
        }

        _destinations = [];
        _frameMemory.Dispose();
    }

    private int Poll(ReceiveDestination destination, int index, ReceiveBatch batch, long nowNs, ref long bytesReceived)
    {
        if (destination.FailedUntilNs is { } until && nowNs - until < 0)
            return 0;
        int count;
        try
        {
            count = destination.Transport.Receive(batch);
        }
        catch (SocketException failure)
        {
            OnTransportFailure(destination, failure, "receive");
            return 0;
        }

        for (int slot = 0; slot < count; slot++)
        {
            int length = batch.LengthBytes(slot);
            bytesReceived += length;
            OnDatagram(destination, index, batch.Address(slot), length, batch.Source(slot), nowNs);
        }

        if (count > 0)
            destination.TimeOfLastActivityNs = nowNs;
        return count;
    }

    private void OnTransportFailure(ReceiveDestination destination, SocketException failure, string activity)
    {
        _systemCounters[SystemCounterId.Errors].Increment();
        string message = $"{Channel.OriginalUriString}: cannot {activity} at {destination.LocalAddress}: {failure.SocketErrorCode}, {failure.Message}";
        _errorLog.Record($"{message}; tried again every {FailurePauseNs / 1_000_000} ms");
        // An exception in every cycle would cost more than all the other endpoints together.
        destination.FailedUntilNs = _context.Clock.NanoTime + FailurePauseNs;
        if (!_hasFailed)
            _hasFailed = _conductor.OnChannelEndpointError(ChannelStatus.Id, message);
    }
}
