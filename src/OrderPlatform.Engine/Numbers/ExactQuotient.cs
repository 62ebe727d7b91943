using System;

namespace OrderPlatform.Engine.Numbers;

/// <summary>
/// The quotient of a product of three 64-bit numbers, rounded once: for formulas such as quantity × price × rate, whose numerator does not fit in
/// 128 bits although the result fits in 64. Beside <see cref="FixedPoint.TryMultiplyDivide"/>, which is enough for two factors.
/// </summary>
public static class ExactQuotient
{
    /// <summary>Computes <paramref name="left"/> × <paramref name="right"/> / <paramref name="divisor"/> exactly and rounds it once.</summary>
    /// <param name="left">First factor, usually itself a product; any value but the smallest.</param>
    /// <param name="right">Second factor.</param>
    /// <param name="divisor">Divisor, either sign, not zero, magnitude below 2^126.</param>
    /// <param name="rule">Rounding.</param>
    /// <param name="result">The rounded quotient, or 0 if there is none.</param>
    /// <returns><c>false</c> if the divisor is zero or too large, or the result does not fit in 64 bits.</returns>
    public static bool TryDivide(Int128 left, long right, Int128 divisor, RoundingRule rule, out long result)
    {
        result = 0;
        UInt128 by = Magnitude(divisor);
        if (by == 0 || by >> 126 != 0)
        {
            return false;
        }

        if (!TryLongDivide(Magnitude(left), (ulong)Magnitude(right), by, out ulong quotient, out UInt128 rest))
        {
            return false;
        }

        bool negative = (left < 0) ^ (right < 0) ^ (divisor < 0);
        bool up = rest != 0 && RoundsUp(rule, rest * 2, by, (quotient & 1) != 0);
        if (quotient > long.MaxValue - (up ? 1UL : 0UL))
        {
            return false;
        }

        long magnitude = (long)quotient + (up ? 1 : 0);
        result = negative ? -magnitude : magnitude;
        return true;
    }

    /// <summary>As the other, for one factor.</summary>
    public static bool TryDivide(Int128 numerator, Int128 divisor, RoundingRule rule, out long result) =>
        TryDivide(numerator, 1, divisor, rule, out result);

    private static bool RoundsUp(RoundingRule rule, UInt128 twiceRest, UInt128 divisor, bool isOdd) =>
        rule switch
        {
            RoundingRule.HalfAwayFromZero => twiceRest >= divisor,
            RoundingRule.HalfEven => twiceRest > divisor || (twiceRest == divisor && isOdd),
            RoundingRule.AwayFromZero => true,
            _ => false,
        };

    /// <summary>A numerator of 192 bits by a divisor below 2^126; <c>false</c> if the quotient needs more than 64 bits.</summary>
    private static bool TryLongDivide(UInt128 left, ulong right, UInt128 divisor, out ulong quotient, out UInt128 rest)
    {
        UInt128 low = (UInt128)(ulong)(left & ulong.MaxValue) * right;
        UInt128 high = ((left >> 64) * right) + (low >> 64);
        ulong tail = (ulong)(low & ulong.MaxValue);
        quotient = 0;
        rest = high;

        // The numerator is high × 2^64 + tail: its quotient has 64 bits exactly if high is below the divisor.
        if (high >= divisor)
        {
            return false;
        }

        if (high <= ulong.MaxValue)
        {
            UInt128 numerator = (high << 64) | tail;
            quotient = (ulong)(numerator / divisor);
            rest = numerator % divisor;
            return true;
        }

        for (int bit = 63; bit >= 0; bit--)
        {
            // rest < divisor < 2^126, so the doubling stays within 128 bits.
            rest = (rest << 1) | ((tail >> bit) & 1);
            if (rest >= divisor)
            {
                rest -= divisor;
                quotient |= 1UL << bit;
            }
        }

        return true;
    }

    private static UInt128 Magnitude(Int128 value) => value < 0 ? (UInt128)(-value) : (UInt128)value;
}
