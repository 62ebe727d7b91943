namespace OrderPlatform.Runtime.Live;

/// <summary>Where the sequencing stage takes the time from that it writes on an input: a seam, so that a run can be live, faster than life, or in lockstep.</summary>
public interface ISequencerClock
{
    /// <summary>The time of an input, nanoseconds since the epoch.</summary>
    /// <param name="sourceTimeNanos">The time that its producer gave it.</param>
    long TimeOf(long sourceTimeNanos);
}

/// <summary>The data's own time: lockstep and maximum pace.</summary>
public sealed class DataClock : ISequencerClock
{
    /// <inheritdoc />
    public long TimeOf(long sourceTimeNanos) => sourceTimeNanos;
}

/// <summary>
/// A wall clock that starts at an origin and runs at a multiple of real time. With factor 1 and the present as its origin it is the wall clock; with the
/// data's first moment as its origin it replays the past at the pace of life or faster.
/// </summary>
public sealed class PacedClock : ISequencerClock
{
    private readonly long _originNanos;
    private readonly double _factor;
    private readonly TimeProvider _time;
    private readonly long _start;

    /// <summary>A clock that starts now.</summary>
    /// <param name="originNanos">What it shows now.</param>
    /// <param name="factor">Its nanoseconds per real nanosecond, above zero.</param>
    /// <param name="time">Where real time comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above zero.</exception>
    public PacedClock(long originNanos, double factor, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        _originNanos = originNanos;
        _factor = factor;
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>What it shows.</summary>
    public long NowNanos
    {
        get
        {
            // A million times as fast as life, the year 2262 is a few hours away: time stands still there, it does not wrap.
            Int128 now = _originNanos + (Int128)(_time.GetElapsedTime(_start).Ticks * 100.0 * _factor);
            return now < long.MaxValue ? (long)now : long.MaxValue;
        }
    }

    /// <inheritdoc />
    public long TimeOf(long sourceTimeNanos) => NowNanos;
}
