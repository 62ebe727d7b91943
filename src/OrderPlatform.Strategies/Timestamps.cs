using System.Globalization;

namespace OrderPlatform.Strategies;

/// <summary>Times as people and exporters write them.</summary>
public static class Timestamps
{
    private const int FractionIndex = 19;
    private const int FractionDigitsMax = 9;
    private const int YearMax = 2261;

    private static readonly string[] IsoFormats =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd"];

    /// <summary>
    /// Reads ISO 8601 (a date, or date and time to at most 9 decimals of a second, UTC unless it has an offset), or an integer since the epoch in milliseconds,
    /// microseconds or nanoseconds. The unit is told by size: from 1e11 (1973 in ms) milliseconds, from 1e14 microseconds, from 1e17 nanoseconds, which holds
    /// for every time from 1973 to 2262, where 64 bits of nanoseconds end. Nothing else is taken for a time: a lone clock time would mean another moment every day.
    /// </summary>
    public static bool TryParse(string text, out long nanos) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? TryScale(number, out nanos) : TryParseIso(text, out nanos);

    private static bool TryScale(long number, out long nanos)
    {
        nanos = number switch
        {
            < 100_000_000_000 => 0,
            <= long.MaxValue / 1_000_000 => number * 1_000_000,
            < 100_000_000_000_000 => 0,
            <= long.MaxValue / 1_000 => number * 1_000,
            < 100_000_000_000_000_000 => 0,
            _ => number,
        };
        return nanos != 0;
    }

    private static bool TryParseIso(string text, out long nanos)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        nanos = 0;
        if (!TryTakeFraction(ref text, out long fractionNanos)
            || !DateTime.TryParseExact(text, IsoFormats, CultureInfo.InvariantCulture, Utc, out DateTime time)
            || time < DateTime.UnixEpoch || time.Year > YearMax)
        {
            return false;
        }

        nanos = ((time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick) + fractionNanos;
        return true;
    }

    // A tick of the platform's time is 100 ns: the decimals are read apart, so that none is lost.
    private static bool TryTakeFraction(ref string text, out long fractionNanos)
    {
        fractionNanos = 0;
        int point = text.IndexOf('.');
        if (point < 0)
        {
            return true;
        }

        int end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        int digits = end - point - 1;
        if (point != FractionIndex || digits is 0 or > FractionDigitsMax)
        {
            return false;
        }

        fractionNanos = long.Parse(text.Substring(point + 1, digits).PadRight(FractionDigitsMax, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        text = text.Remove(point, end - point);
        return true;
    }
}
