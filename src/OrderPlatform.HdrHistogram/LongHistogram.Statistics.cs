namespace OrderPlatform.HdrHistogram;

public sealed partial class LongHistogram
{
    /// <summary>The highest value that counts the same as the highest recorded one; 0 if nothing is recorded.</summary>
    public long GetMaxValue()
    {
        int index = MaxIndex();
        return index < 0 ? 0 : _layout.HighestAt(index);
    }

    /// <summary>The lowest value that counts the same as the lowest recorded one; 0 if nothing is recorded.</summary>
    public long GetMinValue()
    {
        int index = _counts.AsSpan().IndexOfAnyExcept(0L);
        return index <= 0 ? 0 : _layout.LowestAt(index);
    }

    /// <summary>
    /// As <see cref="GetMinValue"/>, leaving out the lowest cell, which holds 0 and all that is below the unit; <see cref="long.MaxValue"/> if nothing else
    /// is recorded.
    /// </summary>
    public long GetMinNonZeroValue()
    {
        int index = _counts.AsSpan(1).IndexOfAnyExcept(0L);
        return index < 0 ? long.MaxValue : _layout.LowestAt(index + 1);
    }

    /// <summary>The mean, each value taken as the middle of its cell; 0 if nothing is recorded.</summary>
    public double GetMean()
    {
        double sum = 0;
        long total = 0;
        int end = MaxIndex() + 1;
        for (int index = 0; index < end; index++)
        {
            if (_counts[index] == 0)
                continue;
            sum += _layout.MedianAt(index) * (double)_counts[index];
            total += _counts[index];
        }

        return total == 0 ? 0 : sum / total;
    }

    /// <summary>The standard deviation of the recorded values as a population, each taken as the middle of its cell; 0 if nothing is recorded.</summary>
    public double GetStdDeviation()
    {
        double mean = GetMean();
        double sum = 0;
        long total = 0;
        int end = MaxIndex() + 1;
        for (int index = 0; index < end; index++)
        {
            if (_counts[index] == 0)
                continue;
            double distance = _layout.MedianAt(index) - mean;
            sum += distance * distance * _counts[index];
            total += _counts[index];
        }

        return total == 0 ? 0 : Math.Sqrt(sum / total);
    }

    /// <summary>The lowest value that counts the same as <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long LowestEquivalentValue(long value) => _layout.LowestAt(CellOf(value));

    /// <summary>The highest value that counts the same as <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long HighestEquivalentValue(long value) => _layout.HighestAt(CellOf(value));

    /// <summary>The middle of the values that count the same as <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long MedianEquivalentValue(long value) => _layout.MedianAt(CellOf(value));

    /// <summary>The lowest value above <paramref name="value"/> that counts otherwise; behind 63 bits, where none is, it wraps and is negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long NextNonEquivalentValue(long value) => unchecked(HighestEquivalentValue(value) + 1);

    /// <summary>How many values count the same as <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long SizeOfEquivalentValueRange(long value) => _layout.SizeAt(CellOf(value));

    /// <summary>Whether two values count the same.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative.</exception>
    public bool ValuesAreEquivalent(long value1, long value2) => CellOf(value1) == CellOf(value2);

    /// <summary>The last cell with a count; -1 if none has.</summary>
    internal int MaxIndex() => _counts.AsSpan().LastIndexOfAnyExcept(0L);

    private int CellOf(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return _layout.IndexOf(value);
    }
}
