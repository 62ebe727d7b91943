namespace OrderPlatform.HdrHistogram;

public sealed partial class LongHistogram
{
    /// <summary>A histogram of its own with the same range, values, time stamps and tag.</summary>
    public LongHistogram Copy()
    {
        var copy = new LongHistogram(_layout) { AutoResize = AutoResize, StartTimeStamp = StartTimeStamp, EndTimeStamp = EndTimeStamp, Tag = Tag };
        _counts.CopyTo(copy._counts);
        copy._bulkCount = copy.TotalCount;
        return copy;
    }

    /// <summary>Adds the values of another histogram, whatever its range and digits; each counts as the lowest value of its cell there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value of the other is out of range, and <see cref="AutoResize"/> is off; nothing is added.</exception>
    /// <exception cref="OverflowException">See <see cref="RecordValueWithCount"/>; nothing is added.</exception>
    public void Add(LongHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        long bulk = BulkCountWith(other.TotalCount);
        int end = other.MaxIndex() + 1;
        if (end > 0)
            MakeRoomFor(other._layout.LowestAt(end - 1));
        bool isSame = _layout.HasCellsOf(other._layout);
        for (int index = 0; index < end; index++)
        {
            if (other._counts[index] != 0)
                _counts[isSame ? index : _layout.IndexOf(other._layout.LowestAt(index))] += other._counts[index];
        }

        _bulkCount = bulk;
    }

    /// <summary>Takes the values of another histogram out of this one; each counts as the lowest value of its cell there.</summary>
    /// <exception cref="ArgumentException">The other has a value more often than this one; nothing is changed.</exception>
    public void Subtract(LongHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        long[] left = (long[])_counts.Clone();
        int end = other.MaxIndex() + 1;
        for (int index = 0; index < end; index++)
        {
            long count = other._counts[index];
            if (count == 0)
                continue;
            long value = other._layout.LowestAt(index);
            int here = _layout.IndexOf(value);
            if (here >= left.Length || left[here] < count)
                throw new ArgumentException($"{count} times {value} cannot be taken from {GetCountAtValue(value)}.", nameof(other));
            left[here] -= count;
        }

        _counts = left;
        _bulkCount = TotalCount;
    }

    /// <summary>Whether both hold the same values as often: cell widths and counts are equal, the ranges may differ.</summary>
    public bool HasSameCountsAs(LongHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _layout.HasCellsOf(other._layout) && _counts.AsSpan(0, MaxIndex() + 1).SequenceEqual(other._counts.AsSpan(0, other.MaxIndex() + 1));
    }

    private void MakeRoomFor(long value)
    {
        if (_layout.IndexOf(value) >= _counts.Length)
            GrowFor(value);
    }
}
