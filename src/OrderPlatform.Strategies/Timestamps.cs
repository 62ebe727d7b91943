using System.Globalization;

namespace OrderPlatform.Strategies;

/// <summary>Times as people and exporters write them.</summary>
public static class Timestamps
{
    /// <summary>
    /// Reads ISO 8601 UTC, or an integer since the epoch in milliseconds, microseconds or nanoseconds. The unit is told by size: from 1e11 (1973 in ms)
    /// milliseconds, from 1e14 microseconds, from 1e17 nanoseconds, which holds for every time from 1973 to 2286.
    /// </summary>
    public static bool TryParse(string text, out long nanos)
    {
        nanos = 0;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            nanos = number switch
            {
                < 100_000_000_000 => 0,
                < 10_000_000_000_000 => number * 1_000_000,
                < 100_000_000_000_000 => 0,
                < 10_000_000_000_000_000 => number * 1_000,
                < 100_000_000_000_000_000 => 0,
                _ => number,
            };
            return nanos != 0;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTime time) || time < DateTime.UnixEpoch || time.Year >= 2262)
        {
            return false;
        }

        nanos = (time - DateTime.UnixEpoch).Ticks * 100;
        return true;
    }
}
