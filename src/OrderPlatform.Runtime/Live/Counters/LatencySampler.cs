using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Runtime.Live.Counters;

/// <summary>
/// How long a request is under way in the pipeline: from the end of the batch in which its input was sequenced and appended, to its leaving at the egress. The
/// two stages run on one thread and pay a look at the clock a batch and a request; a ring takes the numbers to the thread that counts them. At most 1,024
/// batches are remembered, and 4,096 numbers wait: what comes beyond is not measured, and counted.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class LatencySampler(TimeProvider time)
{
    private const int StampsMax = 1_024;
    private const int SamplesMax = 4_096;
    private const long LongestNanos = 3_600_000_000_000;

    private readonly (long Sequence, long Ticks)[] _stamps = new (long, long)[StampsMax];
    private readonly long[] _samples = new long[SamplesMax];
    private readonly LongHistogram _histogram = new(LongestNanos, 3);
    private long _stamped;
    private long _written;
    private long _read;
    private long _missed;

    /// <summary>Sequencing stage: inputs up to this one, since the last call, are sequenced.</summary>
    public void Stamp(long sequence)
    {
        _stamps[_stamped % StampsMax] = (sequence, time.GetTimestamp());
        _stamped++;
    }

    /// <summary>Egress, on the same thread: a request of this input leaves.</summary>
    public void Left(long sequence)
    {
        // The batch is the oldest one that goes as far as the input; it is among the newest.
        long found = -1;
        long oldest = Math.Max(0, _stamped - StampsMax);
        long at = _stamped - 1;
        for (; at >= oldest && _stamps[at % StampsMax].Sequence >= sequence; at--)
        {
            found = at;
        }

        bool isKnown = found >= 0 && (at >= oldest || oldest == 0);
        long written = _written;
        if (!isKnown || written - Volatile.Read(ref _read) >= SamplesMax)
        {
            Volatile.Write(ref _missed, _missed + 1);
            return;
        }

        _samples[written % SamplesMax] = time.GetTimestamp() - _stamps[found % StampsMax].Ticks;
        Volatile.Write(ref _written, written + 1);
    }

    /// <summary>Counting thread: takes what has come and says what there is.</summary>
    public LatencyCounters Count()
    {
        long written = Volatile.Read(ref _written);
        for (long at = _read; at < written; at++)
        {
            _histogram.RecordValue(Math.Clamp((long)(_samples[at % SamplesMax] * (1e9 / time.TimestampFrequency)), 0, LongestNanos));
        }

        Volatile.Write(ref _read, written);
        LatencyCounters counters = default;
        counters.Count = written;
        counters.Missed = Volatile.Read(ref _missed);
        if (written > 0)
        {
            counters.Minimum = _histogram.GetMinValue();
            counters.Median = _histogram.GetValueAtPercentile(50);
            counters.Percentile90 = _histogram.GetValueAtPercentile(90);
            counters.Percentile99 = _histogram.GetValueAtPercentile(99);
            counters.Percentile999 = _histogram.GetValueAtPercentile(99.9);
            counters.Maximum = _histogram.GetMaxValue();
        }

        return counters;
    }
}
