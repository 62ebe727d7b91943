using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>The sender's part: SETUP, data, heartbeats. The sender's thread only.</summary>
internal sealed unsafe partial class NetworkPublication
{
    private const int DatagramsPerSendMax = 16;

    private readonly OutgoingDatagram[] _datagrams;
    private readonly bool _signalEndOfStream;
    private readonly bool _spiesSimulateConnection;
    private readonly bool _isResponse;
    private readonly bool _sendResponseSetup;
    private readonly AtomicCounter _backPressureEvents;
    private readonly AtomicCounter _shortSends;
    private readonly AtomicCounter _heartbeatsSent;
    private readonly AtomicCounter _flowControlLimits;
    private readonly AtomicCounter _errors;
    private long _timeOfLastSetupNs;
    private long _timeOfLastDataOrHeartbeatNs;
    private bool _hasInitialConnection;
    private bool _isSetupElicited;
    private bool _isLimitToBeCounted;
    private bool _isCorruptionRecorded;
    private UdpAddress? _responseAddress;

    /// <summary>One cycle.</summary>
    /// <returns>Bytes sent.</returns>
    public int Send(long nowNs)
    {
        long position = _senderPosition.GetPlain();
        if (!_hasInitialConnection || _isSetupElicited)
            CheckSetup(position, nowNs);
        int bytesSent = SendData(position, nowNs);
        if (bytesSent == 0)
        {
            bytesSent = CheckHeartbeat(position, nowNs);
            OnIdle(position, nowNs);
        }

        _retransmits.ProcessTimeouts(nowNs);
        return bytesSent;
    }

    private int SendData(long position, long nowNs)
    {
        long window = _senderLimit.GetPlain() - position;
        int offset = LogPosition.TermOffset(position, _termLength);
        UnsafeBuffer term = _terms[LogPosition.PartitionIndex(position, _positionBitsToShift)];
        int count = 0;
        int bytes = 0;
        long endPosition = position;
        while (count < _datagrams.Length && window > 0 && offset < _termLength)
        {
            int available = TermScanner.ScanForAvailability(term, offset, (int)Math.Min(window, _mtuLength), out int padding);
            if (available <= 0)
            {
                if (available < 0)
                    OnFrameHeldBack(available, endPosition);
                break;
            }

            _datagrams[count++] = new OutgoingDatagram(term.Address + offset, available);
            bytes += available;
            int advance = available + padding;
            offset += advance;
            endPosition += advance;
            window -= advance;
        }

        if (count == 0)
        {
            if (window <= 0)
                CountLimit();
            return 0;
        }

        int taken = SendFrames(_datagrams.AsSpan(0, count), nowNs);
        if (taken == count)
        {
            _timeOfLastDataOrHeartbeatNs = nowNs;
            _isLimitToBeCounted = true;
            _senderPosition.SetRelease(endPosition);
            return bytes;
        }

        _shortSends.Increment();
        return BytesOf(_datagrams.AsSpan(0, taken));
    }

    private static int BytesOf(ReadOnlySpan<OutgoingDatagram> datagrams)
    {
        int bytes = 0;
        foreach (OutgoingDatagram datagram in datagrams)
        {
            bytes += datagram.LengthBytes;
        }

        return bytes;
    }

    private int SendFrames(ReadOnlySpan<OutgoingDatagram> datagrams, long nowNs)
    {
        if (!_isResponse)
            return Endpoint.Send(datagrams, nowNs);
        return _responseAddress is { } address ? Endpoint.Send(datagrams, address, nowNs) : 0;
    }

    /// <summary>Sends a frame of control; one that does not go is not repeated before its time.</summary>
    private int SendControl(byte* frame, int lengthBytes, long nowNs)
    {
        if (_isResponse && _responseAddress is null)
            return 0;
        var datagram = new OutgoingDatagram(frame, lengthBytes);
        if (SendFrames(new ReadOnlySpan<OutgoingDatagram>(in datagram), nowNs) == 1)
            return lengthBytes;
        _shortSends.Increment();
        return 0;
    }

    private void OnFrameHeldBack(int available, long position)
    {
        if (available != TermScanner.CorruptFrame && -available <= _mtuLength)
            CountLimit();
        else if (!_isCorruptionRecorded)
            RecordCorruption(position);
    }

    private void CountLimit()
    {
        if (!_isLimitToBeCounted)
            return;
        _isLimitToBeCounted = false;
        _backPressureEvents.AddRelease(1);
        _flowControlLimits.AddRelease(1);
    }

    private void RecordCorruption(long position)
    {
        _isCorruptionRecorded = true;
        _errors.Increment();
        Endpoint.ErrorLog.Record(
            $"{Endpoint.Channel.OriginalUriString} session {SessionId} stream {StreamId}: the frame at position {position} has a length that cannot be; " +
            "its writer is broken; nothing from there on is sent: close the publication");
    }

    private void CheckSetup(long position, long nowNs)
    {
        if (nowNs - _timeOfLastSetupNs <= _context.SetupTimeoutNs)
            return;
        if (_isSetupElicited)
            _flowControl.OnSetup(_senderLimit.GetPlain(), nowNs);
        bool isGroup = Endpoint.Channel.HasGroupSemantics;
        var setup = new SetupFrame
        {
            Frame = new FrameHeader
            {
                FrameLength = SetupFrame.LengthBytes,
                Flags = (byte)((_sendResponseSetup ? FrameFlags.SetupSendResponse : 0) | (isGroup ? FrameFlags.SetupGroup : 0)),
                Type = FrameType.Setup,
            },
            TermOffset = LogPosition.TermOffset(position, _termLength),
            SessionId = SessionId,
            StreamId = StreamId,
            InitialTermId = _initialTermId,
            ActiveTermId = LogPosition.TermId(position, _positionBitsToShift, _initialTermId),
            TermLength = _termLength,
            Mtu = _mtuLength,
            Ttl = Endpoint.Channel.MulticastTtl,
        };
        SendControl((byte*)&setup, SetupFrame.LengthBytes, nowNs);
        _timeOfLastSetupNs = nowNs;
        if (_hasReceivers)
            _isSetupElicited = false;
    }

    private int CheckHeartbeat(long position, long nowNs)
    {
        if (!_hasInitialConnection || nowNs - _timeOfLastDataOrHeartbeatNs <= _context.HeartbeatTimeoutNs)
            return 0;
        byte flags = FrameFlags.Unfragmented;
        if (_isRevoked)
            flags |= FrameFlags.EndOfStream | FrameFlags.Revoked;
        else if (_signalEndOfStream && _isEndOfStream)
            flags |= FrameFlags.EndOfStream;
        var heartbeat = new DataHeader
        {
            Frame = new FrameHeader { FrameLength = 0, Flags = flags, Type = FrameType.Data },
            TermOffset = LogPosition.TermOffset(position, _termLength),
            SessionId = SessionId,
            StreamId = StreamId,
            TermId = LogPosition.TermId(position, _positionBitsToShift, _initialTermId),
        };
        int bytesSent = SendControl((byte*)&heartbeat, DataHeader.LengthBytes, nowNs);
        _heartbeatsSent.AddRelease(1);
        _timeOfLastDataOrHeartbeatNs = nowNs;
        return bytesSent;
    }

    private void OnIdle(long position, long nowNs)
    {
        long limit = _senderLimit.GetPlain();
        long newLimit;
        if (_spiesSimulateConnection && _hasSpies && !_hasReceivers)
        {
            // Nobody takes the data from the socket: the stream is where its fastest spy is.
            long spied = Math.Max(Volatile.Read(ref _maxSpyPosition), position);
            if (spied != position)
                _senderPosition.SetRelease(spied);
            newLimit = _flowControl.OnIdle(spied, nowNs);
        }
        else
        {
            newLimit = _flowControl.OnIdle(limit, nowNs);
        }

        if (newLimit != limit)
            _senderLimit.SetRelease(newLimit);
        _receivers.RemoveSilent(nowNs, _context.PublicationConnectionTimeoutNs);
        UpdateHasReceivers();
    }

    private void UpdateHasReceivers()
    {
        bool hasReceivers = _receivers.Count > 0;
        if (hasReceivers == _hasReceivers)
            return;
        // A response is not connected before the conductor has heard of it, so that it is told again when its queue was full.
        bool isToBeTold = hasReceivers && _isResponse && ResponseCorrelationId != NoCorrelationId;
        if (!isToBeTold || Endpoint.Conductor.OnResponseConnected(ResponseCorrelationId))
            _hasReceivers = hasReceivers;
    }
}
