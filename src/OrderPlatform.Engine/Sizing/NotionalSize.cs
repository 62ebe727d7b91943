using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Sizing;

/// <summary>
/// The sizing rules that give an amount of quote currency (R46, R116, R128, D4), each with the bounds of <see cref="SizeBounds"/>; every product is
/// rounded down. A quantity is made of it by <see cref="ContractSize"/>.
/// </summary>
public static class NotionalSize
{
    /// <summary>Largest Kelly multiplier: a hundred. Within it the three factors stay inside 128 bits.</summary>
    public static readonly Ratio MultiplierMax = new(100 * FixedPoint.One);

    /// <summary>A fixed amount.</summary>
    public static SizingResult Fixed(Money notional, Money equity, Ratio stopDistance, in SizeBounds bounds) =>
        bounds.Cap(SizingBound.Fixed, notional, equity, stopDistance);

    /// <summary>equity × fraction.</summary>
    public static SizingResult EquityFraction(Ratio fraction, Money equity, Ratio stopDistance, in SizeBounds bounds) =>
        bounds.Cap(SizingBound.EquityFraction, Share(equity, fraction.Raw, FixedPoint.One), equity, stopDistance);

    /// <summary>
    /// equity × target volatility / the instrument's volatility, both for the same period (R103): a position whose value swings by the wished fraction of
    /// the equity in one period. Without a known volatility, zero or below, there is no size.
    /// </summary>
    public static SizingResult VolatilityTarget(Ratio target, Ratio volatility, Money equity, Ratio stopDistance, in SizeBounds bounds) =>
        bounds.Cap(SizingBound.VolatilityTarget, volatility.Raw > 0 ? Share(equity, target.Raw, volatility.Raw) : Money.Zero, equity, stopDistance);

    /// <summary>multiplier × Kelly's share × equity (D4), rounded once. A multiplier outside 0..<see cref="MultiplierMax"/> gives no size.</summary>
    /// <param name="multiplier">Part of Kelly's share that is used, such as 0.25.</param>
    /// <param name="fraction">Kelly's share from <see cref="KellyFraction.Of"/>; outside 0..1 gives no size.</param>
    /// <param name="equity">The account's equity.</param>
    /// <param name="stopDistance">Distance of the stop as a fraction of the entry price; zero for no stop.</param>
    /// <param name="bounds">The bounds of the strategy.</param>
    public static SizingResult Kelly(Ratio multiplier, Ratio fraction, Money equity, Ratio stopDistance, in SizeBounds bounds)
    {
        Money wish = Money.Zero;
        if (equity.Raw > 0 && multiplier.Raw >= 0 && multiplier <= MultiplierMax && fraction.Raw is >= 0 and <= FixedPoint.One)
        {
            // At most 2^63 × 1e10 × 1e8 < 2^123.
            Int128 product = (Int128)multiplier.Raw * fraction.Raw * equity.Raw;
            wish = FloorDivision.TryNarrow(product / ((Int128)FixedPoint.One * FixedPoint.One), out long raw) ? new Money(raw) : SizingResult.Unbounded;
        }

        return bounds.Cap(SizingBound.Kelly, wish, equity, stopDistance);
    }

    private static Money Share(Money equity, long numerator, long divisor) =>
        equity.Raw > 0 && numerator > 0 ? new Money(SizeBounds.Bound(equity.Raw, numerator, divisor)) : Money.Zero;
}
