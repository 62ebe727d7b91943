using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Replay;

/// <summary>
/// Holds the inputs of a replay back until their recorded time has come on a clock that runs at a multiple of real time, from the first input on (R164). What
/// is late is not waited for, so that a rate that the engine cannot keep is caught up and never added up.
/// </summary>
/// <param name="factor">Recorded nanoseconds per real nanosecond, above zero.</param>
/// <param name="time">Where real time comes from.</param>
public sealed class ReplayPace(double factor, TimeProvider time)
{
    // Timers count in milliseconds: what is due sooner comes a little late, and together.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    // A gap of years in the data at the pace of life is longer than a timer can wait.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private PacedClock? _clock;

    /// <summary>Waits for an input's time.</summary>
    /// <returns>False if the wait was cancelled.</returns>
    public bool WaitFor(long timestampNanos, CancellationToken cancellation)
    {
        _clock ??= new PacedClock(timestampNanos, factor, time);
        while (true)
        {
            long early = timestampNanos - _clock.NowNanos;
            if (early <= 0)
            {
                return true;
            }

            double seconds = Math.Clamp(early / factor / 1e9, ShortestWait.TotalSeconds, LongestWait.TotalSeconds);
            if (!TryWait(TimeSpan.FromSeconds(seconds), cancellation))
            {
                return false;
            }
        }
    }

    private bool TryWait(TimeSpan length, CancellationToken cancellation)
    {
        try
        {
            Task.Delay(length, time, cancellation).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
