using System.Globalization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>Numbers as people read them: invariant, short, and never NaN or minus zero. Files that programs read use the exact texts instead.</summary>
internal static class ReportText
{
    /// <summary>What stands for a value that is undefined.</summary>
    internal const string Undefined = "n/a";

    /// <summary>
    /// An amount with two decimals and thousands separators; below 1 with four significant digits, so that small quote units stay visible.
    /// Rounds half away from zero.
    /// </summary>
    internal static string Amount(long raw)
    {
        UInt128 magnitude = (UInt128)Int128.Abs(raw);
        int decimals = 2;
        for (UInt128 limit = FixedPoint.One; magnitude != 0 && magnitude < limit && decimals < FixedPoint.Decimals; limit /= 10)
        {
            decimals = limit == FixedPoint.One ? 4 : decimals + 1;
        }

        ulong unit = (ulong)Math.Pow(10, FixedPoint.Decimals - decimals);
        UInt128 rounded = (magnitude + (unit / 2)) / unit;
        ulong scale = (ulong)Math.Pow(10, decimals);
        string whole = ((ulong)(rounded / scale)).ToString("#,0", CultureInfo.InvariantCulture);
        string fraction = ((ulong)(rounded % scale)).ToString($"D{decimals}", CultureInfo.InvariantCulture);
        while (fraction.Length > 2 && fraction[^1] == '0')
        {
            fraction = fraction[..^1];
        }

        return $"{(raw < 0 && rounded != 0 ? "-" : "")}{whole}.{fraction}";
    }

    /// <summary>As <see cref="Amount(long)"/>.</summary>
    internal static string Amount(Money? money) => money is { } known ? Amount(known.Raw) : Undefined;

    /// <summary>As <see cref="Amount(long)"/>, with a plus sign when above zero.</summary>
    internal static string Signed(Money? money) => money is { Raw: > 0 } known ? "+" + Amount(known) : Amount(money);

    /// <summary>A fraction as a percentage, such as <c>12.34 %</c>.</summary>
    internal static string Percent(double? fraction, int decimals = 2) =>
        fraction is { } known && double.IsFinite(known) ? $"{Number(known * 100, decimals)} %" : Undefined;

    /// <summary>As <see cref="Percent"/>, with a plus sign when above zero.</summary>
    internal static string SignedPercent(double? fraction, int decimals = 2)
    {
        string text = Percent(fraction, decimals);
        return fraction > 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "+" + text : text;
    }

    /// <summary>A ratio with two decimals; an infinite one as <paramref name="infinite"/>.</summary>
    internal static string Ratio(double? value, string infinite = "inf") =>
        value is not { } known || double.IsNaN(known) ? Undefined
        : double.IsInfinity(known) ? (known < 0 ? "-" : "") + infinite
        : Number(known, 2);

    /// <summary>A count with thousands separators.</summary>
    internal static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with a fixed number of decimals; minus zero reads as zero.</summary>
    internal static string Number(double value, int decimals)
    {
        string text = Math.Abs(value) < 1e15
            ? value.ToString((decimals == 0 ? "#,0" : "#,0.") + new string('0', decimals), CultureInfo.InvariantCulture)
            : value.ToString("0.###e+0", CultureInfo.InvariantCulture);
        return text.StartsWith('-') && !text.AsSpan().ContainsAnyInRange('1', '9') ? text[1..] : text;
    }

    /// <summary>User text on one line: control characters, which could forge lines of a report, become question marks.</summary>
    internal static string OneLine(string? text) =>
        string.Concat((text ?? "").Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c));
}
