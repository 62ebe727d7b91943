using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Client;

/// <summary>A publication that any number of threads, and other clients of the same driver, write to. All members are for any thread.</summary>
public sealed unsafe class ConcurrentPublication : Publication
{
    private static long _lastMark;

    private readonly long* _positionLimit;
    private readonly ConcurrentLogAppender _appender;
    private readonly long _mark = Interlocked.Increment(ref _lastMark);

    internal ConcurrentPublication(ClientConductor conductor, in PublicationSetup setup)
        : this(conductor, setup, new ClaimCount(isShared: true))
    {
    }

    private ConcurrentPublication(ClientConductor conductor, in PublicationSetup setup, ClaimCount claims)
        : base(conductor, setup, claims)
    {
        _positionLimit = PositionLimitAddress;
        _appender = new ConcurrentLogAppender(setup.Log.Log, claims);
    }

    /// <inheritdoc/>
    public override long Position
    {
        get
        {
            if (!TryEnter())
                return Closed;
            long position = _appender.Position;
            Leave();
            return position;
        }
    }

    private protected override bool IsWriting => OperationSlot.IsMarked(_mark);

    /// <inheritdoc/>
    public override long Offer(ReadOnlySpan<byte> message)
    {
        _appender.CheckMessageLength(message.Length);
        long result = Closed;
        OperationSlot slot = OperationSlot.OfThread();
        slot.Mark(_mark);
        if (!IsClosed)
            result = _appender.Offer(message, Volatile.Read(ref *_positionLimit));
        slot.Clear();
        GC.KeepAlive(this);
        return result;
    }

    /// <inheritdoc/>
    public override long Offer(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReservedValueSupplier? supplier = null)
    {
        var message = new MessageParts(first, second);
        CheckMessageLength(message.Length);
        if (supplier is not null)
            return OfferSupplied(message, supplier);
        long result = Closed;
        OperationSlot slot = OperationSlot.OfThread();
        slot.Mark(_mark);
        if (!IsClosed)
            result = _appender.Offer(message, Volatile.Read(ref *_positionLimit), null);
        slot.Clear();
        GC.KeepAlive(this);
        return result;
    }

    /// <inheritdoc/>
    public override long TryClaim(int length, BufferClaim claim)
    {
        _appender.CheckClaim(length, claim);
        long result = Closed;
        OperationSlot slot = OperationSlot.OfThread();
        slot.Mark(_mark);
        if (!IsClosed)
            result = _appender.TryClaim(length, claim, Volatile.Read(ref *_positionLimit));
        slot.Clear();
        GC.KeepAlive(this);
        return result;
    }

    private long OfferSupplied(in MessageParts message, ReservedValueSupplier supplier)
    {
        // Not by the thread's slot: the supplier may write to another publication, and each thread has but one mark.
        if (!TryEnter())
            return Closed;
        try
        {
            return _appender.Offer(message, Limit(), supplier);
        }
        finally
        {
            Leave();
        }
    }
}
