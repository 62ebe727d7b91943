using System.Diagnostics.CodeAnalysis;

namespace OrderPlatform.HdrHistogram;

/// <summary>
/// Counts of whole numbers over a wide range, each kept to a fixed number of significant decimal digits. One thread at a time: for several writers, or a
/// reader beside a writer, use <see cref="Recorder"/> or <see cref="SingleWriterRecorder"/>.
/// </summary>
/// <remarks>
/// Memory is one array of 8-byte counts, made at construction: (1, 3 600 000 000 000, 3) takes 264 KiB. Recording adds one to a cell and does nothing else: the
/// total, the lowest and the highest value are found when they are asked for, by a vector scan of a microsecond or two. A total that recording kept up would
/// make each record wait for the one before (measured: 1.4 instead of 1.1 ns).
/// </remarks>
public sealed partial class LongHistogram
{
    /// <summary>What counts given as numbers may sum up to. The rest of 63 bits is for records one by one, two years of one each nanosecond.</summary>
    internal const long BulkCountMax = long.MaxValue - (1L << 56);

    private BucketLayout _layout;
    private long[] _counts;
    private long _bulkCount;

    /// <summary>A histogram for the values 0 to <paramref name="highestTrackableValue"/>, discerned down to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">See the constructor with three parameters.</exception>
    public LongHistogram(long highestTrackableValue, int numberOfSignificantValueDigits)
        : this(1, highestTrackableValue, numberOfSignificantValueDigits)
    {
    }

    /// <summary>A histogram for the values 0 to <paramref name="highestTrackableValue"/>.</summary>
    /// <param name="lowestDiscernibleValue">The smallest difference that matters, 1 or more; rounded down to a power of two.</param>
    /// <param name="highestTrackableValue">At least twice that. Values up to the end of the last bucket are taken too.</param>
    /// <param name="numberOfSignificantValueDigits">0 to 5: two values that differ in these digits are told apart.</param>
    /// <exception cref="ArgumentOutOfRangeException">The parameters make no histogram; the message says which one.</exception>
    public LongHistogram(long lowestDiscernibleValue, long highestTrackableValue, int numberOfSignificantValueDigits)
        : this(new BucketLayout(lowestDiscernibleValue, highestTrackableValue, numberOfSignificantValueDigits))
    {
    }

    internal LongHistogram(in BucketLayout layout)
    {
        _layout = layout;
        _counts = new long[layout.CountsLength];
    }

    /// <summary>The smallest difference that matters, as given.</summary>
    public long LowestDiscernibleValue => _layout.Lowest;

    /// <summary>The highest value that is certainly taken; grows with <see cref="AutoResize"/>.</summary>
    public long HighestTrackableValue => _layout.Highest;

    /// <summary>How many significant decimal digits are kept.</summary>
    public int NumberOfSignificantValueDigits => _layout.Digits;

    /// <summary>How many buckets, each twice as wide as the one below, cover the range.</summary>
    public int BucketCount => _layout.BucketCount;

    /// <summary>How many cells the first bucket has; the others have half as many, since their lower half is the bucket below.</summary>
    public int SubBucketCount => _layout.SubBucketCount;

    /// <summary>Whether a value beyond the range makes the range grow, which allocates, instead of being refused. False at first.</summary>
    public bool AutoResize { get; set; }

    /// <summary>How many values are recorded: the sum of all counts, made anew each time.</summary>
    public long TotalCount => CountScan.Sum(_counts.AsSpan(0, MaxIndex() + 1));

    /// <summary>When the recorded interval began, in milliseconds since 1970 UTC; 0 if nobody said.</summary>
    public long StartTimeStamp { get; set; }

    /// <summary>When the recorded interval ended, in milliseconds since 1970 UTC; 0 if nobody said.</summary>
    public long EndTimeStamp { get; set; }

    /// <summary>The name of what was measured, as logs carry it; null if there is none.</summary>
    /// <exception cref="ArgumentException">Empty, or with a comma, a space or an end of line in it, which a log line cannot carry.</exception>
    public string? Tag
    {
        get;
        set
        {
            if (value is not null && (value.Length == 0 || value.AsSpan().IndexOfAny(", \r\n") >= 0))
                throw new ArgumentException($"\"{value}\" is no tag: it must not be empty and has no comma, space or end of line.", nameof(value));
            field = value;
        }
    }

    internal ref readonly BucketLayout Layout => ref _layout;

    internal long[] Counts => _counts;

    /// <summary>Records a value once. Allocates nothing, unless the histogram has to grow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or too large and <see cref="AutoResize"/> is off; nothing is recorded.</exception>
    public void RecordValue(long value)
    {
        long[] counts = _counts;
        int index = _layout.IndexOf(value);
        if ((uint)index < (uint)counts.Length)
            counts[index]++;
        else
            RecordBeyond(value);
    }

    /// <summary>Records a value once, or answers false if it is negative, or too large and <see cref="AutoResize"/> is off.</summary>
    public bool TryRecordValue(long value)
    {
        if ((uint)_layout.IndexOf(value) >= (uint)_counts.Length && (value < 0 || !AutoResize))
            return false;
        RecordValue(value);
        return true;
    }

    /// <summary>Records a value as often as <paramref name="count"/> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="RecordValue"/>, or the count is negative.</exception>
    /// <exception cref="OverflowException">Counts recorded this way would sum up to more than 2^63 - 2^56; nothing is recorded.</exception>
    public void RecordValueWithCount(long value, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long bulk = BulkCountWith(count);
        int index = _layout.IndexOf(value);
        if ((uint)index >= (uint)_counts.Length)
        {
            GrowFor(value);
            index = _layout.IndexOf(value);
        }

        _counts[index] += count;
        _bulkCount = bulk;
    }

    /// <summary>Forgets all values and the time stamps; keeps range, tag and memory.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        _bulkCount = 0;
        StartTimeStamp = 0;
        EndTimeStamp = 0;
    }

    [DoesNotReturn]
    internal static void ThrowOutOfRange(long value, in BucketLayout layout) => throw new ArgumentOutOfRangeException(
        nameof(value), value, $"The value {value} is outside the histogram's range, 0 to {layout.HighestAt(layout.CountsLength - 1)}.");

    /// <summary>Says that all counts were written over, and what they sum up to.</summary>
    internal void CountsWereSet(long total) => _bulkCount = total;

    private void RecordBeyond(long value)
    {
        GrowFor(value);
        _counts[_layout.IndexOf(value)]++;
    }

    private long BulkCountWith(long count) => count <= BulkCountMax - _bulkCount
        ? _bulkCount + count
        : throw new OverflowException($"Counts would sum up to more than {BulkCountMax}: {count} are to be added.");

    private void GrowFor(long value)
    {
        if (value < 0 || !AutoResize)
            ThrowOutOfRange(value, _layout);
        BucketLayout grown = _layout.GrownFor(value);
        Array.Resize(ref _counts, grown.CountsLength);
        _layout = grown;
    }
}
