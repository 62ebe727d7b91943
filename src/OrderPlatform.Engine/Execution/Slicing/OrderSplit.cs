using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>
/// An oversized order as children within the limits (D3): the fewest that suffice, of nearly equal size (they differ by at most a lot), so that no
/// small rest is left that the venue would not take. Lot multiples, and in sum the order exactly.
/// </summary>
/// <param name="Total">The order.</param>
/// <param name="Step">The lot; zero for none.</param>
/// <param name="Children">How many.</param>
public readonly record struct OrderSplit(Quantity Total, Quantity Step, int Children)
{
    /// <summary>Cuts an order; one that is within the limits is its only child.</summary>
    /// <param name="total">Quantity to cut, a multiple of the lot.</param>
    /// <param name="price">The limit price, or the mark for an order without one.</param>
    /// <param name="limits">How large a child may be.</param>
    /// <param name="rules">The venue's rules, which each child must meet.</param>
    /// <param name="childrenMax">Most children that the caller has room for.</param>
    /// <param name="split">The children.</param>
    public static SlicingFault Cut(Quantity total, Price price, in SplitLimits limits, in LotRules rules, int childrenMax, out OrderSplit split)
    {
        split = default;
        if (!CumulativeShare.IsInLots(total, rules.Step))
        {
            return SlicingFault.QuantityNotInLots;
        }

        Quantity largest = limits.Largest(price, rules.Step);
        if (largest.IsZero)
        {
            return SlicingFault.LimitBelowOneLot;
        }

        // With children = ceil(lots / largest lots) an equal share, rounded up to a lot, is at most the largest.
        Int128 children = FloorDivision.Up(total.Raw, largest.Raw);
        if (children > childrenMax)
        {
            return SlicingFault.PartCountOutOfRange;
        }

        var cut = new OrderSplit(total, rules.Step, (int)children);
        long lot = Math.Max(1, rules.Step.Raw);
        long smallestChild = total.Raw / lot / cut.Children * lot;
        if (!LotSize.TrySmallest(price, rules, out Quantity least) || smallestChild < least.Raw)
        {
            return SlicingFault.LimitBelowSmallestOrder;
        }

        split = cut;
        return SlicingFault.None;
    }

    /// <summary>Quantity of child <paramref name="index"/>, from 0.</summary>
    public Quantity Child(int index) => UpTo(index + 1) - UpTo(index);

    private Quantity UpTo(int children) => CumulativeShare.Of(Total, Step, children, Children);
}
