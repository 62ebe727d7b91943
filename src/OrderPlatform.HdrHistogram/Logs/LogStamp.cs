using System.Globalization;

namespace OrderPlatform.HdrHistogram;

/// <summary>Seconds with three decimals, as logs carry times. Decimal arithmetic: 0.123 seconds are 123 milliseconds, not 122.99….</summary>
internal static class LogStamp
{
    private const long MillisMax = long.MaxValue / 4;

    public static string Format(long millis) => (millis / 1000m).ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>Reads seconds, exact; false for what is no number, or one that no time stamp can hold.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal seconds) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds)
        && Math.Abs(seconds) <= MillisMax / 1000;

    public static long ToMillis(decimal seconds) => (long)(seconds * 1000);
}
