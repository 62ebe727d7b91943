namespace OrderPlatform.Analytics;

/// <summary>How long trades were held, nanoseconds; all zero without trades.</summary>
/// <param name="AverageNanos">Mean, rounded towards zero.</param>
/// <param name="MedianNanos">Middle value; of two middle values their mean, rounded towards zero.</param>
/// <param name="MinNanos">Shortest.</param>
/// <param name="MaxNanos">Longest.</param>
public readonly record struct TradeDurations(long AverageNanos, long MedianNanos, long MinNanos, long MaxNanos)
{
    internal static TradeDurations From(IReadOnlyList<TradeRecord> trades)
    {
        if (trades.Count == 0)
        {
            return default;
        }

        long[] sorted = new long[trades.Count];
        Int128 sum = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = trades[i].DurationNanos;
            sum += sorted[i];
        }

        Array.Sort(sorted);
        Int128 middlePair = (Int128)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2];
        return new TradeDurations((long)(sum / sorted.Length), (long)(middlePair / 2), sorted[0], sorted[^1]);
    }
}
