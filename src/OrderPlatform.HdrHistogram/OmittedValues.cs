namespace OrderPlatform.HdrHistogram;

/// <summary>
/// The values that a measurement left out while it waited for a slow one: value - interval, value - 2 × interval, … down to the interval.
/// Those of one cell come as one step, so that there are never more steps than cells, however small the interval is.
/// </summary>
internal ref struct OmittedValues(in BucketLayout layout, long value, long interval)
{
    private readonly ref readonly BucketLayout _layout = ref layout;
    private readonly long _interval = interval;
    private long _next = interval > 0 && value > interval ? value - interval : -1;

    /// <summary>The highest value of this step.</summary>
    public long Value { get; private set; }

    /// <summary>How many omitted values share its cell.</summary>
    public long Repeats { get; private set; }

    public bool MoveNext()
    {
        if (_next < _interval || _interval <= 0)
            return false;
        Value = _next;
        long least = Math.Max(_layout.LowestAt(_layout.IndexOf(_next)), _interval);
        Repeats = ((_next - least) / _interval) + 1;
        _next -= Repeats * _interval;
        return true;
    }
}
