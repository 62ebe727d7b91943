namespace OrderPlatform.HdrHistogram;

/// <summary>
/// An <see cref="IntervalRecorder"/> for one writing thread at a time; readers may be many. A record is a plain addition that is stored whole (release), which
/// is enough when nobody else writes, and costs less than half of an atomic one.
/// </summary>
/// <param name="lowestDiscernibleValue">See <see cref="LongHistogram"/>.</param>
/// <param name="highestTrackableValue">See <see cref="LongHistogram"/>; the range is fixed.</param>
/// <param name="numberOfSignificantValueDigits">See <see cref="LongHistogram"/>.</param>
/// <param name="clock">Stamps the intervals; null is the system's.</param>
/// <exception cref="ArgumentOutOfRangeException">The parameters make no histogram; the message says which one.</exception>
public sealed class SingleWriterRecorder(
    long lowestDiscernibleValue, long highestTrackableValue, int numberOfSignificantValueDigits, TimeProvider? clock = null)
    : IntervalRecorder(lowestDiscernibleValue, highestTrackableValue, numberOfSignificantValueDigits, clock)
{
    /// <summary>Records a value once. Allocates nothing and never waits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range, which is counted.</exception>
    public void RecordValue(long value)
    {
        long[] cells = _cells;
        int index = _layout.IndexOf(value);
        if ((uint)index < (uint)cells.Length)
            Volatile.Write(ref cells[index], cells[index] + 1);
        else
            Refuse(value);
    }

    /// <summary>Records a value once, or answers false if it is out of range, which is counted.</summary>
    public bool TryRecordValue(long value)
    {
        long[] cells = _cells;
        int index = _layout.IndexOf(value);
        if ((uint)index >= (uint)cells.Length)
            return CountRefused();
        Volatile.Write(ref cells[index], cells[index] + 1);
        return true;
    }

    private protected override void AddTo(ref long cell, long count) => Volatile.Write(ref cell, cell + count);
}
