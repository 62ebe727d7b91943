namespace OrderPlatform.HdrHistogram;

/// <summary>Walks a histogram's cells upwards, keeps the running totals and makes the steps of an iteration from them.</summary>
internal struct CountWalk(LongHistogram histogram)
{
    private readonly LongHistogram _histogram = histogram;
    private readonly long _all = histogram.TotalCount;
    private UInt128 _valueSum;
    private long _countBefore;
    private long _valueBefore;

    public int Index { get; private set; } = -1;

    public long Count { get; private set; }

    public readonly bool IsAllCounted => Count >= _all;

    public readonly bool IsLastCell => Index >= _histogram.Counts.Length - 1;

    public readonly long CountHere => _histogram.Counts[Index];

    public readonly long LowestHere => _histogram.Layout.LowestAt(Index);

    public readonly long HighestHere => _histogram.Layout.HighestAt(Index);

    public readonly double Percentile => 100.0 * Count / _all;

    /// <summary>Goes to the next cell and counts it.</summary>
    /// <exception cref="InvalidOperationException">Something was recorded since the iteration began.</exception>
    public void Next()
    {
        Index++;
        AssertUnchanged();
        long count = CountHere;
        Count += count;
        _valueSum += (UInt128)(ulong)count * (ulong)HighestHere;
    }

    /// <summary>Ends a step here, at a value.</summary>
    public HistogramIterationValue Step(long value, double? level = null)
    {
        AssertUnchanged();
        long sum = _valueSum > long.MaxValue ? long.MaxValue : (long)_valueSum;
        var step = new HistogramIterationValue(value, _valueBefore, CountHere, Count - _countBefore, Count, sum, Percentile, level ?? Percentile);
        _valueBefore = value;
        _countBefore = Count;
        return step;
    }

    private readonly void AssertUnchanged()
    {
        if (_histogram.TotalCount != _all || Index >= _histogram.Counts.Length)
            throw new InvalidOperationException("The histogram was changed while it was iterated over.");
    }
}
