using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Venue;

/// <summary>Draws latencies from a generator of its own.</summary>
internal sealed class LatencySource
{
    private readonly LatencyOptions _options;
    private readonly Prng _prng;
    private readonly double _logMean;
    private readonly double _logDeviation;

    public LatencySource(LatencyOptions options, Prng prng)
    {
        _options = options;
        _prng = prng;
        if (options.Distribution == LatencyDistribution.LogNormal)
        {
            // Moments of the log-normal, solved for the parameters of the normal below it.
            double relative = (double)options.DeviationNanos / options.MeanNanos;
            double variance = PortableMath.Log(1 + (relative * relative));
            _logMean = PortableMath.Log(options.MeanNanos) - (variance / 2);
            _logDeviation = Math.Sqrt(variance);
        }
    }

    public long NextNanos() => _options.Distribution switch
    {
        LatencyDistribution.Normal => Hold(_options.MeanNanos + (_options.DeviationNanos * _prng.NextNormal())),
        LatencyDistribution.LogNormal => Hold(PortableMath.Exp(_logMean + (_logDeviation * _prng.NextNormal()))),
        _ => _options.MeanNanos,
    };

    private static long Hold(double nanos) =>
        nanos <= 0 ? 0 : nanos >= LatencyOptions.MaximumNanos ? LatencyOptions.MaximumNanos : (long)(nanos + 0.5);
}
