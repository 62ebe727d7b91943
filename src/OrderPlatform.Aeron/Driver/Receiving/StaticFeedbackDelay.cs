namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Constant delays, for one receiver: nobody else asks for the same.</summary>
/// <param name="delayNs">To the first NAK.</param>
/// <param name="retryDelayNs">To the next.</param>
internal sealed class StaticFeedbackDelay(long delayNs, long retryDelayNs) : IFeedbackDelay
{
    /// <summary>For images whose gaps are filled, not asked for: at once.</summary>
    public static StaticFeedbackDelay None { get; } = new(0, 0);

    public long NextDelayNs() => delayNs;

    public long NextRetryDelayNs() => retryDelayNs;
}
