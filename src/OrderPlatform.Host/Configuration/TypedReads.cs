using System.Globalization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Host.Configuration;

/// <summary>Reads values in their units: fractions, basis points, quantities, money and times. Null is an absent key.</summary>
internal static class TypedReads
{
    private const long NanosPerMinute = 60_000_000_000;
    private const long HoursMax = 366 * 24;
    private const long SecondsMax = HoursMax * 3_600;

    /// <summary>A number without unit.</summary>
    public static Ratio? Ratio(this YamlSection section, string key, long minimumRaw = 0, long maximumRaw = Bounds.RatioMax) =>
        section.Number(key, minimumRaw, maximumRaw) is { } raw ? new Ratio(raw) : null;

    /// <summary>A fraction above 0 and below 1.</summary>
    public static Ratio? ProperFraction(this YamlSection section, string key) => section.Ratio(key, 1, FixedPoint.One - 1);

    /// <summary>A number of basis points as a fraction.</summary>
    public static Ratio? BasisPoints(this YamlSection section, string key) =>
        section.Number(key, 0, 9_999 * FixedPoint.One) is { } raw ? new Ratio(raw / 10_000) : null;

    /// <summary>A quantity of the base asset.</summary>
    public static Quantity? Quantity(this YamlSection section, string key, long minimumRaw = 0) =>
        section.Number(key, minimumRaw, Bounds.QuantityMax) is { } raw ? new Quantity(raw) : null;

    /// <summary>An amount of the quote asset.</summary>
    public static Money? Money(this YamlSection section, string key, long minimumRaw = 0) =>
        section.Number(key, minimumRaw, Bounds.MoneyMax) is { } raw ? new Money(raw) : null;

    /// <summary>A count.</summary>
    public static uint? Count(this YamlSection section, string key, long minimum, long maximum) => (uint?)section.OptionalInteger(key, minimum, maximum);

    /// <summary>Whole milliseconds as nanoseconds.</summary>
    public static long? Millis(this YamlSection section, string key, long minimum, long maximum) => section.OptionalInteger(key, minimum, maximum) * 1_000_000;

    /// <summary>Whole milliseconds as nanoseconds, with a default in milliseconds.</summary>
    public static long Millis(this YamlSection section, string key, long fallback, long minimum, long maximum) =>
        section.Integer(key, fallback, minimum, maximum) * 1_000_000;

    /// <summary>Seconds above zero as nanoseconds, with a default in seconds.</summary>
    public static long Seconds(this YamlSection section, string key, long fallback) =>
        section.Number(key, fallback * FixedPoint.One, 1_000, SecondsMax * FixedPoint.One) * 10;

    /// <summary>Hours above zero as nanoseconds.</summary>
    public static long? Hours(this YamlSection section, string key) => section.Number(key, 1, HoursMax * FixedPoint.One) * 36_000;

    /// <summary>A time of day, HH:MM in UTC, as nanoseconds after midnight.</summary>
    public static long? TimeOfDay(this YamlSection section, string key) =>
        section.Text(key) is not { } text ? null
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
            ? ((time.Hour * 60) + time.Minute) * NanosPerMinute
        : throw section.Wrong(key, $"is '{text}'; allowed is a time of day such as \"00:00\", in quotes, UTC");

    /// <summary>At most 32 ASCII characters: what a record holds.</summary>
    public static string Name(this YamlSection section, string key, string fallback)
    {
        string text = section.Text(key, fallback);
        return text.Length <= 32 && text.All(char.IsAscii) ? text : throw section.Wrong(key, $"is '{text}'; allowed are at most 32 ASCII characters");
    }
}
