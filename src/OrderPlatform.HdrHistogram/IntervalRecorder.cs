using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrderPlatform.HdrHistogram;

/// <summary>
/// Counts values on some threads while others take what came in since last time as a histogram. A reader never stops a writer, and a writer never waits.
/// </summary>
/// <remarks>
/// There is one array of counts, and it only ever grows. An interval is, cell by cell, the difference between what the cell holds now and what it held when
/// the interval before was taken; the reader keeps the latter. So every record is in exactly one interval:
/// <list type="bullet">
/// <item>A record adds to one cell, once, and nothing is ever taken out of it or moved.</item>
/// <item>The sum of all intervals of a cell telescopes: it is the last reading minus the first, whatever writers did between the readings.</item>
/// <item>A record that is not yet in a reading is in a later one, because a cell's readings never go back.</item>
/// </list>
/// There is no buffer to swap, hence no writer that might still be writing to the swapped one, and nothing to wait for. The cells are not all read at one
/// instant: a record made while an interval is taken falls into that interval or the next.
/// </remarks>
public abstract class IntervalRecorder
{
    private protected readonly BucketLayout _layout;
    private protected readonly long[] _cells;

    private readonly long[] _taken;
    private readonly Lock _reading = new();
    private readonly TimeProvider _clock;
    private long _startMillis;
    private long _outOfRange;

    private protected IntervalRecorder(long lowestDiscernibleValue, long highestTrackableValue, int numberOfSignificantValueDigits, TimeProvider? clock)
    {
        _layout = new BucketLayout(lowestDiscernibleValue, highestTrackableValue, numberOfSignificantValueDigits);
        _cells = new long[_layout.CountsLength];
        _taken = new long[_layout.CountsLength];
        _clock = clock ?? TimeProvider.System;
        _startMillis = NowMillis();
    }

    /// <summary>How many times a value was refused because it was out of range.</summary>
    public long OutOfRangeCount => Volatile.Read(ref _outOfRange);

    /// <summary>
    /// Records a value as often as <paramref name="count"/> says; all of it falls into one interval. What an interval holds must sum up to less than 2^63.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range, which is counted, or the count is negative; nothing is recorded.</exception>
    public void RecordValueWithCount(long value, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int index = _layout.IndexOf(value);
        if ((uint)index >= (uint)_cells.Length)
            Refuse(value);
        AddTo(ref _cells[index], count);
    }

    /// <summary>
    /// Records a value, and what a measurement at a steady pace would have recorded besides, had it not waited for this one
    /// (<see cref="LongHistogram.RecordValueWithExpectedInterval"/>). These may fall into two intervals if one is taken meanwhile.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range, which is counted; nothing is recorded.</exception>
    public void RecordValueWithExpectedInterval(long value, long expectedIntervalBetweenValueSamples)
    {
        RecordValueWithCount(value, 1);
        var omitted = new OmittedValues(_layout, value, expectedIntervalBetweenValueSamples);
        while (omitted.MoveNext())
            AddTo(ref _cells[_layout.IndexOf(omitted.Value)], omitted.Repeats);
    }

    /// <summary>What was recorded since the last call, as a new histogram.</summary>
    public LongHistogram GetIntervalHistogram() => GetIntervalHistogram(null);

    /// <summary>
    /// What was recorded since the last call, with the times of both in its time stamps. Any thread may ask; those that do take turns.
    /// </summary>
    /// <param name="recycle">A histogram that is no longer needed, to be overwritten and returned: then nothing is allocated. Null makes a new one.</param>
    /// <exception cref="ArgumentException">The histogram to recycle has another range or other digits.</exception>
    public LongHistogram GetIntervalHistogram(LongHistogram? recycle)
    {
        if (recycle is not null && !recycle.Layout.Equals(_layout))
            throw new ArgumentException("Only a histogram with the recorder's range and digits can be recycled.", nameof(recycle));
        LongHistogram interval = recycle ?? new LongHistogram(_layout);
        lock (_reading)
        {
            interval.CountsWereSet(Take(interval.Counts));
            interval.StartTimeStamp = _startMillis;
            interval.EndTimeStamp = _startMillis = NowMillis();
        }

        return interval;
    }

    /// <summary>Forgets what was recorded since the last interval, and begins a new one.</summary>
    public void Reset()
    {
        lock (_reading)
        {
            for (int index = 0; index < _cells.Length; index++)
                _taken[index] = Volatile.Read(ref _cells[index]);
            _startMillis = NowMillis();
        }
    }

    private protected abstract void AddTo(ref long cell, long count);

    /// <summary>Counts a refused value.</summary>
    private protected bool CountRefused()
    {
        Interlocked.Increment(ref _outOfRange);
        return false;
    }

    private protected void Refuse(long value)
    {
        CountRefused();
        LongHistogram.ThrowOutOfRange(value, _layout);
    }

    /// <remarks>
    /// Most cells stand still between two intervals, and a vector tells of four at once. Its reading need not be whole for a cell that is being written: if it
    /// says "as before", the cell's records go to the next interval, which is always right; if not, the cell is read again, whole.
    /// </remarks>
    private long Take(Span<long> counts)
    {
        counts.Clear();
        ref long cells = ref MemoryMarshal.GetArrayDataReference(_cells);
        ref long taken = ref MemoryMarshal.GetArrayDataReference(_taken);
        long total = 0;
        int index = 0;
        for (; index <= _cells.Length - Vector256<long>.Count; index += Vector256<long>.Count)
        {
            if (Vector256.LoadUnsafe(ref cells, (nuint)index) == Vector256.LoadUnsafe(ref taken, (nuint)index))
                continue;
            for (int cell = index; cell < index + Vector256<long>.Count; cell++)
                total += counts[cell] = TakeCell(cell);
        }

        for (; index < _cells.Length; index++)
            total += counts[index] = TakeCell(index);
        return total;
    }

    private long TakeCell(int index)
    {
        long now = Volatile.Read(ref _cells[index]);
        long difference = now - _taken[index];
        _taken[index] = now;
        return difference;
    }

    private long NowMillis() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
