using System;

namespace OrderPlatform.Engine.Volatility;

/// <summary>Square roots of integers, exact.</summary>
public static class IntegerRoot
{
    /// <summary>The largest integer whose square is not above <paramref name="value"/>.</summary>
    /// <param name="value">Zero or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is below zero.</exception>
    public static ulong Floor(Int128 value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        UInt128 number = (UInt128)value;
        if (number <= 1)
        {
            return (ulong)number;
        }

        // Newton's steps from a power of two above the root come down to it without ever passing below the floor; the first that does not fall is there.
        int bits = 128 - (int)UInt128.LeadingZeroCount(number);
        UInt128 root = UInt128.One << ((bits + 1) / 2);
        while (true)
        {
            UInt128 next = (root + (number / root)) >> 1;
            if (next >= root)
            {
                return (ulong)root;
            }

            root = next;
        }
    }

    /// <summary>The square root of <paramref name="numerator"/> / <paramref name="divisor"/>, to the nearest integer, a half up.</summary>
    /// <param name="numerator">Zero or above, below 2^125.</param>
    /// <param name="divisor">Above zero.</param>
    public static ulong Nearest(Int128 numerator, Int128 divisor) =>

        // floor(√x + ½) = floor((floor(2√x) + 1) / 2), and an integer is at most 2√x = √(4x) exactly where its square is at most floor(4x).
        (Floor(numerator * 4 / divisor) + 1) / 2;
}
