namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>The next status message, from the conductor to the receiver: two values that belong together, between two numbers of their change.</summary>
internal sealed class PendingStatusMessage(long position, int windowLength)
{
    private long _beginChange = -1;
    private long _endChange = -1;
    private long _position = position;
    private int _windowLength = windowLength;

    /// <summary>The receiver: which change is complete.</summary>
    public long ChangeNumber => Volatile.Read(ref _endChange);

    /// <summary>The conductor.</summary>
    public void Publish(long position, int windowLength)
    {
        long change = _beginChange + 1;
        Volatile.Write(ref _beginChange, change);
        // The number is seen before any of the values: a reader that got a new value finds another number than it began with.
        Volatile.WriteBarrier();
        _position = position;
        _windowLength = windowLength;
        Volatile.Write(ref _endChange, change);
    }

    /// <summary>The receiver; false when the conductor was just changing them.</summary>
    /// <param name="changeNumber">Read before, from <see cref="ChangeNumber"/>.</param>
    /// <param name="position">Consumption position.</param>
    /// <param name="windowLength">Window from there on.</param>
    public bool TryRead(long changeNumber, out long position, out int windowLength)
    {
        position = _position;
        windowLength = _windowLength;
        Volatile.ReadBarrier();
        return changeNumber == Volatile.Read(ref _beginChange);
    }
}
