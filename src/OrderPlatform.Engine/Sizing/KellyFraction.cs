using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Sizing;

/// <summary>
/// Kelly's share of the equity for a bet that wins W with probability p and loses L otherwise (R128, D4): <c>f = p - (1 - p) / (W / L)</c>, where W is the
/// signal's expected return and L its risk score (J. L. Kelly, "A New Interpretation of Information Rate", 1956, for two outcomes). Computed as
/// p - (1 - p) × L / W with one division, whose quotient is rounded up: the share is never larger than the exact one.
/// </summary>
public static class KellyFraction
{
    /// <summary>
    /// The share from zero to one. There is no edge, and the answer is zero, where f is negative (never a bet on the other side), where W or L is zero
    /// or below (no bet is described: a missing risk score must not read as "cannot lose"), and where p is not a probability.
    /// </summary>
    /// <param name="winProbability">p, a fraction.</param>
    /// <param name="expectedReturn">W, as a fraction of what is staked; only its proportion to L counts.</param>
    /// <param name="riskScore">L, in the unit of W.</param>
    public static Ratio Of(Ratio winProbability, Ratio expectedReturn, Ratio riskScore) =>
        TryEdge(winProbability, expectedReturn, riskScore, out Ratio edge) && edge > Ratio.Zero ? edge : Ratio.Zero;

    /// <summary>f as the formula gives it, also below zero, for a decision record. It cannot be above p, and so not above one.</summary>
    /// <returns><c>false</c> if p is not in 0..1, W or L is not above zero, or f does not fit in 64 bits.</returns>
    public static bool TryEdge(Ratio winProbability, Ratio expectedReturn, Ratio riskScore, out Ratio edge)
    {
        edge = Ratio.Zero;
        if (winProbability.Raw is < 0 or > FixedPoint.One || expectedReturn.Raw <= 0 || riskScore.Raw <= 0)
        {
            return false;
        }

        Int128 loss = FloorDivision.Up((Int128)(FixedPoint.One - winProbability.Raw) * riskScore.Raw, expectedReturn.Raw);
        bool fits = FloorDivision.TryNarrow(winProbability.Raw - loss, out long raw);
        edge = new Ratio(raw);
        return fits;
    }
}
