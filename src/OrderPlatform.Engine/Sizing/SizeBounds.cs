using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Sizing;

/// <summary>
/// The two bounds that hold for every sizing rule (D4): <c>risk_per_trade × equity / stop_distance</c> and <c>max_position_fraction × equity</c>.
/// </summary>
/// <param name="RiskPerTrade">Fraction of the equity that one trade may lose at its stop; zero for no such bound.</param>
/// <param name="MaximumPositionFraction">Largest position as a fraction of the equity; zero for no such bound.</param>
public readonly record struct SizeBounds(Ratio RiskPerTrade, Ratio MaximumPositionFraction)
{
    /// <summary>
    /// The least of a wish and the bounds, each rounded down. Without a stop everything can be lost, so the distance is then one: the seed document's own
    /// numbers give 2000 that way, and 100000 with its stop of 2 %. An equity of zero or below makes the bounds that are set zero.
    /// If no number fits in 64 bits the size is zero and nothing decided it (D19).
    /// </summary>
    /// <param name="rule">Whose wish it is.</param>
    /// <param name="wish">What the rule asks for; below zero counts as zero.</param>
    /// <param name="equity">The account's equity.</param>
    /// <param name="stopDistance">Distance of the stop as a fraction of the entry price; zero for no stop.</param>
    public SizingResult Cap(SizingBound rule, Money wish, Money equity, Ratio stopDistance)
    {
        long own = Math.Max(0, equity.Raw);
        long asked = Math.Max(0, wish.Raw);
        long distance = stopDistance.Raw > 0 ? stopDistance.Raw : FixedPoint.One;
        long risk = RiskPerTrade.Raw > 0 ? Bound(own, RiskPerTrade.Raw, distance) : long.MaxValue;
        long position = MaximumPositionFraction.Raw > 0 ? Bound(own, MaximumPositionFraction.Raw, FixedPoint.One) : long.MaxValue;
        long least = Math.Min(asked, Math.Min(risk, position));
        SizingBound decidedBy = least == long.MaxValue ? SizingBound.None
            : least == asked ? rule
            : least == risk ? SizingBound.RiskPerTrade
            : SizingBound.PositionFraction;
        return new SizingResult(
            new Money(decidedBy == SizingBound.None ? 0 : least), new Money(asked), new Money(risk), new Money(position), decidedBy);
    }

    /// <summary>A product of numbers that are not below zero, rounded down; what does not fit is unbounded.</summary>
    internal static long Bound(long left, long right, long divisor) =>
        FloorDivision.TryMultiplyDivide(left, right, divisor, out long bound) ? bound : long.MaxValue;
}
