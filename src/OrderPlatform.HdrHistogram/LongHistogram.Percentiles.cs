namespace OrderPlatform.HdrHistogram;

public sealed partial class LongHistogram
{
    /// <summary>
    /// The value that <paramref name="percentile"/> percent of the recorded values do not exceed: the highest value that counts the same as the one at
    /// rank ⌈percentile × total / 100⌉, but at least rank 1. For 0 exactly, the lowest value that counts the same as the first. 0 if nothing is recorded.
    /// </summary>
    /// <param name="percentile">0 to 100; beyond, the nearest of these counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The percentile is not a number.</exception>
    public long GetValueAtPercentile(double percentile)
    {
        Span<long> blocks = stackalloc long[CountTotals.BlocksMax];
        return ValueAt(percentile, new CountTotals(_counts.AsSpan(0, MaxIndex() + 1), blocks));
    }

    /// <summary>Several percentiles in one pass; each is what <see cref="GetValueAtPercentile"/> answers. Allocates nothing.</summary>
    /// <param name="percentiles">In any order.</param>
    /// <param name="values">Receives as many values.</param>
    /// <exception cref="ArgumentException">There is less room for values than there are percentiles.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A percentile is not a number.</exception>
    public void GetValuesAtPercentiles(ReadOnlySpan<double> percentiles, Span<long> values)
    {
        if (values.Length < percentiles.Length)
            throw new ArgumentException($"There is room for {values.Length} values, but there are {percentiles.Length} percentiles.", nameof(values));
        Span<long> blocks = stackalloc long[CountTotals.BlocksMax];
        var totals = new CountTotals(_counts.AsSpan(0, MaxIndex() + 1), blocks);
        for (int number = 0; number < percentiles.Length; number++)
            values[number] = ValueAt(percentiles[number], totals);
    }

    /// <summary>How many percent of the recorded values are at most, or count the same as, <paramref name="value"/>. 100 if nothing is recorded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public double GetPercentileAtOrBelowValue(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        long total = TotalCount;
        return total == 0 ? 100 : 100.0 * GetCountBetweenValues(0, value) / total;
    }

    /// <summary>How many recorded values count the same as <paramref name="value"/>; 0 beyond the range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long GetCountAtValue(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        int index = _layout.IndexOf(value);
        return index < _counts.Length ? _counts[index] : 0;
    }

    /// <summary>How many values are recorded from the cell of <paramref name="lowValue"/> to that of <paramref name="highValue"/>, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative.</exception>
    public long GetCountBetweenValues(long lowValue, long highValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lowValue);
        ArgumentOutOfRangeException.ThrowIfNegative(highValue);
        int first = Math.Min(_layout.IndexOf(lowValue), _counts.Length);
        int end = Math.Min(_layout.IndexOf(highValue) + 1, _counts.Length);
        return first < end ? CountScan.Sum(_counts.AsSpan(first..end)) : 0;
    }

    private long ValueAt(double percentile, in CountTotals totals)
    {
        if (double.IsNaN(percentile))
            throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "The percentile is not a number.");
        if (totals.Total == 0)
            return 0;
        int index = totals.IndexReaching(Rank(percentile, totals.Total));
        return percentile == 0 ? _layout.LowestAt(index) : _layout.HighestAt(index);
    }

    /// <remarks>
    /// One step down before multiplying: a percentile that came from a division, like 100.0 * 7 / 9, must not be rounded up to the next rank.
    /// Above 2^53 the product may round beyond the total, which is why the total limits it.
    /// </remarks>
    private static long Rank(double percentile, long total)
    {
        double share = Math.Clamp(Math.BitDecrement(percentile), 0, 100);
        double rank = Math.Ceiling(share * total / 100.0);
        return rank >= total ? total : Math.Max((long)rank, 1);
    }
}
