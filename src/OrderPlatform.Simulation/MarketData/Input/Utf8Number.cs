using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>Numbers straight from UTF-8 bytes, no string in between.</summary>
internal static class Utf8Number
{
    /// <summary>Digits whose value fits in a long whatever they are.</summary>
    private const int FastLengthMax = 18;

    /// <summary>The longest text <see cref="FixedPointText.TryParse"/> accepts: sign, 34 digits, point, exponent of 4.</summary>
    private const int TextLengthMax = 40;

    private static readonly long[] PowersOfTen = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>A fixed-point number, accepting exactly what <see cref="FixedPointText.TryParse"/> accepts.</summary>
    public static bool TryParseFixedPoint(ReadOnlySpan<byte> text, out long raw)
    {
        // 10 whole digits and 8 decimals stay below 2^63: what is longer or has a sign or an exponent takes the general way.
        ulong value = 0;
        int point = -1;
        if (text.Length is > 0 and <= FastLengthMax)
        {
            for (int i = 0; i < text.Length; i++)
            {
                uint digit = (uint)(text[i] - '0');
                if (digit <= 9)
                {
                    value = (value * 10) + digit;
                }
                else if (text[i] == '.' && point < 0)
                {
                    point = i;
                }
                else
                {
                    return TryParseGeneral(text, out raw);
                }
            }

            int decimals = point < 0 ? 0 : text.Length - point - 1;
            int wholes = point < 0 ? text.Length : point;
            if (decimals <= FixedPoint.Decimals && wholes <= 10 && wholes + decimals > 0)
            {
                raw = (long)value * PowersOfTen[FixedPoint.Decimals - decimals];
                return true;
            }
        }

        return TryParseGeneral(text, out raw);
    }

    /// <summary>A whole number from 0 to 2^63 - 1, digits only.</summary>
    public static bool TryParseWhole(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > FastLengthMax + 1)
        {
            return false;
        }

        ulong sum = 0;
        foreach (byte b in text)
        {
            uint digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            sum = (sum * 10) + digit;
        }

        // 19 digits are below 10^19, which is below 2^64: the sum did not wrap.
        value = (long)sum;
        return sum <= long.MaxValue;
    }

    private static bool TryParseGeneral(ReadOnlySpan<byte> text, out long raw)
    {
        raw = 0;
        if (text.Length > TextLengthMax)
        {
            return false;
        }

        Span<char> wide = stackalloc char[TextLengthMax];
        for (int i = 0; i < text.Length; i++)
        {
            wide[i] = (char)text[i];
        }

        return FixedPointText.TryParse(wide[..text.Length], out raw);
    }
}
