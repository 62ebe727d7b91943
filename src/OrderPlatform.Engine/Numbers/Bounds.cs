using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Numbers;

/// <summary>
/// What a single number of an input may be. Within these bounds no product of the engine leaves 128 bits and no single value leaves 64; sums are
/// checked where they are made. A number outside is a rejection (D19).
/// </summary>
public static class Bounds
{
    /// <summary>Largest price, raw: 1e9.</summary>
    public const long PriceMax = 1_000_000_000 * FixedPoint.One;

    /// <summary>Largest quantity, raw: 1e10.</summary>
    public const long QuantityMax = 10_000_000_000 * FixedPoint.One;

    /// <summary>Largest amount of money, raw: 5e10.</summary>
    public const long MoneyMax = 50_000_000_000 * FixedPoint.One;

    /// <summary>Largest ratio, raw: 1e6.</summary>
    public const long RatioMax = 1_000_000 * FixedPoint.One;

    /// <summary>Whether a price is above zero and within bounds.</summary>
    public static bool IsPrice(long raw) => raw > 0 && raw <= PriceMax;

    /// <summary>Whether a price is known and within bounds, or zero, which is not known yet.</summary>
    public static bool IsPriceOrZero(long raw) => raw >= 0 && raw <= PriceMax;

    /// <summary>Whether a fee rate is a fraction below one, either sign.</summary>
    public static bool IsRate(long raw) => raw > -FixedPoint.One && raw < FixedPoint.One;

    /// <summary>Whether a quantity is above zero and within bounds.</summary>
    public static bool IsQuantity(long raw) => raw > 0 && raw <= QuantityMax;

    /// <summary>Whether a quantity is zero or above and within bounds.</summary>
    public static bool IsQuantityOrZero(long raw) => raw >= 0 && raw <= QuantityMax;

    /// <summary>Whether an amount of money is within bounds, either sign.</summary>
    public static bool IsMoney(long raw) => raw >= -MoneyMax && raw <= MoneyMax;

    /// <summary>Whether a ratio is zero or above and within bounds.</summary>
    public static bool IsRatio(long raw) => raw >= 0 && raw <= RatioMax;

    /// <summary>Whether a fee is plausible; one in the base asset of a spot instrument must be less than the fill.</summary>
    public static bool IsFee(long raw, FeeCurrency currency, long quantity, InstrumentKind kind = InstrumentKind.Spot) =>
        currency switch
        {
            FeeCurrency.Base when kind == InstrumentKind.Spot => raw > -quantity && raw < quantity,
            FeeCurrency.Quote or FeeCurrency.Base or FeeCurrency.Other => IsMoney(raw),
            _ => false,
        };
}
