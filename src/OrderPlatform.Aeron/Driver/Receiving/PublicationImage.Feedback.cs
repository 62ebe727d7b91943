using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

// What the receiver's thread sends back.
internal sealed unsafe partial class PublicationImage
{
    private readonly AtomicCounter? _naksSent;
    private long _nextStatusMessageDeadlineNs;
    private long _lastStatusMessageChange = -1;
    private long _lastLossChange = -1;

    /// <summary>Sends a status message when one is scheduled or the last one is long ago; for a stream that was rejected the error instead.</summary>
    public int SendPendingStatusMessage(long nowNs)
    {
        long change = _pendingStatusMessage.ChangeNumber;
        bool isTimedOut = nowNs > _nextStatusMessageDeadlineNs;
        if (_rejection is { } reason)
            return isTimedOut ? SendError(reason, nowNs) : 0;
        int workCount = isTimedOut ? SendResponseSetup(nowNs) : 0;
        if (change == _lastStatusMessageChange && !isTimedOut)
            return workCount;
        if (!_pendingStatusMessage.TryRead(change, out long position, out int windowLength))
            return workCount;
        return workCount + SendStatusMessage(position, windowLength, change, nowNs);
    }

    /// <summary>Asks for what the conductor found missing, or fills it where loss is not made good.</summary>
    public int ProcessPendingLoss(long nowNs)
    {
        long change = _pendingLoss.ChangeNumber;
        if (change == _lastLossChange || !_pendingLoss.TryRead(change, out LossGap gap))
            return 0;
        _lastLossChange = change;
        if (_isRevoked || _rejection is not null)
            return 0;
        if (_isReliable)
            return SendNak(gap, nowNs);

        int partition = LogPosition.PartitionIndexOfTerm(gap.TermId, InitialTermId);
        if (TermGapFiller.TryFill(Log.Terms[partition], SessionId, StreamId, gap.TermId, gap.TermOffset, gap.LengthBytes))
            _systemCounters[SystemCounterId.LossGapFills].AddRelease(1);
        return 1;
    }

    /// <summary>Measures the round trip, where congestion control asks for it.</summary>
    public int InitiateRttMeasurement(long nowNs)
    {
        if (!_congestionControl.ShouldMeasureRtt(nowNs))
            return 0;
        int workCount = 0;
        for (int index = 0; index < _connections.Count; index++)
        {
            ref readonly ImageConnections.Connection connection = ref _connections[index];
            if (!connection.IsAlive(nowNs, _context.DestinationTimeoutNs))
                continue;
            Endpoint.SendRttMeasurement(connection.Destination, connection.ControlAddress, StreamId, SessionId, nowNs, isReplyWanted: true);
            _congestionControl.OnRttMeasurementSent(nowNs);
            workCount++;
        }

        return workCount;
    }

    /// <summary>A measurement came back.</summary>
    public void OnRttMeasurement(in RttMeasurementFrame frame, long nowNs)
    {
        long rttNs = unchecked(nowNs - frame.EchoTimestampNs - frame.ReceptionDeltaNs);
        if (rttNs >= 0)
            _congestionControl.OnRttMeasurement(nowNs, rttNs);
    }

    /// <summary>Tells the publisher of a revoked stream that the receiver is finished: such an image is not drained, so nobody told it yet.</summary>
    public void SendLastStatusMessage(long nowNs)
    {
        long change = _pendingStatusMessage.ChangeNumber;
        if (_isRevoked && _isSendingEndOfStream && _rejection is null && _pendingStatusMessage.TryRead(change, out long position, out int windowLength))
            SendStatusMessage(position, windowLength, change, nowNs);
    }

    private int SendStatusMessage(long position, int windowLength, long change, long nowNs)
    {
        int termId = LogPosition.TermId(position, _positionBitsToShift, InitialTermId);
        int termOffset = LogPosition.TermOffset(position, TermLength);
        byte flags = _isSendingEndOfStream ? FrameFlags.StatusEndOfStream : (byte)0;
        int workCount = 0;
        for (int index = 0; index < _connections.Count; index++)
        {
            ref readonly ImageConnections.Connection connection = ref _connections[index];
            if (!connection.IsAlive(nowNs, _context.DestinationTimeoutNs))
                continue;
            Endpoint.SendStatusMessage(connection.Destination, connection.ControlAddress, StreamId, SessionId, termId, termOffset, windowLength, flags);
            workCount++;
        }

        _lastStatusMessagePosition = position;
        _lastStatusMessageChange = change;
        _nextStatusMessageDeadlineNs = nowNs + _context.StatusMessageTimeoutNs;
        UpdateActiveTransportCount(nowNs);
        return workCount;
    }

    private int SendNak(in LossGap gap, long nowNs)
    {
        int workCount = 0;
        for (int index = 0; index < _connections.Count; index++)
        {
            ref readonly ImageConnections.Connection connection = ref _connections[index];
            if (!connection.IsAlive(nowNs, _context.DestinationTimeoutNs))
                continue;
            Endpoint.SendNak(connection.Destination, connection.ControlAddress, StreamId, SessionId, gap);
            _naksSent?.AddRelease(1);
            workCount++;
        }

        return workCount;
    }

    private int SendError(byte[] reason, long nowNs)
    {
        for (int index = 0; index < _connections.Count; index++)
        {
            ref readonly ImageConnections.Connection connection = ref _connections[index];
            Endpoint.SendError(connection.Destination, connection.ControlAddress, StreamId, SessionId, ErrorCode.ImageRejected, reason);
        }

        _nextStatusMessageDeadlineNs = nowNs + _context.StatusMessageTimeoutNs;
        return _connections.Count;
    }

    private int SendResponseSetup(long nowNs)
    {
        long responseSessionId = Volatile.Read(ref _responseSessionId);
        if (responseSessionId == NoResponseSessionId)
            return 0;
        int workCount = 0;
        for (int index = 0; index < _connections.Count; index++)
        {
            ref readonly ImageConnections.Connection connection = ref _connections[index];
            if (!connection.IsAlive(nowNs, _context.DestinationTimeoutNs))
                continue;
            Endpoint.SendResponseSetup(connection.Destination, connection.ControlAddress, StreamId, SessionId, (int)responseSessionId);
            workCount++;
        }

        return workCount;
    }

    private void UpdateActiveTransportCount(long nowNs)
    {
        int count = _connections.ActiveCount(nowNs, _context.ImageLivenessTimeoutNs);
        if (count != Log.MetaData.GetInt(LogBufferDescriptor.ActiveTransportCountOffset))
            Log.MetaData.PutIntRelease(LogBufferDescriptor.ActiveTransportCountOffset, count);
    }
}
