namespace OrderPlatform.HdrHistogram;

/// <summary>Walks a histogram's cells upwards, keeps the running totals and makes the steps of an iteration from them.</summary>
internal struct CountWalk(LongHistogram histogram)
{
    private readonly BucketLayout _layout = histogram.Layout;
    private readonly long[] _counts = histogram.Counts;
    private readonly long _all = histogram.TotalCount;
    private readonly int _last = histogram.MaxIndex();
    private UInt128 _valueSum;
    private long _countBefore;
    private long _valueBefore;

    public int Index { get; private set; } = -1;

    public long Count { get; private set; }

    /// <summary>Whether the last cell with a count was passed.</summary>
    public readonly bool IsAllCounted => Index >= _last;

    public readonly bool IsLastCell => Index >= _counts.Length - 1;

    public readonly long CountHere => _counts[Index];

    public readonly long LowestHere => _layout.LowestAt(Index);

    public readonly long HighestHere => _layout.HighestAt(Index);

    public readonly double Percentile => 100.0 * Count / _all;

    /// <summary>Goes to the next cell and counts it.</summary>
    /// <exception cref="InvalidOperationException">Something was recorded since the iteration began.</exception>
    public void Next()
    {
        Index++;
        long count = CountHere;
        Count += count;
        _valueSum += (UInt128)(ulong)count * (ulong)HighestHere;
        if (Count > _all || (IsAllCounted && Count != _all))
            throw new InvalidOperationException("The histogram was changed while it was iterated over.");
    }

    /// <summary>Ends a step here, at a value.</summary>
    public HistogramIterationValue Step(long value, double? level = null)
    {
        long sum = _valueSum > long.MaxValue ? long.MaxValue : (long)_valueSum;
        var step = new HistogramIterationValue(value, _valueBefore, CountHere, Count - _countBefore, Count, sum, Percentile, level ?? Percentile);
        _valueBefore = value;
        _countBefore = Count;
        return step;
    }
}
