using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Margin;

/// <summary>
/// How much margin a position needs, in the settle asset of its value (R85, R120): exact and rounded once, half away from zero at 8 places; a result that
/// does not fit is <c>false</c>.
/// </summary>
public static class MarginRequirement
{
    /// <summary>
    /// Initial margin: |value| × rate / leverage. With leverage 1 the venue's rate alone counts (a "standard" margin model); with rate 1 it is the usual
    /// value / leverage of crypto futures. Source: NautilusTrader's guide, "Margin models".
    /// </summary>
    /// <param name="value">Value of the position or order; of an inverse contract in the coin.</param>
    /// <param name="rate">The venue's initial margin rate.</param>
    /// <param name="leverage">Leverage, above zero.</param>
    /// <param name="margin">The margin, or zero.</param>
    /// <returns><c>false</c> if the leverage is not above zero or the margin does not fit.</returns>
    public static bool TryInitial(Money value, Ratio rate, Ratio leverage, out Money margin)
    {
        margin = Money.Zero;
        if (leverage.Raw <= 0 || rate.Raw < 0
            || !ExactQuotient.TryDivide(System.Int128.Abs(value.Raw), rate.Raw, leverage.Raw, RoundingRule.HalfAwayFromZero, out long raw))
        {
            return false;
        }

        margin = new Money(raw);
        return true;
    }
}
