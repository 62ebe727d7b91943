using System;

namespace OrderPlatform.Engine.Numbers;

/// <summary>
/// Arithmetic on 64-bit integers scaled by 1e8 with 128-bit intermediates (D19). Rounding is in each name; a result that does not fit in
/// 64 bits is reported as <c>false</c> by the <c>Try…</c> forms, which the engine turns into a rejection, and never wraps.
/// </summary>
public static class FixedPoint
{
    /// <summary>Units in one whole: 1e8.</summary>
    public const long One = 100_000_000;

    /// <summary>Decimal places of every scaled number.</summary>
    public const int Decimals = 8;

    private const int TwosInOne = 8;
    private const ulong FivesInOne = 390_625;

    /// <summary>Computes <paramref name="left"/> × <paramref name="right"/> / <paramref name="divisor"/>, half away from zero.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <param name="divisor">Divisor, greater than zero.</param>
    /// <param name="result">The rounded quotient, or 0 if it does not fit.</param>
    /// <returns><c>false</c> if the result does not fit in 64 bits.</returns>
    public static bool TryMultiplyDivide(long left, long right, long divisor, out long result)
    {
        if (divisor == One)
        {
            return TryMultiply(left, right, out result);
        }

        // |left × right| < 2^126, and half a divisor is < 2^62: the sum cannot leave 128 bits. A checked product of two 128-bit numbers would take ten times as long.
        Int128 product = Math.BigMul(left, right);
        Int128 half = divisor / 2;
        Int128 quotient = (product >= 0 ? product + half : product - half) / divisor;

        // An odd divisor has no exact half, so adding its floor rounds correctly; an even one puts ties away from zero.
        bool fits = quotient >= long.MinValue && quotient <= long.MaxValue;
        result = fits ? (long)quotient : 0;
        return fits;
    }

    // Most of all divisions are by 1e8: without the general one of 128 bits they take a third of the time.
    private static bool TryMultiply(long left, long right, out long result)
    {
        unchecked
        {
            long signedHigh = Math.BigMul(left, right, out long signedLow);
            bool isNegative = signedHigh < 0;
            ulong low = (ulong)signedLow;
            ulong high = (ulong)signedHigh;
            if (isNegative)
            {
                low = ~low + 1;
                high = ~high + (low == 0 ? 1UL : 0);
            }

            low += One / 2;
            high += low < One / 2 ? 1UL : 0;
            result = 0;
            if (high < 1UL << TwosInOne)
            {
                // 1e8 = 2^8 × 5^8, and a floor of a floor is the floor: below 2^72 one division of 64 bits is enough. So are nearly all values of orders.
                long quotient = (long)(((high << (64 - TwosInOne)) | (low >> TwosInOne)) / FivesInOne);
                result = isNegative ? -quotient : quotient;
                return true;
            }

            if (high >= One)
            {
                return false;
            }

            // The magnitude is high × 2^64 + low with high < 1e8, so the quotient is below 2^64, and both its halves come from dividends of less than 2^59.
            ulong dividend = (high << 32) | (low >> 32);
            ulong upper = dividend / One;
            dividend = ((dividend - (upper * One)) << 32) | (low & uint.MaxValue);
            ulong magnitude = (upper << 32) | (dividend / One);
            if (magnitude > (ulong)long.MaxValue + (isNegative ? 1UL : 0))
            {
                return false;
            }

            result = isNegative ? (long)(~magnitude + 1) : (long)magnitude;
            return true;
        }
    }

    /// <summary>As <see cref="TryMultiplyDivide"/>, for results that are known to fit.</summary>
    /// <exception cref="OverflowException">The result does not fit in 64 bits.</exception>
    public static long MultiplyDivide(long left, long right, long divisor) =>
        TryMultiplyDivide(left, right, divisor, out long result)
            ? result
            : throw new OverflowException("a fixed-point result does not fit in 64 bits");

    /// <summary>Whether a sum fits in 64 bits.</summary>
    public static bool Fits(Int128 value) => value >= long.MinValue && value <= long.MaxValue;

    /// <summary>Rounds down towards zero to a multiple of <paramref name="step"/>; a step of zero leaves the value.</summary>
    public static long FloorToStep(long value, long step) => step <= 0 ? value : value - (value % step);

    /// <summary>Rounds up away from zero to a multiple of <paramref name="step"/>; a step of zero leaves the value.</summary>
    public static long CeilingToStep(long value, long step)
    {
        long floor = FloorToStep(value, step);
        return floor == value ? value : checked(floor + (value > 0 ? step : -step));
    }
}
