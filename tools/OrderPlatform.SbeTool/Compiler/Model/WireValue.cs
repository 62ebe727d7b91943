using System.Globalization;

namespace OrderPlatform.SbeTool.Compiler.Model;

/// <summary>A number as a schema states it: decimal holds every 64-bit integer, signed or not; reals are kept apart.</summary>
/// <param name="Integer">The value, if the primitive type is an integer or char.</param>
/// <param name="Real">The value, if the primitive type is float or double.</param>
/// <param name="IsReal">Which of the two counts.</param>
public readonly record struct WireValue(decimal Integer, double Real, bool IsReal)
{
    /// <summary>An integer.</summary>
    public static WireValue Of(decimal integer) => new(integer, 0, false);

    /// <summary>A float or double.</summary>
    public static WireValue Of(double real) => new(0, real, true);

    /// <summary>The default null value of a primitive type.</summary>
    public static WireValue NullOf(PrimitiveType primitive) => primitive.IsReal ? Of(double.NaN) : Of(primitive.Null);

    /// <summary>The default minimum of a primitive type.</summary>
    public static WireValue MinOf(PrimitiveType primitive) =>
        primitive.IsReal ? Of(primitive == PrimitiveType.Float ? -float.MaxValue : -double.MaxValue) : Of(primitive.Min);

    /// <summary>The default maximum of a primitive type.</summary>
    public static WireValue MaxOf(PrimitiveType primitive) =>
        primitive.IsReal ? Of(primitive == PrimitiveType.Float ? float.MaxValue : double.MaxValue) : Of(primitive.Max);

    /// <summary>Reads a number, or one character for char; null if it is none or its bits do not fit the primitive type.</summary>
    public static WireValue? Parse(PrimitiveType primitive, string text)
    {
        if (primitive.IsChar)
        {
            return text.Length == 1 && text[0] <= 0x7F ? Of((decimal)text[0]) : null;
        }

        if (primitive.IsReal)
        {
            return ParseReal(primitive, text);
        }

        return decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal integer)
            && integer >= primitive.Lowest && integer <= primitive.Highest ? Of(integer) : null;
    }

    private static WireValue? ParseReal(PrimitiveType primitive, string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real))
        {
            return null;
        }

        bool overflows = primitive == PrimitiveType.Float && !double.IsInfinity(real) && float.IsInfinity((float)real);
        return overflows ? null : Of(real);
    }
}
