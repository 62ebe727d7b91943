namespace OrderPlatform.Analytics;

/// <summary>A series of returns against those of a benchmark in the same periods, such as holding the instrument.</summary>
public static class BenchmarkRatios
{
    /// <summary>The returns less the benchmark's, period by period.</summary>
    /// <exception cref="ArgumentException">The two are not equally long.</exception>
    public static double[] Active(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark)
    {
        if (returns.Length != benchmark.Length)
        {
            throw new ArgumentException($"{returns.Length} returns have no benchmark of {benchmark.Length}: give one for each period", nameof(benchmark));
        }

        double[] active = new double[returns.Length];
        for (int i = 0; i < active.Length; i++)
        {
            active[i] = returns[i] - benchmark[i];
        }

        return active;
    }

    /// <summary>Tracking error: the sample deviation (n - 1) of the active returns, annualised; <c>null</c> under two returns.</summary>
    /// <exception cref="ArgumentException">The two are not equally long.</exception>
    public static double? TrackingError(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double periodsPerYear) =>
        ReturnRatios.AnnualisedVolatility(Active(returns, benchmark), periodsPerYear);

    /// <summary>Information ratio: the Sharpe ratio of the active returns, annualised; <c>null</c> without variance.</summary>
    /// <exception cref="ArgumentException">The two are not equally long.</exception>
    public static double? InformationRatio(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double periodsPerYear) =>
        ReturnRatios.Sharpe(Active(returns, benchmark), periodsPerYear);
}
