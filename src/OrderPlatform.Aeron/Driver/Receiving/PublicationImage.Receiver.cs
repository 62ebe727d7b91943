using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

// What the receiver's thread does with datagrams.
internal sealed unsafe partial class PublicationImage
{
    /// <summary>Addresses that sent a SETUP of another stream under the same ids; more than one at a time is rare.</summary>
    private const int ConflictsMax = 4;

    private readonly AtomicCounter _highWaterMarkCounter;
    private readonly ImageConnections _connections = new();
    private readonly UdpAddress[] _conflictingSources = new UdpAddress[ConflictsMax];
    private int _conflictCount;
    private long _lastStatusMessagePosition;

    /// <summary>Takes in a datagram that was checked: a heartbeat or whole frames inside the term.</summary>
    /// <param name="destination">Where it came in.</param>
    /// <param name="datagram">The bytes, aligned to 8.</param>
    /// <param name="lengthBytes">How many.</param>
    /// <param name="spanBytes">What the frames take in the term; zero for a heartbeat.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="nowNs">The time.</param>
    /// <param name="refusal">What is wrong.</param>
    /// <returns>False when it does not belong to this stream; true when it was taken or is not needed.</returns>
    public bool TryInsert(
        ReceiveDestination destination, byte* datagram, int lengthBytes, int spanBytes, in UdpAddress source, long nowNs, out Refusal refusal)
    {
        var header = (DataHeader*)datagram;
        int termCount = unchecked(header->TermId - InitialTermId);
        if (!IsOfThisStream(termCount, lengthBytes, source, out refusal))
            return false;
        if (_rejection is not null)
            return true;

        long position = ((long)termCount << _positionBitsToShift) + header->TermOffset;
        bool isHeartbeat = spanBytes == 0;
        // Without the rest of a padding frame, of which only the header comes: the sender counts it the same way.
        long end = isHeartbeat ? position : position + lengthBytes;
        if (end > _lastStatusMessagePosition + (TermLength / 2))
        {
            _systemCounters[SystemCounterId.FlowControlOverRuns].AddRelease(1);
        }
        else if (isHeartbeat)
        {
            OnHeartbeat(destination, header, position, source, nowNs);
        }
        else if (position < _lastStatusMessagePosition)
        {
            _systemCounters[SystemCounterId.FlowControlUnderRuns].AddRelease(1);
            if (end >= _lastStatusMessagePosition - _congestionControl.MaxWindowLength)
                _connections.Track(destination, source, nowNs);
        }
        else
        {
            _connections.Track(destination, source, nowNs);
            Volatile.Write(ref _timeOfLastPacketNs, nowNs);
            refusal = Refusal.FramesNotContiguous;
            return Insert(datagram, lengthBytes, position, spanBytes);
        }

        return true;
    }

    /// <summary>A SETUP for this session: another publisher's is remembered, so that its data are not taken for this stream's.</summary>
    public bool TryOnSetup(ReceiveDestination destination, in SetupFrame setup, in UdpAddress source, long nowNs, out Refusal refusal)
    {
        if (setup.InitialTermId != InitialTermId || setup.TermLength != TermLength || setup.Mtu != MtuLength)
        {
            refusal = Refusal.OtherInitialTerm;
            if (!IsConflicting(source))
                _conflictingSources[_conflictCount++ % ConflictsMax] = source;
            return false;
        }

        int known = Array.IndexOf(_conflictingSources, source);
        if (known >= 0)
            _conflictingSources[known] = default;
        long position = LogPosition.Compute(setup.ActiveTermId, setup.TermOffset, _positionBitsToShift, InitialTermId);
        refusal = Refusal.WrongPosition;
        if (position > _lastStatusMessagePosition + TermLength)
            return false;
        // Late on its way.
        if (position < _lastStatusMessagePosition - TermLength)
            return true;
        if (_rejection is null)
            _connections.Track(destination, source, nowNs);
        return true;
    }

    /// <summary>A destination of the endpoint is gone.</summary>
    public void RemoveDestination(ReceiveDestination destination, long nowNs)
    {
        _connections.Remove(destination);
        UpdateActiveTransportCount(nowNs);
    }

    /// <summary>The receiver's last word; the log may go from now on.</summary>
    public void Release() => _hasReceiverReleased = true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOfThisStream(int termCount, int lengthBytes, in UdpAddress source, out Refusal refusal)
    {
        refusal = default;
        if (termCount < 0)
            refusal = Refusal.WrongTermId;
        else if (lengthBytes > MtuLength)
            refusal = Refusal.TooLong;
        else if (_conflictCount != 0 && IsConflicting(source))
            refusal = Refusal.OtherInitialTerm;
        else
            return true;
        return false;
    }

    private bool IsConflicting(in UdpAddress source) => Array.IndexOf(_conflictingSources, source) >= 0;

    private bool Insert(byte* datagram, int lengthBytes, long position, int spanBytes)
    {
        int removed = 0;
        uint partition = (uint)(position >> _positionBitsToShift) % LogBufferDescriptor.PartitionCount;
        byte* term = _termsAddress + ((long)partition * TermLength);
        int termOffset = LogPosition.TermOffset(position, TermLength);
        long highWaterMark = _highWaterMark;
        if (position >= highWaterMark)
        {
            // Nothing was ever written here: the datagram goes in with one copy.
            TermRebuilder.Insert(term + termOffset, datagram, lengthBytes);
        }
        else
        {
            long termBegin = position - termOffset;
            long done = Volatile.Read(ref _rebuildPosition) - termBegin;
            removed = TermRebuilder.InsertMissing(Log.Terms[(int)partition], termOffset, datagram, lengthBytes, done, highWaterMark - termBegin);
        }

        RaiseHighWaterMark(position + spanBytes);
        return removed == 0;
    }

    private void OnHeartbeat(ReceiveDestination destination, DataHeader* header, long position, in UdpAddress source, long nowNs)
    {
        if (position < _lastStatusMessagePosition - TermLength)
        {
            _systemCounters[SystemCounterId.FlowControlUnderRuns].AddRelease(1);
            return;
        }

        _connections.Track(destination, source, nowNs);
        Volatile.Write(ref _timeOfLastPacketNs, nowNs);
        bool isEndOfStream = (header->Frame.Flags & FrameFlags.EndOfStream) != 0;
        if (isEndOfStream && !_isEndOfStream && _connections.OnEndOfStream(destination, position, out long endOfStreamPosition))
            End(endOfStreamPosition, (header->Frame.Flags & FrameFlags.Revoked) != 0);
        RaiseHighWaterMark(position);
        _systemCounters[SystemCounterId.HeartbeatsReceived].AddRelease(1);
    }

    private void End(long endOfStreamPosition, bool isRevoked)
    {
        if (isRevoked)
        {
            Log.MetaData.PutByte(LogBufferDescriptor.IsPublicationRevokedOffset, 1);
            _systemCounters[SystemCounterId.PublicationImagesRevoked].Increment();
            _isRevoked = true;
        }

        Log.MetaData.PutLongRelease(LogBufferDescriptor.EndOfStreamPositionOffset, endOfStreamPosition);
        _isEndOfStream = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RaiseHighWaterMark(long position)
    {
        if (position <= _highWaterMark)
            return;
        Volatile.Write(ref _highWaterMark, position);
        _highWaterMarkCounter.SetRelease(position);
    }
}
