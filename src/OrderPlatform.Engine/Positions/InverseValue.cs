using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// Values of inverse (coin-margined) contracts in the settle asset (R85, R87). A contract is worth a fixed amount of quote, so q contracts of m each at
/// price p are worth q × m / p coins, and a long gains as that falls. With the value taken as -q × m / p, what <see cref="PositionBook"/> does with
/// quantity and cost holds unchanged: profit = value - cost, and the average price is -q × m / cost, the harmonic mean weighted by quantity.
/// All results are exact and rounded once, half away from zero at 8 places. Source: Binance COIN-M and BitMEX contract pages.
/// </summary>
public static class InverseValue
{
    /// <summary>The value of contracts at a price, in the settle asset: below zero for a long, above for a short.</summary>
    /// <param name="contracts">Contracts, signed.</param>
    /// <param name="multiplier">Face value of one contract in quote, above zero.</param>
    /// <param name="price">Price, above zero.</param>
    /// <param name="value">The value, or zero.</param>
    /// <returns><c>false</c> if the price is not above zero or the value does not fit.</returns>
    public static bool TryOf(Quantity contracts, Ratio multiplier, Price price, out Money value)
    {
        long raw = 0;
        bool fits = price.Raw > 0
            && ExactQuotient.TryDivide(-(Int128)contracts.Raw, multiplier.Raw, price.Raw, RoundingRule.HalfAwayFromZero, out raw);
        value = new Money(raw);
        return fits;
    }

    /// <summary>The average price of contracts of a cost, as <see cref="TryOf"/> signs it.</summary>
    /// <param name="contracts">Contracts, signed.</param>
    /// <param name="multiplier">Face value of one contract in quote, above zero.</param>
    /// <param name="cost">Sum of the values at which they were opened.</param>
    /// <param name="price">The price, or zero.</param>
    /// <returns><c>false</c> if there is no such price: flat, or the signs are wrong, or it does not fit.</returns>
    public static bool TryAveragePrice(Quantity contracts, Ratio multiplier, Money cost, out Price price)
    {
        bool fits = ExactQuotient.TryDivide(-(Int128)contracts.Raw, multiplier.Raw, cost.Raw, RoundingRule.HalfAwayFromZero, out long raw) && raw > 0;
        price = new Price(fits ? raw : 0);
        return fits;
    }

    /// <summary>The profit of contracts between two prices in the settle asset, rounded once and not as the difference of two rounded values.</summary>
    /// <param name="contracts">Contracts, signed.</param>
    /// <param name="multiplier">Face value of one contract in quote, above zero.</param>
    /// <param name="entry">Entry price, within bounds.</param>
    /// <param name="exit">Exit or mark price, within bounds.</param>
    /// <param name="profit">The profit, or zero.</param>
    /// <returns><c>false</c> if a price is out of bounds or the profit does not fit.</returns>
    public static bool TryProfit(Quantity contracts, Ratio multiplier, Price entry, Price exit, out Money profit)
    {
        // q × m × (1 / entry - 1 / exit) = q × m × (exit - entry) / (entry × exit).
        long raw = 0;
        bool fits = Bounds.IsPrice(entry.Raw) && Bounds.IsPrice(exit.Raw)
            && ExactQuotient.TryDivide(
                (Int128)contracts.Raw * multiplier.Raw, exit.Raw - entry.Raw, (Int128)entry.Raw * exit.Raw, RoundingRule.HalfAwayFromZero, out raw);
        profit = new Money(raw);
        return fits;
    }
}
