using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Margin;

/// <summary>What became of a funding payment.</summary>
public enum FundingStatus : byte
{
    /// <summary>The mark is missing: the payment is pending, never zero (T18).</summary>
    PendingMark = 0,

    /// <summary>The rate is missing: the payment is pending, never zero (T18).</summary>
    PendingRate = 1,

    /// <summary>The amount is known.</summary>
    Known = 2,

    /// <summary>The amount is larger than 64 bits.</summary>
    DoesNotFit = 3,
}

/// <summary>
/// Funding of perpetual contracts: value at the mark × rate; above zero longs pay shorts. Exact and rounded once, half away from zero at 8 places.
/// Source: Binance and OKX, "Funding rate"; only positions open at the stamp pay.
/// </summary>
public static class FundingPayment
{
    /// <summary>Funding of a linear contract, in quote.</summary>
    /// <param name="quantity">Held at the stamp, signed, in the base asset.</param>
    /// <param name="mark">Mark price at the stamp; null or not above zero is not known.</param>
    /// <param name="rate">Funding rate of the stamp; null is not known, zero is a rate.</param>
    /// <param name="received">What the holder receives; below zero if it pays; zero unless known.</param>
    public static FundingStatus Linear(Quantity quantity, Price? mark, Ratio? rate, out Money received)
    {
        received = Money.Zero;
        return Pending(mark, rate)
            ?? Result((Int128)quantity.Raw * mark.GetValueOrDefault().Raw, rate.GetValueOrDefault(), (Int128)FixedPoint.One * FixedPoint.One, out received);
    }

    /// <summary>Funding of an inverse contract, in the coin.</summary>
    /// <param name="faceValue">Contracts held at the stamp × face value of one, signed, in quote.</param>
    /// <param name="mark">Mark price at the stamp; null or not above zero is not known.</param>
    /// <param name="rate">Funding rate of the stamp; null is not known, zero is a rate.</param>
    /// <param name="received">What the holder receives; below zero if it pays; zero unless known.</param>
    public static FundingStatus Inverse(Money faceValue, Price? mark, Ratio? rate, out Money received)
    {
        received = Money.Zero;
        return Pending(mark, rate) ?? Result(faceValue.Raw, rate.GetValueOrDefault(), mark.GetValueOrDefault().Raw, out received);
    }

    private static FundingStatus? Pending(Price? mark, Ratio? rate) =>
        mark is not { Raw: > 0 } ? FundingStatus.PendingMark : rate is null ? FundingStatus.PendingRate : null;

    private static FundingStatus Result(Int128 value, Ratio rate, Int128 divisor, out Money received)
    {
        bool fits = ExactQuotient.TryDivide(-value, rate.Raw, divisor, RoundingRule.HalfAwayFromZero, out long raw);
        received = new Money(raw);
        return fits ? FundingStatus.Known : FundingStatus.DoesNotFit;
    }
}
