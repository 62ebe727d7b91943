using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Volatility;

/// <summary>
/// The standard deviation of simple returns over the newest closes (D6 <c>sd</c>, R47, R104). A return is close / previous close - 1, rounded to 8
/// places half away from zero. It is the sample's deviation: the sum of squares is divided by the number of returns less one, as empyrical's annual volatility
/// does, whose published values the tests reproduce. A window of n closes has n - 1 returns. Kept are the newest close and the returns, so that a
/// close costs one division and a deviation none but its last. The default value is a window of nothing.
/// </summary>
public struct CloseWindow
{
    /// <summary>Largest window.</summary>
    public const int ClosesMax = 64;

    /// <summary>Smallest window: two returns.</summary>
    public const int ClosesMin = 3;

    /// <summary>Window where the configuration does not say (D6).</summary>
    public const int ClosesDefault = 20;

    /// <summary>Closes in a full window, or zero where none is kept.</summary>
    public int Closes;

    /// <summary>Closes that were taken, no more than <see cref="Closes"/>.</summary>
    public int Count;

    /// <summary>Where the next return goes, from 0 to <see cref="Closes"/> - 2.</summary>
    public int Next;

    /// <summary>The newest close; zero before the first.</summary>
    public Price LastClose;

    /// <summary>The returns, each scaled by 1e8; the first <see cref="Count"/> - 1 hold something.</summary>
    public ReturnRing Returns;

    /// <summary>An empty window.</summary>
    /// <param name="closes">Its length, <see cref="ClosesMin"/> to <see cref="ClosesMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another length.</exception>
    public CloseWindow(int closes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(closes, ClosesMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(closes, ClosesMax);
        Closes = closes;
    }

    /// <summary>Whether the window is full.</summary>
    public readonly bool IsFull => Closes > 0 && Count == Closes;

    /// <summary>Takes the next close. After a jump to more than a million times the price the window begins anew with it.</summary>
    /// <returns><c>false</c>, and nothing changes, if it is not a price or nothing is kept.</returns>
    public bool Add(Price close)
    {
        if (Closes == 0 || !Bounds.IsPrice(close.Raw))
        {
            return false;
        }

        if (Count == 0 || !TryReturn(LastClose, close, out long simple))
        {
            Count = 1;
            Next = 0;
        }
        else
        {
            Returns[Next] = simple;
            Next = Next == Closes - 2 ? 0 : Next + 1;
            Count = Math.Min(Count + 1, Closes);
        }

        LastClose = close;
        return true;
    }

    /// <summary>The sample standard deviation of the returns, per period, rounded to the nearest of 8 places.</summary>
    /// <returns><c>false</c> until the window is full.</returns>
    public readonly bool TryStandardDeviation(out Ratio deviation) => TryStandardDeviation(Closes, out deviation);

    /// <summary>As <see cref="TryStandardDeviation(out Ratio)"/>, over the newest closes of a longer window.</summary>
    /// <param name="closes">How many, <see cref="ClosesMin"/> to <see cref="Closes"/>.</param>
    /// <param name="deviation">The deviation.</param>
    /// <returns><c>false</c> until so many were taken.</returns>
    public readonly bool TryStandardDeviation(int closes, out Ratio deviation)
    {
        deviation = Ratio.Zero;
        if (closes < ClosesMin || closes > Count)
        {
            return false;
        }

        // With returns of at most 1e14, 63 of them: sums below 2^53 and 2^100, the numerator below 2^106. No rounding before the root.
        int count = closes - 1;
        int at = Next;
        long sum = 0;
        Int128 squares = 0;
        for (int taken = 0; taken < count; taken++)
        {
            at = at == 0 ? Closes - 2 : at - 1;
            long simple = Returns[at];
            sum += simple;
            squares += (Int128)simple * simple;
        }

        Int128 numerator = (squares * count) - ((Int128)sum * sum);
        deviation = new Ratio((long)IntegerRoot.Nearest(numerator, (Int128)count * (count - 1)));
        return true;
    }

    private static bool TryReturn(Price from, Price to, out long simple) =>
        FixedPoint.TryMultiplyDivide(to.Raw - from.Raw, FixedPoint.One, from.Raw, out simple) && simple <= Bounds.RatioMax;

    /// <summary>The returns of a window.</summary>
    [InlineArray(ClosesMax - 1)]
    public struct ReturnRing
    {
        private long _first;
    }
}
