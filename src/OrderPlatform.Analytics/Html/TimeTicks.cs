using System.Globalization;

namespace OrderPlatform.Analytics;

/// <summary>Ticks at round UTC times, from seconds to years.</summary>
internal static class TimeTicks
{
    private const int PartsMax = 11;
    private const long SecondNanos = 1_000_000_000;
    private const long DaySeconds = 86_400;

    // A week starts on Monday; the epoch was a Thursday.
    private const long MondaySeconds = 4 * DaySeconds;

    private static readonly long[] StepsSeconds =
    [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
        DaySeconds, 2 * DaySeconds, 3 * DaySeconds, 7 * DaySeconds, 14 * DaySeconds,
    ];

    private static readonly int[] StepsMonths = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200];

    /// <summary>At most about eleven ticks between two times, nanoseconds since the Unix epoch.</summary>
    internal static List<Tick> Between(long firstNanos, long lastNanos)
    {
        Axis axis = new(firstNanos, lastNanos);
        double spanSeconds = ((double)lastNanos - firstNanos) / SecondNanos;
        if (spanSeconds < 2)
        {
            return [new Tick(axis.Along(firstNanos), TimeText.Short(firstNanos)[11..])];
        }

        long step = Array.Find(StepsSeconds, s => spanSeconds / s <= PartsMax);
        return step > 0 ? Even(axis, firstNanos, lastNanos, step) : Calendar(axis, firstNanos, lastNanos, spanSeconds);
    }

    private static List<Tick> Even(Axis axis, long firstNanos, long lastNanos, long stepSeconds)
    {
        List<Tick> ticks = [];
        long origin = stepSeconds >= 7 * DaySeconds ? MondaySeconds : 0;
        long last = Math.DivRem(lastNanos, SecondNanos, out _);
        for (long second = FirstMultiple(firstNanos, origin, stepSeconds); second <= last; second += stepSeconds)
        {
            string format = second % DaySeconds == 0 ? "d MMM" : stepSeconds < 60 ? "HH:mm:ss" : "HH:mm";
            ticks.Add(Tick(axis, DateTime.UnixEpoch.AddSeconds(second), format));
        }

        return ticks;
    }

    private static List<Tick> Calendar(Axis axis, long firstNanos, long lastNanos, double spanSeconds)
    {
        double months = spanSeconds / DaySeconds / 30;
        int step = Array.Find(StepsMonths, m => months / m <= PartsMax);
        List<Tick> ticks = [];
        DateTime first = TimeText.Utc(firstNanos);
        DateTime last = TimeText.Utc(lastNanos);
        int month = ((first.Year * 12) + first.Month - 1) / step * step;
        for (; month <= (last.Year * 12) + last.Month - 1; month += step)
        {
            DateTime time = new(month / 12, (month % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc);
            if (time >= first && time <= last)
            {
                ticks.Add(Tick(axis, time, step % 12 == 0 ? "yyyy" : month % 12 == 0 ? "MMM yyyy" : "MMM"));
            }
        }

        return ticks;
    }

    private static long FirstMultiple(long firstNanos, long originSeconds, long stepSeconds)
    {
        long first = (firstNanos / SecondNanos) + (firstNanos % SecondNanos > 0 ? 1 : 0) - originSeconds;
        long down = first - (((first % stepSeconds) + stepSeconds) % stepSeconds);
        return (down == first ? first : down + stepSeconds) + originSeconds;
    }

    private static Tick Tick(Axis axis, DateTime time, string format) =>
        new(axis.Along((time - DateTime.UnixEpoch).Ticks * 100.0), time.ToString(format, CultureInfo.InvariantCulture));
}
