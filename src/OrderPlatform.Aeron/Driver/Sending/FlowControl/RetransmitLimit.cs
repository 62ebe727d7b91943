namespace OrderPlatform.Aeron.Driver.Sending.FlowControl;

/// <summary>Bounds what one NAK brings about: a multiple of the window that a receiver of this driver's settings would have.</summary>
internal readonly record struct RetransmitLimit(int InitialWindowLength, int WindowMultiple)
{
    /// <summary>The bytes to send again.</summary>
    public int Of(int termOffset, int nakLengthBytes, int termLength)
    {
        long windows = (long)Math.Min(InitialWindowLength, termLength / 2) * WindowMultiple;
        return (int)Math.Min(Math.Min(windows, nakLengthBytes), termLength - termOffset);
    }
}
