namespace OrderPlatform.Analytics;

/// <summary>
/// Ratios of a series of simple returns per period, as fractions. A ratio that is undefined (too few returns, no variance, no loss) is
/// <c>null</c>, never NaN or infinite. Formulas: Sharpe (1994), Sortino and Price (1994), Young (1991) for Calmar.
/// </summary>
public static class ReturnRatios
{
    // A spread this small against the largest return is what summing doubles leaves behind, not variance.
    private const double RoundingNoise = 1e-12;

    /// <summary>Mean of the returns; <c>null</c> without any.</summary>
    public static double? Mean(ReadOnlySpan<double> returns)
    {
        if (returns.IsEmpty)
        {
            return null;
        }

        double sum = 0;
        foreach (double value in returns)
        {
            sum += value;
        }

        return Finite(sum / returns.Length);
    }

    /// <summary>Sample standard deviation (n - 1), two passes; <c>null</c> under two returns; 0 without variance.</summary>
    public static double? StandardDeviation(ReadOnlySpan<double> returns)
    {
        if (returns.Length < 2 || Mean(returns) is not { } mean)
        {
            return null;
        }

        double squares = 0;
        double largest = 0;
        foreach (double value in returns)
        {
            squares += (value - mean) * (value - mean);
            largest = Math.Max(largest, Math.Abs(value));
        }

        double deviation = Math.Sqrt(squares / (returns.Length - 1));
        return Finite(deviation <= RoundingNoise * largest ? 0 : deviation);
    }

    /// <summary>Downside deviation: root of the mean square of what falls short of the target, over ALL n returns; <c>null</c> without any.</summary>
    public static double? DownsideDeviation(ReadOnlySpan<double> returns, double targetPerPeriod = 0)
    {
        if (returns.IsEmpty)
        {
            return null;
        }

        double squares = 0;
        foreach (double value in returns)
        {
            double shortfall = Math.Min(0, value - targetPerPeriod);
            squares += shortfall * shortfall;
        }

        return Finite(Math.Sqrt(squares / returns.Length));
    }

    /// <summary>Standard deviation times the root of the periods in a year.</summary>
    public static double? AnnualisedVolatility(ReadOnlySpan<double> returns, double periodsPerYear) =>
        StandardDeviation(returns) * Math.Sqrt(periodsPerYear);

    /// <summary>Sharpe ratio, annualised: (mean - risk-free) / sample standard deviation × √periods; <c>null</c> without variance.</summary>
    public static double? Sharpe(ReadOnlySpan<double> returns, double periodsPerYear, double riskFreePerPeriod = 0) =>
        Over(Mean(returns) - riskFreePerPeriod, StandardDeviation(returns), periodsPerYear);

    /// <summary>Sortino ratio, annualised: (mean - target) / downside deviation × √periods; <c>null</c> under two returns or without a shortfall.</summary>
    public static double? Sortino(ReadOnlySpan<double> returns, double periodsPerYear, double targetPerPeriod = 0) =>
        returns.Length < 2 ? null : Over(Mean(returns) - targetPerPeriod, DownsideDeviation(returns, targetPerPeriod), periodsPerYear);

    /// <summary>
    /// Omega ratio (Keating and Shadwick, 2002): what the returns exceed a threshold by over what they fall short of it; <c>null</c> without a shortfall.
    /// </summary>
    public static double? Omega(ReadOnlySpan<double> returns, double thresholdPerPeriod = 0)
    {
        double gain = 0;
        double shortfall = 0;
        foreach (double value in returns)
        {
            gain += Math.Max(0, value - thresholdPerPeriod);
            shortfall += Math.Max(0, thresholdPerPeriod - value);
        }

        return shortfall > 0 ? Finite(gain / shortfall) : null;
    }

    /// <summary>Compound annual growth rate: growth^(1/years) - 1.</summary>
    /// <param name="growth">Final over initial value, not negative.</param>
    /// <param name="years">Length, above zero.</param>
    /// <returns>The rate as a fraction, or <c>null</c> if growth is negative, years are not positive, or the rate is beyond a double.</returns>
    public static double? Cagr(double growth, double years) =>
        growth >= 0 && years > 0 ? Finite(Math.Pow(growth, 1 / years) - 1) : null;

    /// <summary>Calmar ratio: annual growth over the largest relative drawdown; <c>null</c> if either is unknown or there was no drawdown.</summary>
    public static double? Calmar(double? cagr, double? maxDrawdownFraction) =>
        maxDrawdownFraction > 0 ? Finite(cagr / maxDrawdownFraction) : null;

    private static double? Over(double? excess, double? risk, double periodsPerYear) =>
        risk > 0 ? Finite(excess / risk * Math.Sqrt(periodsPerYear)) : null;

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
