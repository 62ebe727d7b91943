using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>
/// How all plans cut: part i ends at floor(total × share up to its end, to the lot), and the last part at the total. Differences of these ends
/// are lot multiples, add up to the total exactly, and the ends are never above the exact share (rule of the known answers).
/// </summary>
internal static class CumulativeShare
{
    /// <summary>floor(total × numerator / denominator) to the lot.</summary>
    /// <param name="total">Zero or above, at most <see cref="Bounds.QuantityMax"/>.</param>
    /// <param name="step">The lot; zero for none.</param>
    /// <param name="numerator">From zero to <paramref name="denominator"/>.</param>
    /// <param name="denominator">Above zero, below 2^66.</param>
    public static Quantity Of(Quantity total, Quantity step, Int128 numerator, Int128 denominator) =>
        new(FixedPoint.FloorToStep((long)(total.Raw * numerator / denominator), step.Raw));

    /// <summary>Whether a quantity can be cut: above zero, within bounds, a multiple of the lot.</summary>
    public static bool IsInLots(Quantity total, Quantity step) => Bounds.IsQuantity(total.Raw) && FixedPoint.FloorToStep(total.Raw, step.Raw) == total.Raw;
}
