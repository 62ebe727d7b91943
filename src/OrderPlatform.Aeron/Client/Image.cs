using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// One publisher's stream as a subscription sees it. Polling is for one thread at a time; the rest is for any. All members can be used after the
/// image is gone: polls return zero then, and the position is the last one. What a handler throws reaches the poll's caller; the fragment that it
/// was given counts as read.
/// </summary>
public sealed unsafe partial class Image : ILogUser
{
    private readonly ClientConductor _conductor;
    private readonly CncConnection _cnc;
    private readonly LogPointers _log;
    private readonly long* _position;
    private int _pollDepth;
    private int _accesses;
    private volatile bool _isClosed;
    private long _finalPosition;
    private long _finalEndOfStreamPosition = long.MaxValue;
    private bool _finalIsRevoked;

    internal Image(ClientConductor conductor, Subscription subscription, SharedLog log, in ImageSetup setup)
    {
        _conductor = conductor;
        _cnc = conductor.Cnc;
        _log = new LogPointers(log.Log);
        _position = _cnc.ValueAddress(setup.PositionCounterId);
        SharedLog = log;
        Subscription = subscription;
        CorrelationId = setup.CorrelationId;
        SessionId = setup.SessionId;
        SourceIdentity = setup.SourceIdentity;
        SubscriberPositionId = setup.PositionCounterId;
        MtuLength = _log.MaxPayloadLength + DataHeader.LengthBytes;
        JoinPosition = _finalPosition = Volatile.Read(ref *_position);
    }

    /// <summary>Whose image this is.</summary>
    public Subscription Subscription { get; }

    /// <summary>Names the image among all of the driver.</summary>
    public long CorrelationId { get; }

    /// <summary>The publisher's session.</summary>
    public int SessionId { get; }

    /// <summary>Where the stream comes from: an address and a port, or <c>aeron:ipc</c>.</summary>
    public string SourceIdentity { get; }

    /// <summary>The counter that has this image's position.</summary>
    public int SubscriberPositionId { get; }

    /// <summary>Where the subscription joined the stream.</summary>
    public long JoinPosition { get; }

    public int InitialTermId => _log.InitialTermId;

    public int TermBufferLength => _log.TermLength;

    /// <summary>log2 of the term length.</summary>
    public int PositionBitsToShift => _log.PositionBitsToShift;

    public int MtuLength { get; }

    public bool IsClosed => _isClosed;

    /// <summary>Up to where the stream was read. It can be set forward, within the term.</summary>
    /// <exception cref="ArgumentException">Set to a place behind, beyond the term or between frames.</exception>
    public long Position
    {
        get
        {
            if (_isClosed)
                return Volatile.Read(ref _finalPosition);
            long position = Volatile.Read(ref *_position);
            GC.KeepAlive(this);
            return position;
        }

        set
        {
            if (_isClosed)
                return;
            CheckNewPosition(value);
            StorePosition(value);
        }
    }

    /// <summary>True if the publisher ended the stream and all of it was read.</summary>
    public bool IsEndOfStream => Position >= EndOfStreamPosition;

    /// <summary>Where the publisher ended the stream; 2^63 - 1 as long as it has not.</summary>
    public long EndOfStreamPosition
    {
        get
        {
            if (!TryEnter())
                return Volatile.Read(ref _finalEndOfStreamPosition);
            long position = _log.MetaDataBuffer.GetLongVolatile(LogBufferDescriptor.EndOfStreamPositionOffset);
            Leave();
            return position;
        }
    }

    /// <summary>True if the publisher revoked the stream.</summary>
    public bool IsPublicationRevoked
    {
        get
        {
            if (!TryEnter())
                return Volatile.Read(ref _finalIsRevoked);
            bool isRevoked = _log.MetaDataBuffer.GetByte(LogBufferDescriptor.IsPublicationRevokedOffset) != 0;
            Leave();
            return isRevoked;
        }
    }

    /// <summary>How many sources were heard of lately; zero for IPC.</summary>
    public int ActiveTransportCount
    {
        get
        {
            if (!TryEnter())
                return 0;
            int count = _log.MetaDataBuffer.GetIntVolatile(LogBufferDescriptor.ActiveTransportCountOffset);
            Leave();
            return count;
        }
    }

    /// <inheritdoc/>
    bool ILogUser.IsUsingLog => Volatile.Read(ref _pollDepth) != 0 || Volatile.Read(ref _accesses) != 0;

    internal SharedLog SharedLog { get; }

    /// <summary>Has the publisher told that this subscriber does not want the stream; the driver drops what comes of it.</summary>
    /// <param name="reason">For the publisher, at most 1023 bytes.</param>
    public void Reject(string reason) => _conductor.RejectImage(CorrelationId, Position, reason);

    /// <summary>Keeps what can be asked for later, and lets no poll begin any more. Under the client's lock.</summary>
    internal void Close()
    {
        if (_isClosed)
            return;
        Volatile.Write(ref _finalPosition, Volatile.Read(ref *_position));
        Volatile.Write(ref _finalEndOfStreamPosition, _log.MetaDataBuffer.GetLongVolatile(LogBufferDescriptor.EndOfStreamPositionOffset));
        Volatile.Write(ref _finalIsRevoked, _log.MetaDataBuffer.GetByte(LogBufferDescriptor.IsPublicationRevokedOffset) != 0);
        _isClosed = true;
    }

    private static void ThrowDamaged(int frameLength, int room) =>
        throw new InvalidDataException(
            $"The stream is damaged: a frame says a length of {frameLength} where its term has {room} bytes left. Close the subscription.");

    /// <summary>Marks this thread as reading the log; false if the image is closed. Not shared with a thread that polls against the rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryBeginPoll()
    {
        Volatile.Write(ref _pollDepth, _pollDepth + 1);
        if (!_isClosed)
            return true;
        EndPoll();
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndPoll() => Volatile.Write(ref _pollDepth, _pollDepth - 1);

    private bool TryEnter()
    {
        Interlocked.Increment(ref _accesses);
        if (!_isClosed)
            return true;
        Interlocked.Decrement(ref _accesses);
        return false;
    }

    private void Leave() => Interlocked.Decrement(ref _accesses);

    /// <summary>The term that a position lies in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* TermOf(long position) => _log.Term(LogTail.PartitionIndex((int)(position >> _log.PositionBitsToShift)));

    /// <summary>The offset of a position in its term; a multiple of 32 whatever the counter holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int OffsetOf(long position) => (int)position & (_log.TermLength - LogBufferDescriptor.FrameAlignment);

    /// <summary>Tells driver and publisher how far this subscriber is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StorePosition(long position)
    {
        // The counter is another's soon after the image is gone.
        if (!_isClosed)
            Volatile.Write(ref *_position, position);
        GC.KeepAlive(this);
    }

    /// <summary>True if there is a frame; refuses one that would lead out of the term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadLength(byte* frame, int room, out int frameLength)
    {
        frameLength = Volatile.Read(ref *(int*)frame);
        if (frameLength <= 0)
            return false;
        if (frameLength < DataHeader.LengthBytes || frameLength > room)
            ThrowDamaged(frameLength, room);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPadding(byte* frame) => *(FrameType*)(frame + DataHeader.TypeOffset) == FrameType.Pad;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Aligned(int frameLength) => BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment);

    private void CheckNewPosition(long position)
    {
        long current = Position;
        long termEnd = (current | (uint)(_log.TermLength - 1)) + 1;
        if (position < current || position > termEnd)
            throw new ArgumentException($"Position {position} is not possible: the image is at {current}, and its term ends at {termEnd}.", nameof(position));
        if ((position & (LogBufferDescriptor.FrameAlignment - 1)) != 0)
            throw new ArgumentException($"Position {position} is not possible: frames begin at multiples of 32.", nameof(position));
    }
}

/// <summary>What a driver says of a new image.</summary>
internal readonly record struct ImageSetup(long CorrelationId, int SessionId, int PositionCounterId, string SourceIdentity);
