using System.Globalization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>How a value is written and what it is in a record: its range as in samples/README.md.</summary>
/// <param name="Minimum">Smallest, as written, times 1e8; of whole numbers, itself.</param>
/// <param name="Maximum">Largest, likewise.</param>
/// <param name="Kind">What it is.</param>
internal sealed record SettingUnit(long Minimum, long Maximum, SettingKind Kind)
{
    private const long NanosPerMilli = 1_000_000;

    /// <summary>Words and their values, of a choice.</summary>
    public IReadOnlyList<(string Word, long Value)> Words { get; init; } = [];

    public bool IsWhole => Kind is SettingKind.Whole or SettingKind.Millis;

    /// <summary>What is allowed, for people.</summary>
    public string Range => Kind switch
    {
        SettingKind.Choice => string.Join(", ", Words.Select(static one => one.Word)),
        SettingKind.Whole or SettingKind.Millis => string.Create(CultureInfo.InvariantCulture, $"an integer from {Minimum} to {Maximum}"),
        _ => $"a number from {FixedPointText.Format(Minimum)} to {FixedPointText.Format(Maximum)} with at most 8 decimals",
    };

    public static SettingUnit Decimal(long minimum, long maximum) => new(minimum, maximum, SettingKind.Decimal);

    public static SettingUnit Quantity(long minimum = 0) => Decimal(minimum, Bounds.QuantityMax);

    public static SettingUnit Money(long minimum = 0) => Decimal(minimum, Bounds.MoneyMax);

    public static SettingUnit Ratio(long minimum = 0, long maximum = Bounds.RatioMax) => Decimal(minimum, maximum);

    public static SettingUnit Fraction(long minimum = 0) => Decimal(minimum, FixedPoint.One);

    public static SettingUnit ProperFraction() => Decimal(1, FixedPoint.One - 1);

    public static SettingUnit BasisPoints() => new(0, 9_999 * FixedPoint.One, SettingKind.BasisPoints);

    public static SettingUnit Percent(long minimum, long maximum) => new(minimum, maximum, SettingKind.Percent);

    public static SettingUnit Seconds() => new(1_000, 31_622_400 * FixedPoint.One, SettingKind.Seconds);

    public static SettingUnit Hours() => new(1, 8_784 * FixedPoint.One, SettingKind.Hours);

    public static SettingUnit Millis(long minimum, long maximum) => new(minimum, maximum, SettingKind.Millis);

    public static SettingUnit Whole(long minimum, long maximum) => new(minimum, maximum, SettingKind.Whole);

    public static SettingUnit Flag() => Choice(("true", 1), ("false", 0));

    public static SettingUnit Choice(params (string Word, long Value)[] words) => new(0, 0, SettingKind.Choice) { Words = words };

    /// <summary>Reads a value as the record has it; false if it is not allowed.</summary>
    public bool TryRead(string text, out long raw)
    {
        switch (Kind)
        {
            case SettingKind.Choice:
                (string Word, long Value) found = Words.FirstOrDefault(one => string.Equals(one.Word, text, StringComparison.OrdinalIgnoreCase));
                raw = found.Value;
                return found.Word is not null;
            case SettingKind.Whole or SettingKind.Millis:
                bool isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out raw) && raw >= Minimum && raw <= Maximum;
                raw = Kind == SettingKind.Millis ? raw * NanosPerMilli : raw;
                return isWhole;
            default:
                bool isNumber = FixedPointText.TryParse(text, out raw) && raw >= Minimum && raw <= Maximum;
                raw = Kind switch
                {
                    SettingKind.BasisPoints => raw / 10_000,
                    SettingKind.Percent => raw / 100,
                    SettingKind.Seconds => raw * 10,
                    SettingKind.Hours => raw * 36_000,
                    _ => raw,
                };
                return isNumber;
        }
    }
}

/// <summary>Kinds of values.</summary>
internal enum SettingKind
{
    /// <summary>A decimal number, as it is.</summary>
    Decimal,

    /// <summary>Basis points, kept as a fraction.</summary>
    BasisPoints,

    /// <summary>Percent, kept as a fraction.</summary>
    Percent,

    /// <summary>Seconds, kept as nanoseconds.</summary>
    Seconds,

    /// <summary>Hours, kept as nanoseconds.</summary>
    Hours,

    /// <summary>Whole milliseconds, kept as nanoseconds.</summary>
    Millis,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>One of some words.</summary>
    Choice,
}
