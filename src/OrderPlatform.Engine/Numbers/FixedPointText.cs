using System;

namespace OrderPlatform.Engine.Numbers;

/// <summary>Decimal text of numbers scaled by 1e8, both ways; no culture, no floating point. Used at the edges, never while an input is processed.</summary>
public static class FixedPointText
{
    /// <summary>The shortest text of <paramref name="raw"/> / 1e8.</summary>
    public static string Format(long raw)
    {
        Span<char> text = stackalloc char[24];
        UInt128 magnitude = raw < 0 ? (UInt128)(-(Int128)raw) : (UInt128)raw;
        ulong whole = (ulong)(magnitude / FixedPoint.One);
        ulong fraction = (ulong)(magnitude % FixedPoint.One);
        int length = 0;
        if (raw < 0)
        {
            text[length++] = '-';
        }

        whole.TryFormat(text[length..], out int written);
        length += written;
        if (fraction != 0)
        {
            text[length++] = '.';
            fraction.TryFormat(text[length..], out written, "D8");
            length += written;
            while (text[length - 1] == '0')
            {
                length--;
            }
        }

        return new string(text[..length]);
    }

    /// <summary>
    /// Reads plain decimal text, such as <c>61837.63000000</c>, <c>-0.5</c> or <c>7</c>: an optional sign, digits, and at most 8 significant
    /// decimals. An exponent is accepted in the form that exporters write for small numbers (<c>1e-05</c>).
    /// </summary>
    /// <returns><c>false</c> if the text is not such a number, does not fit, or has digits beyond the eighth decimal that are not zero.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long raw)
    {
        raw = 0;
        int exponent = 0;
        int mark = text.IndexOfAny('e', 'E');
        if (mark >= 0)
        {
            if (!TryParseExponent(text[(mark + 1)..], out exponent))
            {
                return false;
            }

            text = text[..mark];
        }

        bool negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is '-' or '+')
        {
            text = text[1..];
        }

        return TryParseDigits(text, exponent, out Int128 magnitude) && TryNarrow(negative ? -magnitude : magnitude, out raw);
    }

    private static bool TryParseDigits(ReadOnlySpan<char> text, int exponent, out Int128 magnitude)
    {
        magnitude = 0;
        int decimals = -exponent;
        bool pastPoint = false;
        int digits = 0;
        foreach (char c in text)
        {
            if (c == '.' && !pastPoint)
            {
                pastPoint = true;
                continue;
            }

            if (!char.IsAsciiDigit(c) || ++digits > 34)
            {
                return false;
            }

            magnitude = (magnitude * 10) + (c - '0');
            decimals += pastPoint ? 1 : 0;
        }

        return digits > 0 && TryScale(ref magnitude, decimals);
    }

    private static bool TryScale(ref Int128 magnitude, int decimals)
    {
        for (; decimals > FixedPoint.Decimals; decimals--)
        {
            if (magnitude % 10 != 0)
            {
                return false;
            }

            magnitude /= 10;
        }

        for (; decimals < FixedPoint.Decimals && magnitude != 0; decimals++)
        {
            magnitude *= 10;
            if (magnitude > (Int128)long.MaxValue + 1)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is '-' or '+')
        {
            text = text[1..];
        }

        if (text.Length is 0 or > 2)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            exponent = (exponent * 10) + (c - '0');
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }

    private static bool TryNarrow(Int128 value, out long raw)
    {
        bool fits = value >= long.MinValue && value <= long.MaxValue;
        raw = fits ? (long)value : 0;
        return fits;
    }
}
