namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>
/// A random back-off for groups, so that mostly one receiver asks and the others hear the answer: exponentially distributed after Nonnenmacher
/// and Biersack, "Optimal multicast feedback" (1998). The parameters are those of aeron_loss_detector.c, Aeron 1.52.
/// </summary>
internal sealed class OptimalMulticastFeedbackDelay : IFeedbackDelay
{
    private readonly Random _random;
    private readonly double _maxBackoffNs;
    private readonly double _lambda;
    private readonly double _leastOfUniform;
    private readonly double _widthOfUniform;
    private readonly double _factor;

    /// <param name="maxBackoffNs">The longest delay.</param>
    /// <param name="groupSize">How many receivers are assumed.</param>
    /// <param name="random">Where chance comes from.</param>
    public OptimalMulticastFeedbackDelay(long maxBackoffNs, int groupSize, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBackoffNs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groupSize);
        _random = random;
        _maxBackoffNs = maxBackoffNs;
        _lambda = Math.Log(groupSize) + 1;
        _leastOfUniform = _lambda / (_maxBackoffNs * (Math.Exp(_lambda) - 1));
        _widthOfUniform = _lambda / _maxBackoffNs;
        _factor = (Math.Exp(_lambda) - 1) * (_maxBackoffNs / _lambda);
    }

    public long NextDelayNs()
    {
        double uniform = _leastOfUniform + (_random.NextDouble() * _widthOfUniform);
        // The least x gives log 1 = 0, the greatest log e^lambda = lambda: from nothing to the longest delay.
        return (long)Math.Clamp(_maxBackoffNs / _lambda * Math.Log(uniform * _factor), 0, _maxBackoffNs);
    }

    public long NextRetryDelayNs() => NextDelayNs();
}
