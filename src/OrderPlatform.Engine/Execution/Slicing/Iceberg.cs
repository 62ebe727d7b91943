using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>An order that shows a part of itself at a time (R76): each part is placed when the one before has ended.</summary>
public static class Iceberg
{
    /// <summary>What to show: total × visible, rounded down to the lot, but at least the venue's smallest order and at most all.</summary>
    /// <param name="total">The parent's quantity.</param>
    /// <param name="visible">Visible share, above zero and at most one.</param>
    /// <param name="price">Values the part, where the venue has a smallest value.</param>
    /// <param name="rules">The venue's rules.</param>
    /// <param name="display">The quantity to show, or zero.</param>
    public static SlicingFault Display(Quantity total, Ratio visible, Price price, in LotRules rules, out Quantity display)
    {
        display = Quantity.Zero;
        if (!CumulativeShare.IsInLots(total, rules.Step))
        {
            return SlicingFault.QuantityNotInLots;
        }

        if (visible.Raw is <= 0 or > FixedPoint.One)
        {
            return SlicingFault.FractionOutOfRange;
        }

        if (!LotSize.TrySmallest(price, rules, out Quantity least) || total < least)
        {
            return SlicingFault.LimitBelowSmallestOrder;
        }

        display = new Quantity(Math.Max(least.Raw, CumulativeShare.Of(total, rules.Step, visible.Raw, FixedPoint.One).Raw));
        return SlicingFault.None;
    }

    /// <summary>
    /// The next part: the display or the leaves, whichever is less. Where the rest would be below the venue's smallest order, the part is made smaller; where
    /// that is not possible it takes the rest along and shows so much more. Zero with leaves above zero is a leftover that the venue does not take.
    /// </summary>
    /// <param name="total">The parent's quantity.</param>
    /// <param name="committed">Executed; no part may be working.</param>
    /// <param name="display">From <see cref="Display"/>.</param>
    /// <param name="price">Values the part, where the venue has a smallest value.</param>
    /// <param name="rules">The venue's rules.</param>
    public static Quantity Next(Quantity total, Quantity committed, Quantity display, Price price, in LotRules rules) =>
        SliceSize.Next(total, committed, total, display, price, rules);
}
