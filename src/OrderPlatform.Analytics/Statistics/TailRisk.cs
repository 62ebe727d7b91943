namespace OrderPlatform.Analytics;

/// <summary>What the worst returns of a series look like, by history alone: no distribution is assumed.</summary>
public static class TailRisk
{
    /// <summary>
    /// Value at risk: the return that a share of the returns lie at or below, linear between neighbours (Hyndman and Fan, 1996, type 7). It is a return, so a
    /// loss is negative.
    /// </summary>
    /// <param name="returns">Simple returns, in any order.</param>
    /// <param name="share">The share, 0 to 1; 0.05 is usual.</param>
    /// <returns><c>null</c> without returns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public static double? ValueAtRisk(ReadOnlySpan<double> returns, double share)
    {
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "a share is from 0 to 1");
        }

        if (returns.IsEmpty)
        {
            return null;
        }

        double[] sorted = returns.ToArray();
        Array.Sort(sorted);
        double place = share * (sorted.Length - 1);
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Conditional value at risk, or expected shortfall: the mean of the returns at or below the value at risk; <c>null</c> without returns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public static double? ConditionalValueAtRisk(ReadOnlySpan<double> returns, double share)
    {
        if (ValueAtRisk(returns, share) is not { } limit)
        {
            return null;
        }

        double sum = 0;
        int count = 0;
        foreach (double value in returns)
        {
            sum += value <= limit ? value : 0;
            count += value <= limit ? 1 : 0;
        }

        return sum / count;
    }
}
