using System;

namespace OrderPlatform.Engine.Numbers;

/// <summary>Division whose rounding has a direction, for bounds that must not be exceeded: down is towards minus infinity, up towards plus infinity.</summary>
public static class FloorDivision
{
    /// <summary>Computes <paramref name="left"/> × <paramref name="right"/> / <paramref name="divisor"/>, rounded down.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <param name="divisor">Divisor, greater than zero.</param>
    /// <param name="result">The quotient, or 0 if it does not fit.</param>
    /// <returns><c>false</c> if the result does not fit in 64 bits.</returns>
    public static bool TryMultiplyDivide(long left, long right, long divisor, out long result) =>
        TryNarrow(Down(Math.BigMul(left, right), divisor), out result);

    /// <summary>The largest integer that is not above the quotient.</summary>
    /// <param name="value">What is divided.</param>
    /// <param name="divisor">Divisor, greater than zero.</param>
    public static Int128 Down(Int128 value, Int128 divisor)
    {
        Int128 quotient = value / divisor;
        return quotient * divisor > value ? quotient - 1 : quotient;
    }

    /// <summary>The smallest integer that is not below the quotient.</summary>
    /// <param name="value">What is divided.</param>
    /// <param name="divisor">Divisor, greater than zero.</param>
    public static Int128 Up(Int128 value, Int128 divisor)
    {
        Int128 quotient = value / divisor;
        return quotient * divisor < value ? quotient + 1 : quotient;
    }

    /// <summary>The largest multiple of a step that is not above a value.</summary>
    /// <param name="value">The value; a step further must fit in 64 bits.</param>
    /// <param name="step">The step, greater than zero.</param>
    public static long DownTo(long value, long step)
    {
        long rest = value % step;
        return value - rest - (rest < 0 ? step : 0);
    }

    /// <summary>The smallest multiple of a step that is not below a value.</summary>
    /// <param name="value">The value; a step further must fit in 64 bits.</param>
    /// <param name="step">The step, greater than zero.</param>
    public static long UpTo(long value, long step)
    {
        long rest = value % step;
        return value - rest + (rest > 0 ? step : 0);
    }

    /// <summary>The value in 64 bits.</summary>
    /// <returns><c>false</c>, and 0, if it does not fit.</returns>
    public static bool TryNarrow(Int128 value, out long result)
    {
        bool fits = value >= long.MinValue && value <= long.MaxValue;
        result = fits ? (long)value : 0;
        return fits;
    }
}
