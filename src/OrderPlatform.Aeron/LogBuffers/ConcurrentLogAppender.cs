using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// Appends to a log together with other threads and processes: an atomic add on the tail gives each its part of the term. Results are the new
/// position, or a constant of <see cref="OfferResult"/>. Source: aeron_publication.c of Aeron 1.52.
/// </summary>
internal readonly unsafe struct ConcurrentLogAppender
{
    private readonly LogPointers _log;
    private readonly FrameWriter _writer;
    private readonly ClaimCount _claims;

    /// <param name="log">The log, at whatever position it is.</param>
    /// <param name="claims">Counts the claims that are open.</param>
    public ConcurrentLogAppender(LogBuffer log, ClaimCount claims)
    {
        _log = new LogPointers(log);
        _writer = new FrameWriter(log.MetaData);
        _claims = claims;
    }

    /// <summary>A part of a term that belongs to its claimer.</summary>
    private ref struct Room
    {
        public byte* Term;
        public int TermId;
        public int TermOffset;
    }

    /// <summary>Where the next frame goes: at once the past, when others append.</summary>
    public long Position => LogTail.ProducerPosition(_log.MetaDataBuffer, _log.TermLength, _log.InitialTermId);

    /// <inheritdoc cref="LogPointers.CheckMessageLength"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CheckMessageLength(int length) => _log.CheckMessageLength(length);

    /// <summary>Refuses a claim that is open, or of a length that no claim can have. The claims below rely on it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CheckClaim(int length, BufferClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        _log.CheckClaimLength(length);
        claim.CheckNotOpen();
    }

    /// <summary>Appends a message whose length was checked.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="limit">Nothing is begun at or beyond this position.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Offer(ReadOnlySpan<byte> message, long limit)
    {
        if (message.Length > _log.MaxPayloadLength)
            return OfferFragmented(message, limit);
        int aligned = BitAlignment.Align(message.Length + DataHeader.LengthBytes, LogBufferDescriptor.FrameAlignment);
        long result = Claim(aligned, message.Length, limit, out Room room);
        if (result > 0)
            _writer.WriteUnfragmented(room.Term + room.TermOffset, message, room.TermOffset, room.TermId);
        return result;
    }

    /// <summary>Apart, so that the offer of one frame does not clear room for the parts of many.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long OfferFragmented(ReadOnlySpan<byte> message, long limit) => Offer(new MessageParts(message, default), limit, null);

    /// <summary>Appends a message of two parts, with reserved values; its length was checked.</summary>
    public long Offer(in MessageParts message, long limit, ReservedValueSupplier? supplier)
    {
        int length = message.Length;
        long result = Claim(LogBufferDescriptor.FramedLength(length, _log.MaxPayloadLength), length, limit, out Room room);
        if (result > 0)
            _writer.Write(room.Term, message, _log.MaxPayloadLength, room.TermOffset, room.TermId, supplier);
        return result;
    }

    /// <summary>Claims room for a message of that length; it and the claim were checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long TryClaim(int length, BufferClaim claim, long limit)
    {
        int frameLength = length + DataHeader.LengthBytes;
        long result = Claim(BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment), length, limit, out Room room);
        if (result > 0)
        {
            byte* frame = room.Term + room.TermOffset;
            _writer.Begin(frame, frameLength, FrameFlags.Unfragmented, FrameType.Data, room.TermOffset, room.TermId);
            claim.Wrap(frame, frameLength, _claims);
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Claim(int alignedLength, int messageLength, long limit, out Room room)
    {
        room = default;
        int termCount = Volatile.Read(ref *(int*)(_log.MetaData + LogBufferDescriptor.ActiveTermCountOffset));
        int index = LogTail.PartitionIndex(termCount);
        ref long tail = ref *(long*)(_log.MetaData + LogTail.TailOffset(index));
        long rawTail = Volatile.Read(ref tail);
        int termId = LogTail.TermId(rawTail);
        // Another is between the two steps of a rotation, or this thread stood still for three terms since it read the count.
        if (termCount != unchecked(termId - _log.InitialTermId))
            return OfferResult.AdminAction;
        long termBeginPosition = (long)termCount << _log.PositionBitsToShift;
        long position = termBeginPosition + LogTail.TermOffset(rawTail, _log.TermLength);
        if (position >= limit)
            return _log.BackPressureResult(position, messageLength);

        rawTail = Interlocked.Add(ref tail, alignedLength) - alignedLength;
        termId = LogTail.TermId(rawTail);
        long offset = (uint)rawTail;
        long resultingOffset = offset + alignedLength;
        if (resultingOffset > _log.TermLength || ((int)offset & (LogBufferDescriptor.FrameAlignment - 1)) != 0)
            return EndTerm(termId, offset);
        room.Term = _log.Term(index);
        room.TermId = termId;
        room.TermOffset = (int)offset;
        // The term by the claim itself: the tail may have been rotated since it was read above.
        return ((long)unchecked(termId - _log.InitialTermId) << _log.PositionBitsToShift) + resultingOffset;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long EndTerm(int termId, long offset)
    {
        int termCount = unchecked(termId - _log.InitialTermId);
        // Only the claim that ran over the end writes the padding; those behind it find no room at all.
        if (offset < _log.TermLength && (offset & (LogBufferDescriptor.FrameAlignment - 1)) == 0)
            _writer.WritePadding(_log.Term(LogTail.PartitionIndex(termCount)) + offset, _log.TermLength - (int)offset, (int)offset, termId);
        if (((long)termCount << _log.PositionBitsToShift) + _log.TermLength >= _log.MaxPossiblePosition)
            return OfferResult.MaxPositionExceeded;
        LogTail.Rotate(_log.MetaDataBuffer, termCount, termId);
        return OfferResult.AdminAction;
    }
}
