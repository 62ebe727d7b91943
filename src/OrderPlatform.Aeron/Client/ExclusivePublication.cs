using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// A publication with a session of its own that one thread at a time writes to: the fastest. Closing it, and asking whether it is connected, is for any thread.
/// </summary>
public sealed unsafe class ExclusivePublication : Publication
{
    private readonly long* _positionLimit;
    private ExclusiveLogAppender _appender;
    private bool _isWriting;

    internal ExclusivePublication(ClientConductor conductor, in PublicationSetup setup)
        : this(conductor, setup, new ClaimCount(isShared: false))
    {
    }

    private ExclusivePublication(ClientConductor conductor, in PublicationSetup setup, ClaimCount claims)
        : base(conductor, setup, claims)
    {
        _positionLimit = PositionLimitAddress;
        _appender = new ExclusiveLogAppender(setup.Log.Log, claims);
    }

    /// <inheritdoc/>
    public override long Position => IsClosed ? Closed : _appender.Position;

    /// <summary>The term that is written.</summary>
    public int TermId => _appender.Place.TermId;

    /// <summary>The offset in it of the next message.</summary>
    public int TermOffset => _appender.Place.TermOffset;

    private protected override bool IsWriting => Volatile.Read(ref _isWriting);

    /// <inheritdoc/>
    public override long Offer(ReadOnlySpan<byte> message)
    {
        _appender.CheckMessageLength(message.Length);
        long result = Closed;
        // The mark before the look at whether it is closed: see OperationSlot. Only this thread writes, so a plain flag does.
        Volatile.Write(ref _isWriting, true);
        if (!IsClosed)
            result = _appender.Offer(message, Volatile.Read(ref *_positionLimit));
        Volatile.Write(ref _isWriting, false);
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
        Volatile.Write(ref _isWriting, true);
        if (!IsClosed)
            result = _appender.Offer(message, Volatile.Read(ref *_positionLimit), null);
        Volatile.Write(ref _isWriting, false);
        GC.KeepAlive(this);
        return result;
    }

    /// <inheritdoc/>
    public override long TryClaim(int length, BufferClaim claim)
    {
        _appender.CheckClaim(length, claim);
        long result = Closed;
        Volatile.Write(ref _isWriting, true);
        if (!IsClosed)
            result = _appender.TryClaim(length, claim, Volatile.Read(ref *_positionLimit));
        Volatile.Write(ref _isWriting, false);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Puts padding into the stream, as long as a message of that length would be.</summary>
    /// <returns>As an offer.</returns>
    /// <exception cref="ArgumentException">It is longer than <see cref="Publication.MaxMessageLength"/>.</exception>
    public long AppendPadding(int length)
    {
        CheckMessageLength(length);
        if (!TryEnter())
            return Closed;
        long result = _appender.AppendPadding(length, Limit());
        Leave();
        return result;
    }

    /// <summary>Closes it and ends the stream at once: what was offered and not consumed yet is lost.</summary>
    public void Revoke() => CloseAndRevoke();

    private long OfferSupplied(in MessageParts message, ReservedValueSupplier supplier)
    {
        // By a count and not by the flag: the supplier may throw, and may offer to this publication.
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
