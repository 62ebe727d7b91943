using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// Appends to a log that nobody else appends to: it keeps the tail itself and only tells it. Results are the new position, or a constant of
/// <see cref="OfferResult"/>. Source: aeron_exclusive_publication.c of Aeron 1.52.
/// </summary>
internal unsafe struct ExclusiveLogAppender
{
    private readonly LogPointers _log;
    private readonly FrameWriter _writer;
    private readonly ClaimCount _claims;
    private byte* _term;
    private long* _tail;
    private long _termBeginPosition;
    private long _tailTermIdBits;
    private int _termOffset;
    private int _termCount;
    private int _termId;

    /// <param name="log">The log, at whatever position it is.</param>
    /// <param name="claims">Counts the claims that are open.</param>
    public ExclusiveLogAppender(LogBuffer log, ClaimCount claims)
    {
        _log = new LogPointers(log);
        _writer = new FrameWriter(log.MetaData);
        _claims = claims;
        int termCount = LogTail.ActiveTermCount(log.MetaData);
        long rawTail = LogTail.ActiveRawTail(log.MetaData);
        if (termCount < 0 || unchecked(LogTail.TermId(rawTail) - _log.InitialTermId) != termCount)
            throw new InvalidDataException($"'{log.Path}' says term count {termCount} and active term {LogTail.TermId(rawTail)}: they do not fit.");
        EnterTerm(termCount, LogTail.TermOffset(rawTail, log.TermLength) & -LogBufferDescriptor.FrameAlignment);
    }

    /// <summary>Where the next frame goes.</summary>
    public readonly long Position
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _termBeginPosition + _termOffset;
    }

    /// <summary>The term that is written, and the offset in it.</summary>
    public readonly (int TermId, int TermOffset) Place => (_termId, _termOffset);

    /// <inheritdoc cref="LogPointers.CheckMessageLength"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void CheckMessageLength(int length) => _log.CheckMessageLength(length);

    /// <summary>Refuses a claim that is open, or of a length that no claim can have. The claims below rely on it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void CheckClaim(int length, BufferClaim claim)
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
        if (Position >= limit)
            return _log.BackPressureResult(Position, message.Length);
        if (message.Length > _log.MaxPayloadLength)
            return OfferFragmented(message, limit);
        int offset = _termOffset;
        long result = Claim(BitAlignment.Align(message.Length + DataHeader.LengthBytes, LogBufferDescriptor.FrameAlignment));
        if (result > 0)
            _writer.WriteUnfragmented(_term + offset, message, offset, _termId);
        return result;
    }

    /// <summary>Appends a message of two parts, with reserved values; its length was checked.</summary>
    public long Offer(in MessageParts message, long limit, ReservedValueSupplier? supplier)
    {
        int length = message.Length;
        if (Position >= limit)
            return _log.BackPressureResult(Position, length);
        int offset = _termOffset;
        long result = Claim(LogBufferDescriptor.FramedLength(length, _log.MaxPayloadLength));
        if (result > 0)
            _writer.Write(_term, message, _log.MaxPayloadLength, offset, _termId, supplier);
        return result;
    }

    /// <summary>Claims room for a message of that length; it and the claim were checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long TryClaim(int length, BufferClaim claim, long limit)
    {
        if (Position >= limit)
            return _log.BackPressureResult(Position, length);
        int frameLength = length + DataHeader.LengthBytes;
        int offset = _termOffset;
        long result = Claim(BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment));
        if (result > 0)
        {
            byte* frame = _term + offset;
            _writer.Begin(frame, frameLength, FrameFlags.Unfragmented, FrameType.Data, offset, _termId);
            claim.Wrap(frame, frameLength, _claims);
        }

        return result;
    }

    /// <summary>Appends padding as long as a message of that length, which was checked.</summary>
    public long AppendPadding(int length, long limit)
    {
        if (Position >= limit)
            return _log.BackPressureResult(Position, length);
        int offset = _termOffset;
        int padding = BitAlignment.Align(length + DataHeader.LengthBytes, LogBufferDescriptor.FrameAlignment);
        long result = Claim(padding);
        if (result > 0)
            _writer.WritePadding(_term + offset, padding, offset, _termId);
        return result;
    }

    /// <summary>Apart, so that the offer of one frame does not clear room for the parts of many.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long OfferFragmented(ReadOnlySpan<byte> message, long limit) => Offer(new MessageParts(message, default), limit, null);

    /// <summary>Moves the tail; positive if there is room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Claim(int alignedLength)
    {
        int resultingOffset = _termOffset + alignedLength;
        if (resultingOffset > _log.TermLength)
            return EndTerm();
        Volatile.Write(ref *_tail, _tailTermIdBits | (uint)resultingOffset);
        _termOffset = resultingOffset;
        return _termBeginPosition + resultingOffset;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long EndTerm()
    {
        if (_termOffset < _log.TermLength)
        {
            int offset = _termOffset;
            Volatile.Write(ref *_tail, _tailTermIdBits | (uint)_log.TermLength);
            _writer.WritePadding(_term + offset, _log.TermLength - offset, offset, _termId);
            _termOffset = _log.TermLength;
        }

        if (_termBeginPosition + _log.TermLength >= _log.MaxPossiblePosition)
            return OfferResult.MaxPositionExceeded;
        EnterTerm(_termCount + 1, 0);
        Volatile.Write(ref *_tail, _tailTermIdBits);
        _log.MetaDataBuffer.PutIntRelease(LogBufferDescriptor.ActiveTermCountOffset, _termCount);
        return OfferResult.AdminAction;
    }

    private void EnterTerm(int termCount, int termOffset)
    {
        int index = LogTail.PartitionIndex(termCount);
        _termCount = termCount;
        _termId = unchecked(_log.InitialTermId + termCount);
        _termBeginPosition = (long)termCount << _log.PositionBitsToShift;
        _termOffset = termOffset;
        _term = _log.Term(index);
        _tail = (long*)(_log.MetaData + LogTail.TailOffset(index));
        _tailTermIdBits = (long)_termId << 32;
    }
}
