using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>
/// Execution as a share of the market's volume (POV, R78): floor(rate × volume) to the lot should be committed, where volume is all that traded since
/// the start, our own fills included. So our share of the whole comes up to the rate and is never above it.
/// </summary>
/// <param name="Rate">The share, above zero and at most one.</param>
/// <param name="LargestSlice">Largest part, so that one burst of volume is not answered by one order; zero for none.</param>
public readonly record struct Participation(Ratio Rate, Quantity LargestSlice)
{
    /// <summary>Whether the rate is one.</summary>
    public SlicingFault Fault => Rate.Raw is > 0 and <= FixedPoint.One ? SlicingFault.None : SlicingFault.FractionOutOfRange;

    /// <summary>What should be committed after so much volume.</summary>
    /// <param name="total">The parent's quantity.</param>
    /// <param name="step">The lot; zero for none.</param>
    /// <param name="marketVolume">Traded since the start, zero or above.</param>
    public Quantity Target(Quantity total, Quantity step, Quantity marketVolume)
    {
        long share = (long)((Int128)marketVolume.Raw * Rate.Raw / FixedPoint.One);
        return share >= total.Raw ? total : new Quantity(FixedPoint.FloorToStep(Math.Max(0, share), step.Raw));
    }

    /// <summary>The part to send now, as <see cref="SliceSize"/> has it.</summary>
    public Quantity Next(Quantity total, Quantity committed, Quantity marketVolume, Price price, in LotRules rules) =>
        SliceSize.Next(
            total, committed, Target(total, rules.Step, marketVolume), LargestSlice.Raw > 0 ? LargestSlice : new Quantity(long.MaxValue), price, rules);
}
