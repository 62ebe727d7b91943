namespace OrderPlatform.Simulation.Venue;

/// <summary>Shapes of latency (D12).</summary>
public enum LatencyDistribution : byte
{
    /// <summary>Always the mean.</summary>
    Constant = 1,

    /// <summary>Normal; what falls below zero is zero.</summary>
    Normal = 2,

    /// <summary>Log-normal: never negative, with a long upper tail.</summary>
    LogNormal = 3,
}

/// <summary>A distribution of one-way latency. No draw exceeds <see cref="MaximumNanos"/>.</summary>
/// <param name="Distribution">Its shape.</param>
/// <param name="MeanNanos">Mean of the latency itself (for the log-normal too), nanoseconds.</param>
/// <param name="DeviationNanos">Standard deviation of the latency itself, nanoseconds.</param>
public readonly record struct LatencyOptions(LatencyDistribution Distribution, long MeanNanos, long DeviationNanos)
{
    /// <summary>One hour: the longest latency, and the largest mean and deviation.</summary>
    public const long MaximumNanos = 3_600_000_000_000;

    /// <summary>Always the same.</summary>
    public static LatencyOptions Constant(long nanos) => new(LatencyDistribution.Constant, nanos, 0);

    /// <summary>Normal, cut at zero.</summary>
    public static LatencyOptions Normal(long meanNanos, long deviationNanos) => new(LatencyDistribution.Normal, meanNanos, deviationNanos);

    /// <summary>Log-normal with this mean and deviation.</summary>
    public static LatencyOptions LogNormal(long meanNanos, long deviationNanos) => new(LatencyDistribution.LogNormal, meanNanos, deviationNanos);

    internal void Validate(string name)
    {
        long meanMinimum = Distribution == LatencyDistribution.LogNormal ? 1 : 0;
        Require(Enum.IsDefined(Distribution), name, nameof(Distribution), (byte)Distribution, "Constant, Normal or LogNormal");
        Require(MeanNanos >= meanMinimum && MeanNanos <= MaximumNanos, name, nameof(MeanNanos), MeanNanos, $"{meanMinimum} to {MaximumNanos}");
        long deviationMaximum = Distribution == LatencyDistribution.Constant ? 0 : MaximumNanos;
        Require(
            DeviationNanos >= 0 && DeviationNanos <= deviationMaximum, name, nameof(DeviationNanos), DeviationNanos, $"0 to {deviationMaximum}");
    }

    private static void Require(bool holds, string option, string part, long value, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"{option}.{part} is {value}; allowed: {range}", option);
        }
    }
}
