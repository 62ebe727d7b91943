using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>What receivers say and what the sender answers. The sender's thread only.</summary>
internal sealed unsafe partial class NetworkPublication
{
    private const long NoCorrelationId = -1;

    private readonly AtomicCounter _naksReceived;
    private readonly AtomicCounter _retransmitsSent;
    private readonly AtomicCounter _retransmittedBytes;

    /// <summary>The oldest position that may still be sent again: what lies further back may be overwritten by then.</summary>
    private long ResendFloor(long senderPosition) => senderPosition - (_termLength / 2) - LogBufferDescriptor.MaxMessageLength(_termLength);

    /// <summary>Makes a position of a status message's term and offset.</summary>
    public StatusMessage Decode(in StatusMessageFrame frame, bool hasGroupTag) => new(
        frame.SessionId,
        frame.StreamId,
        LogPosition.Compute(frame.ConsumptionTermId, frame.ConsumptionTermOffset, _positionBitsToShift, _initialTermId),
        // A receiver never takes more than half a term ahead: what says more would make the sender overrun it.
        Math.Min(frame.ReceiverWindow, _termLength / 2),
        frame.ReceiverId,
        hasGroupTag ? frame.GroupTag : null,
        (frame.Frame.Flags & FrameFlags.StatusEndOfStream) != 0);

    /// <summary>A receiver can only be about where the sender is.</summary>
    public bool IsValid(in StatusMessage statusMessage)
    {
        long distance = statusMessage.Position - _senderPosition.GetPlain();
        return statusMessage.WindowLength >= 0 && statusMessage.Position >= 0 && distance >= -(_termLength / 2) && distance <= _termLength / 2;
    }

    /// <summary>A receiver is alive, and there. False for a receiver too many.</summary>
    public bool OnStatusMessage(in StatusMessage statusMessage, long nowNs)
    {
        if (statusMessage.IsEndOfStream)
            _receivers.Remove(statusMessage.ReceiverId);
        else if (!_receivers.TryNote(statusMessage.ReceiverId, nowNs))
            return false;
        if (Endpoint.IsUnicast)
            _hasReceivedUnicastEndOfStream = statusMessage.IsEndOfStream;
        UpdateHasReceivers();
        _hasInitialConnection = true;
        long limit = _senderLimit.GetPlain();
        long newLimit = _flowControl.OnStatusMessage(statusMessage, limit, nowNs);
        if (newLimit != limit)
            _senderLimit.SetRelease(newLimit);
        return true;
    }

    /// <summary>A receiver wants to join, and needs a SETUP for that.</summary>
    public void OnSetupElicited(in StatusMessage statusMessage, in UdpAddress source)
    {
        if (_isEndOfStream)
            return;
        _isSetupElicited = true;
        _flowControl.OnSetupElicited(statusMessage);
        if (_isResponse)
            _responseAddress = source;
    }

    /// <summary>A receiver misses bytes. False when it cannot mean what it says.</summary>
    public bool OnNak(int termId, int termOffset, int lengthBytes, long nowNs)
    {
        _naksReceived.AddRelease(1);
        if (lengthBytes < 0 || !IsSent(termId, termOffset, out long position))
            return false;
        long senderPosition = _senderPosition.GetPlain();
        // Late on its way: what it asks for came meanwhile, or never will.
        if (position < ResendFloor(senderPosition))
            return true;
        if (!IsFrame(termId, termOffset))
            return false;
        long sendableBytes = senderPosition - position;
        int length = (int)Math.Min(_flowControl.MaxRetransmitLength(termOffset, lengthBytes, _termLength), sendableBytes);
        if (length > 0)
            _retransmits.OnNak(termId, termOffset, length, nowNs);
        return true;
    }

    /// <summary>Sends again. Frames are packed as they fit, so that the datagrams may be cut differently from the first time.</summary>
    public void Resend(int termId, int termOffset, int lengthBytes, long nowNs)
    {
        if (!IsSent(termId, termOffset, out long position) || position < ResendFloor(_senderPosition.GetPlain()) || !IsFrame(termId, termOffset))
            return;
        UnsafeBuffer term = _terms[LogPosition.PartitionIndexOfTerm(termId, _initialTermId)];
        int offset = termOffset;
        int remaining = lengthBytes;
        long totalBytes = 0;
        bool goesOn = true;
        while (goesOn && remaining > 0)
        {
            int count = 0;
            int batchBytes = 0;
            while (goesOn && count < _datagrams.Length && remaining > 0)
            {
                int available = TermScanner.ScanForAvailability(term, offset, Math.Min(remaining, _mtuLength), out int padding);
                goesOn = available > 0;
                if (!goesOn)
                    break;
                _datagrams[count++] = new OutgoingDatagram(term.Address + offset, available);
                int advance = available + padding;
                offset += advance;
                batchBytes += advance;
                remaining -= advance;
                goesOn = offset < _termLength;
            }

            if (count == 0)
                break;
            if (SendFrames(_datagrams.AsSpan(0, count), nowNs) < count)
            {
                // What did not go the receiver asks for again.
                _shortSends.Increment();
                break;
            }

            totalBytes += batchBytes;
        }

        if (totalBytes > 0)
        {
            _retransmitsSent.AddRelease(1);
            _retransmittedBytes.AddRelease(totalBytes);
        }
    }

    /// <summary>True for a receiver that was heard of lately.</summary>
    public bool IsReceiver(long receiverId) => _receivers.Contains(receiverId);

    /// <summary>A receiver refuses the stream: it does not count any more, and the clients hear of it, once.</summary>
    public void OnError(in ErrorFrame error, string message, long destinationRegistrationId, in UdpAddress source)
    {
        _flowControl.OnError(error.ReceiverId);
        bool hasGroupTag = (error.Frame.Flags & FrameFlags.ErrorHasGroupTag) != 0;
        var notice = new PublicationErrorNotice(
            RegistrationId,
            destinationRegistrationId,
            SessionId,
            StreamId,
            error.ReceiverId,
            hasGroupTag ? error.GroupTag : NoCorrelationId,
            source,
            (ErrorCode)error.ErrorCode,
            message);
        // Kept until the conductor has room for the notice: the receiver repeats itself.
        if (Endpoint.Conductor.OnPublicationError(notice))
            _receivers.Remove(error.ReceiverId);
        UpdateHasReceivers();
    }

    /// <summary>A receiver measures the round trip.</summary>
    public void OnRttMeasurement(in RttMeasurementFrame measurement, long nowNs)
    {
        if ((measurement.Frame.Flags & FrameFlags.RttReply) == 0)
            return;
        var reply = new RttMeasurementFrame
        {
            Frame = new FrameHeader { FrameLength = RttMeasurementFrame.LengthBytes, Type = FrameType.RttMeasurement },
            SessionId = SessionId,
            StreamId = StreamId,
            EchoTimestampNs = measurement.EchoTimestampNs,
            ReceiverId = measurement.ReceiverId,
        };
        SendControl((byte*)&reply, RttMeasurementFrame.LengthBytes, nowNs);
    }

    /// <summary>A server says which session answers.</summary>
    public void OnResponseSetup(int responseSessionId)
    {
        if (_sendResponseSetup && ResponseCorrelationId != NoCorrelationId)
            Endpoint.Conductor.OnResponseSetup(ResponseCorrelationId, responseSessionId);
    }

    /// <summary>True for a place that has been sent.</summary>
    private bool IsSent(int termId, int termOffset, out long position)
    {
        position = LogPosition.Compute(termId, termOffset, _positionBitsToShift, _initialTermId);
        return termOffset >= 0 && termOffset <= _termLength - DataHeader.LengthBytes && termOffset % LogBufferDescriptor.FrameAlignment == 0
            && position >= 0 && position < _senderPosition.GetPlain();
    }

    /// <summary>
    /// True if a frame of this stream begins there. The place comes from outside and the bytes from a client: in the middle of a message anything may
    /// look like a length.
    /// </summary>
    private bool IsFrame(int termId, int termOffset)
    {
        UnsafeBuffer term = _terms[LogPosition.PartitionIndexOfTerm(termId, _initialTermId)];
        return term.GetInt(termOffset + DataHeader.SessionIdOffset) == SessionId && term.GetInt(termOffset + DataHeader.TermOffsetOffset) == termOffset;
    }
}
