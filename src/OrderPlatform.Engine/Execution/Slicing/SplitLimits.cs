using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>How large one order may be (D3, R81, R110, R112).</summary>
/// <param name="MaximumQuantity"><c>max_order_size</c>; zero for none.</param>
/// <param name="MaximumValue"><c>max_order_value</c>, price × quantity; zero for none.</param>
/// <param name="VenueMaximum">The venue's largest quantity; zero for none.</param>
public readonly record struct SplitLimits(Quantity MaximumQuantity, Money MaximumValue, Quantity VenueMaximum)
{
    /// <summary>The largest order within all limits, rounded down to the lot; zero if less than a lot, or if a value limit meets no price.</summary>
    public Quantity Largest(Price price, Quantity step)
    {
        long largest = Math.Min(OrNone(MaximumQuantity.Raw), OrNone(VenueMaximum.Raw));
        if (MaximumValue.Raw > 0)
        {
            // A quantity that does not fit in 64 bits is no limit: the others hold.
            long byValue = price.Raw <= 0 ? 0
                : FloorDivision.TryMultiplyDivide(MaximumValue.Raw, FixedPoint.One, price.Raw, out long quantity) ? quantity
                : long.MaxValue;
            largest = Math.Min(largest, byValue);
        }

        return new Quantity(FixedPoint.FloorToStep(largest, step.Raw));
    }

    private static long OrNone(long limit) => limit > 0 ? limit : long.MaxValue;
}
