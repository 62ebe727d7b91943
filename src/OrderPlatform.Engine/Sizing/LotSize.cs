using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Sizing;

/// <summary>Whether the venue takes a quantity (T12): integers only, so that 0.3 is a multiple of 0.001.</summary>
public static class LotSize
{
    /// <summary>Whether a quantity without sign can be an order at a price. The value is compared exactly, without rounding.</summary>
    public static SizeVerdict Check(Quantity quantity, Price price, in LotRules rules) =>
        quantity.Raw <= 0 ? SizeVerdict.LessThanOneLot
        : FixedPoint.FloorToStep(quantity.Raw, rules.Step.Raw) != quantity.Raw ? SizeVerdict.NotAMultipleOfTheLot
        : quantity < rules.MinimumQuantity ? SizeVerdict.BelowMinimumQuantity
        : rules.MinimumNotional.Raw <= 0 ? SizeVerdict.Fits
        : price.Raw <= 0 ? SizeVerdict.NoPrice
        : (Int128)quantity.Raw * price.Raw < (Int128)rules.MinimumNotional.Raw * FixedPoint.One ? SizeVerdict.BelowMinimumNotional
        : SizeVerdict.Fits;

    /// <summary>The smallest quantity that can be an order at a price: one lot, the smallest quantity or the smallest value, rounded up to the lot.</summary>
    /// <returns><c>false</c> where there is a smallest value and no price, or the number does not fit in 64 bits.</returns>
    public static bool TrySmallest(Price price, in LotRules rules, out Quantity quantity)
    {
        quantity = Quantity.Zero;
        Int128 step = Math.Max(1, rules.Step.Raw);
        Int128 least = Math.Max(1, rules.MinimumQuantity.Raw);
        if (rules.MinimumNotional.Raw > 0)
        {
            if (price.Raw <= 0)
            {
                return false;
            }

            least = Int128.Max(least, FloorDivision.Up((Int128)rules.MinimumNotional.Raw * FixedPoint.One, price.Raw));
        }

        bool fits = FloorDivision.TryNarrow(FloorDivision.Up(least, step) * step, out long raw);
        quantity = new Quantity(raw);
        return fits;
    }
}
