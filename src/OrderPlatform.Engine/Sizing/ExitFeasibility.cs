using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Sizing;

/// <summary>
/// Whether what an entry would leave can be sold again at the stop (T12): after a fee in the base asset the holding is no lot any more, and after the fall to
/// the stop it may be worth less than the venue's smallest order. An entry whose exit is impossible is refused before it is made.
/// </summary>
public static class ExitFeasibility
{
    /// <summary>
    /// The quantity that an exit could sell: the entry without its base fee, rounded down to the lot. The fee is rounded up; a rebate (a rate below
    /// zero) is not counted on. Exact for rates below one; a rate of one or more leaves nothing.
    /// </summary>
    public static Quantity ExitQuantity(Quantity entry, Ratio baseFeeRate, Quantity step)
    {
        long rate = Math.Clamp(baseFeeRate.Raw, 0, FixedPoint.One);
        long kept = (long)FloorDivision.Down((Int128)Math.Max(0, entry.Raw) * (FixedPoint.One - rate), FixedPoint.One);
        return new Quantity(FixedPoint.FloorToStep(kept, step.Raw));
    }

    /// <summary>Checks the exit of an entry.</summary>
    /// <param name="entry">Quantity to enter, without sign.</param>
    /// <param name="baseFeeRate">Fee rate if the fee is taken in the base asset; zero if in another.</param>
    /// <param name="stopPrice">Price of the stop; where there is none, the lowest price at which an exit must still be possible.</param>
    /// <param name="rules">The venue's rules.</param>
    /// <param name="exit">What could be sold.</param>
    /// <returns><see cref="SizeVerdict.Fits"/>, or what the exit would fail on.</returns>
    public static SizeVerdict Check(Quantity entry, Ratio baseFeeRate, Price stopPrice, in LotRules rules, out Quantity exit)
    {
        exit = ExitQuantity(entry, baseFeeRate, rules.Step);
        return LotSize.Check(exit, stopPrice, rules);
    }
}
