using System.Globalization;

namespace OrderPlatform.Aeron.Channels;

/// <summary>The texts of numbers, sizes and durations in channel URIs and in settings.</summary>
public static class ChannelValues
{
    /// <summary>Reads a text; false if it is not a value of that kind.</summary>
    internal delegate bool TryParse<T>(string text, out T value);

    internal static bool TryParseInt(string text, out int value)
    {
        value = 0;
        if (!TryParseLong(text, out long wide) || wide != (int)wide)
            return false;
        value = (int)wide;
        return true;
    }

    internal static bool TryParseLong(string text, out long value)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    internal static bool TryParseBool(string text, out bool value)
    {
        value = text == "true";
        return value || text == "false";
    }

    /// <summary>A count of bytes, with <c>k</c>, <c>m</c> or <c>g</c> after it for powers of 1024.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        int shift = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch
        {
            'k' => 10,
            'm' => 20,
            'g' => 30,
            _ => 0,
        };
        return TryParseScaled(shift == 0 ? text : text.AsSpan(0, text.Length - 1), 1L << shift, out bytes);
    }

    /// <summary>A whole number of <c>ns</c>, <c>us</c>, <c>ms</c> or <c>s</c>; without a unit, of nanoseconds.</summary>
    public static bool TryParseDurationNs(string text, out long nanoseconds)
    {
        ArgumentNullException.ThrowIfNull(text);
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        long unit = text[digits..].ToLowerInvariant() switch
        {
            "" or "ns" => 1,
            "us" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            _ => 0,
        };
        nanoseconds = 0;
        return unit != 0 && TryParseScaled(text.AsSpan(0, digits), unit, out nanoseconds);
    }

    private static bool TryParseScaled(ReadOnlySpan<char> digits, long unit, out long value)
    {
        value = 0;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count > long.MaxValue / unit)
            return false;
        value = count * unit;
        return true;
    }
}
