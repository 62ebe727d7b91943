using System.Globalization;

namespace OrderPlatform.HdrHistogram;

/// <summary>Numbers with so many decimals, as the reference writes them: the shortest decimal form of the double, rounded half away from zero.</summary>
/// <remarks>
/// .NET's "F" formats round the exact binary value instead. 0.9997802734375 is exact in binary and lies in the middle of two 12-digit numbers; the two rules
/// differ there, and percentile levels are such numbers all the time.
/// </remarks>
internal static class DecimalText
{
    public static string Format(double value, int decimals)
    {
        if (double.IsInfinity(value))
            return value > 0 ? "Infinity" : "-Infinity";
        (string digits, int point) = Shortest(Math.Abs(value));
        int kept = point + decimals;
        digits = kept < 0 ? "" : Round(digits.PadRight(kept + 1, '0'), kept, ref point);
        string all = digits.PadLeft(decimals + 1, '0');
        string whole = all[..^decimals];
        string sign = value < 0 && all.AsSpan().IndexOfAnyExcept('0') >= 0 ? "-" : "";
        return decimals == 0 ? sign + whole : $"{sign}{whole}.{all[^decimals..]}";
    }

    public static string Format(double value, int decimals, int width) => Format(value, decimals).PadLeft(width);

    /// <summary>A number's shortest digits, and how many of them stand before the point (negative: so many zeros follow it first).</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        string text = value.ToString("E16", CultureInfo.InvariantCulture);
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int end = shortest.IndexOf('E');
        string digits = (end < 0 ? shortest : shortest[..end]).Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        return (digits, digits.Length == 0 ? 0 : exponent + 1);
    }

    private static string Round(string digits, int kept, ref int point)
    {
        char[] rounded = ("0" + digits[..kept]).ToCharArray();
        if (digits[kept] >= '5')
        {
            int at = kept;
            while (rounded[at] == '9')
                rounded[at--] = '0';
            rounded[at]++;
        }

        return new string(rounded).TrimStart('0');
    }
}
