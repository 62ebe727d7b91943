using System.Globalization;

namespace OrderPlatform.Analytics;

/// <summary>Times and lengths of time as text, from nanoseconds.</summary>
public static class TimeText
{
    private const long SecondNanos = 1_000_000_000;

    /// <summary>The UTC date and time of a whole second.</summary>
    public static DateTime Utc(long timeNanos) => DateTime.UnixEpoch.AddTicks(FloorSeconds(timeNanos) * TimeSpan.TicksPerSecond);

    /// <summary>ISO 8601 UTC with as many decimals as are needed, in groups of three: <c>2026-11-21T07:00:00.250Z</c>.</summary>
    public static string Iso(long timeNanos)
    {
        long fraction = ((timeNanos % SecondNanos) + SecondNanos) % SecondNanos;
        string decimals =
            fraction == 0 ? ""
            : fraction % 1_000_000 == 0 ? $".{fraction / 1_000_000:D3}"
            : fraction % 1_000 == 0 ? $".{fraction / 1_000:D6}"
            : $".{fraction:D9}";
        return Utc(timeNanos).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + decimals + "Z";
    }

    /// <summary>Date and time to the second, for tables: <c>2026-11-21 07:00:00</c>.</summary>
    public static string Short(long timeNanos) => Utc(timeNanos).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The date: <c>2026-11-21</c>.</summary>
    public static string Date(long timeNanos) => Utc(timeNanos).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A length of time in its two largest units: <c>3 d 4 h</c>, <c>12 min 5 s</c>, <c>1.5 s</c>, <c>250 us</c>.</summary>
    public static string Duration(long nanos)
    {
        if (nanos < 0)
        {
            return "-" + Duration(nanos == long.MinValue ? long.MaxValue : -nanos);
        }

        long seconds = nanos / SecondNanos;
        return seconds switch
        {
            0 when nanos < 1_000 => $"{nanos} ns",
            0 when nanos < 1_000_000 => $"{Decimal(nanos / 1e3)} us",
            0 => $"{Decimal(nanos / 1e6)} ms",
            < 60 => $"{Decimal(nanos / 1e9)} s",
            < 3_600 => Pair(seconds / 60, "min", seconds % 60, "s"),
            < 86_400 => Pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min"),
            _ => Pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h"),
        };
    }

    // Cut, not rounded: 59.9996 s must not read as "60 s".
    private static string Decimal(double value) => (Math.Floor(value * 1_000) / 1_000).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Pair(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";

    private static long FloorSeconds(long timeNanos) => (timeNanos / SecondNanos) - (timeNanos % SecondNanos < 0 ? 1 : 0);
}
