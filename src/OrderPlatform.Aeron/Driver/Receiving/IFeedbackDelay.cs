namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>How long a receiver waits before it asks for what is lost.</summary>
internal interface IFeedbackDelay
{
    /// <summary>From the discovery of a gap to the first NAK, in nanoseconds.</summary>
    long NextDelayNs();

    /// <summary>From a NAK to the next for the same gap, in nanoseconds.</summary>
    long NextRetryDelayNs();
}
