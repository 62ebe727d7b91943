namespace OrderPlatform.Analytics;

/// <summary>Waiting times from their exact values, nanoseconds.</summary>
/// <param name="Count">How many.</param>
/// <param name="MeanNanos">Mean, rounded towards zero.</param>
/// <param name="MedianNanos">The smallest that at least half of them are at or below.</param>
/// <param name="P99Nanos">The smallest that at least 99 of 100 are at or below.</param>
/// <param name="MaxNanos">Longest.</param>
public readonly record struct LatencyFigures(int Count, long MeanNanos, long MedianNanos, long P99Nanos, long MaxNanos)
{
    /// <summary>The figures of some waiting times, in any order; <c>null</c> without any.</summary>
    public static LatencyFigures? From(IEnumerable<long> nanos)
    {
        ArgumentNullException.ThrowIfNull(nanos);
        long[] sorted = [.. nanos];
        if (sorted.Length == 0)
        {
            return null;
        }

        Array.Sort(sorted);
        Int128 sum = 0;
        foreach (long value in sorted)
        {
            sum += value;
        }

        return new LatencyFigures(sorted.Length, (long)(sum / sorted.Length), At(sorted, 50), At(sorted, 99), sorted[^1]);
    }

    // Nearest rank: the value with the number ⌈percent × n / 100⌉ is one that occurred.
    private static long At(long[] sorted, long percent) => sorted[(int)(((percent * sorted.Length) + 99) / 100) - 1];
}
