using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>
/// The next part of a parent order, from what its schedule asks for and what is committed (executed or working in children). Nothing is remembered
/// between parts, so a child that is refused, cancelled or filled in part is caught up by the next one, and executed + leaves stays the parent (T6, T14).
/// </summary>
public static class SliceSize
{
    /// <summary>
    /// The part to send now: the target less what is committed. What is below the venue's smallest order waits and so is merged into the next part; where the
    /// rest of the parent would end below it, the part is made smaller or waits, so that the last part takes both. Hence never ahead of the target, and never
    /// below the smallest order; at an unchanged price a parent that is large enough leaves nothing behind.
    /// </summary>
    /// <param name="total">The parent's quantity, a multiple of the lot.</param>
    /// <param name="committed">Executed or working in children.</param>
    /// <param name="target">What should be committed by now, see the schedules; at or above <paramref name="total"/> for the last part.</param>
    /// <param name="price">Values the part, where the venue has a smallest value.</param>
    /// <param name="rules">The venue's rules.</param>
    /// <returns>
    /// A multiple of the lot that can be an order, or zero. Zero with a target of all and leaves above zero is a leftover that the venue does not take: to be
    /// reported with its reason.
    /// </returns>
    public static Quantity Next(Quantity total, Quantity committed, Quantity target, Price price, in LotRules rules) =>
        Next(total, committed, target, new Quantity(long.MaxValue), price, rules);

    /// <summary>
    /// As the other one, with a largest part. One below the smallest order counts as that order; and where the target is all and the leaves are less than two
    /// smallest orders, the part is the leaves: above the largest by less than one smallest order.
    /// </summary>
    public static Quantity Next(Quantity total, Quantity committed, Quantity target, Quantity largest, Price price, in LotRules rules)
    {
        long leaves = total.Raw - committed.Raw;
        long due = FixedPoint.FloorToStep(Math.Min(target.Raw, total.Raw) - committed.Raw, rules.Step.Raw);
        if (due <= 0 || !LotSize.TrySmallest(price, rules, out Quantity least) || due < least.Raw)
        {
            return Quantity.Zero;
        }

        long part = Math.Min(due, FixedPoint.FloorToStep(Math.Max(largest.Raw, least.Raw), rules.Step.Raw));
        long rest = leaves - part;
        if (rest == 0 || rest >= least.Raw)
        {
            return new Quantity(part);
        }

        long smaller = leaves - least.Raw;
        return new Quantity(smaller >= least.Raw ? smaller : due == leaves ? leaves : 0);
    }
}
