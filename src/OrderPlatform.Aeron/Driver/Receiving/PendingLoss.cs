namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>A gap that is due, from the conductor to the receiver; as <see cref="PendingStatusMessage"/>.</summary>
internal sealed class PendingLoss
{
    private long _beginChange = -1;
    private long _endChange = -1;
    private LossGap _gap;

    /// <inheritdoc cref="PendingStatusMessage.ChangeNumber"/>
    public long ChangeNumber => Volatile.Read(ref _endChange);

    /// <inheritdoc cref="PendingStatusMessage.Publish"/>
    public void Publish(in LossGap gap)
    {
        long change = _beginChange + 1;
        Volatile.Write(ref _beginChange, change);
        Volatile.WriteBarrier();
        _gap = gap;
        Volatile.Write(ref _endChange, change);
    }

    /// <inheritdoc cref="PendingStatusMessage.TryRead"/>
    public bool TryRead(long changeNumber, out LossGap gap)
    {
        gap = _gap;
        Volatile.ReadBarrier();
        return changeNumber == Volatile.Read(ref _beginChange);
    }
}
