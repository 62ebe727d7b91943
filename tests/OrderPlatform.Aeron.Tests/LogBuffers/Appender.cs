using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Tests.LogBuffers;

/// <summary>One of the two appenders, chosen by a test.</summary>
internal sealed class Appender
{
    private readonly ConcurrentLogAppender _concurrent;
    private ExclusiveLogAppender _exclusive;
    private readonly bool _isExclusive;
    private readonly BufferClaim _claim = new();

    public Appender(LogBuffer log, bool isExclusive)
    {
        _isExclusive = isExclusive;
        Claims = new ClaimCount(!isExclusive);
        if (isExclusive)
            _exclusive = new ExclusiveLogAppender(log, Claims);
        else
            _concurrent = new ConcurrentLogAppender(log, Claims);
    }

    public ClaimCount Claims { get; }

    public long Position => _isExclusive ? _exclusive.Position : _concurrent.Position;

    public long Offer(ReadOnlySpan<byte> message, long limit = long.MaxValue)
    {
        CheckLength(message.Length);
        return _isExclusive ? _exclusive.Offer(message, limit) : _concurrent.Offer(message, limit);
    }

    public long Offer(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReservedValueSupplier? supplier, long limit = long.MaxValue)
    {
        var message = new MessageParts(first, second);
        CheckLength(message.Length);
        return _isExclusive ? _exclusive.Offer(message, limit, supplier) : _concurrent.Offer(message, limit, supplier);
    }

    public long TryClaim(int length, BufferClaim claim, long limit = long.MaxValue)
    {
        if (_isExclusive)
        {
            _exclusive.CheckClaim(length, claim);
            return _exclusive.TryClaim(length, claim, limit);
        }

        _concurrent.CheckClaim(length, claim);
        return _concurrent.TryClaim(length, claim, limit);
    }

    /// <summary>Offers again when a term ended.</summary>
    public long OfferUntilTaken(byte[] message, ReservedValueSupplier? supplier)
    {
        long result;
        do
        {
            result = supplier == null ? Offer(message) : Offer(message, default, supplier);
        }
        while (result == OfferResult.AdminAction);

        return result;
    }

    /// <summary>Claims, writes and commits or aborts.</summary>
    public void Claim(ReadOnlySpan<byte> message, bool commit)
    {
        Assert.That(TryClaim(message.Length, _claim), Is.Positive);
        message.CopyTo(_claim.Data);
        if (commit)
            _claim.Commit();
        else
            _claim.Abort();
    }

    private void CheckLength(int length)
    {
        if (_isExclusive)
            _exclusive.CheckMessageLength(length);
        else
            _concurrent.CheckMessageLength(length);
    }
}
