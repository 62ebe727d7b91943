namespace OrderPlatform.Analytics;

/// <summary>Arithmetic on products of two scaled numbers.</summary>
internal static class WideNumber
{
    /// <summary>The quotient, half away from zero.</summary>
    /// <param name="value">The dividend.</param>
    /// <param name="divisor">Above zero.</param>
    internal static Int128 DivideHalfAway(Int128 value, Int128 divisor)
    {
        Int128 quotient = (Int128.Abs(value) + (divisor / 2)) / divisor;
        return value < 0 ? -quotient : quotient;
    }
}
