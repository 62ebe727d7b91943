using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// What a signed quantity is worth at a price, in the asset in which the instrument settles: spot price × quantity; linear price × quantity × multiplier;
/// inverse −quantity × multiplier / price, which rises with the price as the others do, so that one algebra of average cost holds for all: profit = value
/// − cost, and the average price of an inverse position is the harmonic mean weighted by quantity. Each result is exact and rounded once, half away from zero.
/// Source: Binance USD-M, COIN-M and BitMEX contract pages.
/// </summary>
public static class ContractValue
{
    private static readonly Int128 OneSquared = (Int128)FixedPoint.One * FixedPoint.One;

    /// <summary>The value.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="price">The price, above zero.</param>
    /// <param name="quantity">The quantity, signed.</param>
    /// <param name="value">The value; its sign is the quantity's, but the other one with inverse instruments.</param>
    /// <returns><c>false</c> if it does not fit in 64 bits, or the price of an inverse instrument is not above zero.</returns>
    public static bool TryOf(in Instrument instrument, Price price, Quantity quantity, out Money value)
    {
        bool isWhole = instrument.Kind == InstrumentKind.Spot || instrument.Multiplier.Raw == FixedPoint.One;
        if (instrument.Kind != InstrumentKind.Inverse)
        {
            return isWhole ? price.TryValue(quantity, out value) : TryMultiplied(instrument, price, quantity, out value);
        }

        value = Money.Zero;
        if (price.Raw <= 0)
        {
            return false;
        }

        bool fits = isWhole
            ? FixedPoint.TryMultiplyDivide(quantity.Raw, FixedPoint.One, price.Raw, out long raw) && raw != long.MinValue
            : ExactQuotient.TryDivide(quantity.Raw, instrument.Multiplier.Raw, price.Raw, RoundingRule.HalfAwayFromZero, out raw);
        value = new Money(fits ? -raw : 0);
        return fits;
    }

    /// <summary>As <see cref="TryOf"/>, for values that are known to fit.</summary>
    /// <exception cref="OverflowException">The value does not fit in 64 bits.</exception>
    public static Money Of(in Instrument instrument, Price price, Quantity quantity) =>
        TryOf(instrument, price, quantity, out Money value) ? value : throw new OverflowException("a value does not fit in 64 bits");

    /// <summary>The notional: the value without its sign, held to 64 bits.</summary>
    public static Money Notional(in Instrument instrument, Price price, Quantity quantity) =>
        price.IsZero ? Money.Zero
        : !TryOf(instrument, price, quantity, out Money value) || value.Raw == long.MinValue ? new Money(long.MaxValue)
        : value.Abs();

    /// <summary>
    /// What the contracts stand for, signed: base units of spot and linear instruments, quote units (the face value) of inverse ones; half away from zero.
    /// </summary>
    /// <returns><c>false</c> if it does not fit in 64 bits.</returns>
    public static bool TryUnits(in Instrument instrument, Quantity quantity, out long units)
    {
        units = quantity.Raw;
        return instrument.Kind == InstrumentKind.Spot || instrument.Multiplier.Raw == FixedPoint.One
            || FixedPoint.TryMultiplyDivide(quantity.Raw, instrument.Multiplier.Raw, FixedPoint.One, out units);
    }

    /// <summary>Average price of a quantity that cost an amount, half away from zero; zero when flat or where it does not fit.</summary>
    public static Price AveragePrice(in Instrument instrument, Quantity quantity, Money cost)
    {
        if (quantity.IsZero || cost.IsZero)
        {
            return Price.Zero;
        }

        long multiplier = instrument.Kind == InstrumentKind.Spot ? FixedPoint.One : instrument.Multiplier.Raw;
        if (multiplier == FixedPoint.One && instrument.Kind != InstrumentKind.Inverse && quantity.Raw != long.MinValue && cost.Raw != long.MinValue)
        {
            // Nearly all: one product and one division.
            return new Price(FixedPoint.TryMultiplyDivide(Math.Abs(cost.Raw), FixedPoint.One, Math.Abs(quantity.Raw), out long price) ? price : 0);
        }

        Int128 held = Int128.Abs(quantity.Raw);
        Int128 paid = Int128.Abs(cost.Raw);
        bool fits = instrument.Kind == InstrumentKind.Inverse
            ? ExactQuotient.TryDivide(held, multiplier, paid, RoundingRule.HalfAwayFromZero, out long raw)
            : ExactQuotient.TryDivide(paid * FixedPoint.One, FixedPoint.One, held * multiplier, RoundingRule.HalfAwayFromZero, out raw);
        return new Price(fits ? raw : 0);
    }

    private static bool TryMultiplied(in Instrument instrument, Price price, Quantity quantity, out Money value)
    {
        bool fits = ExactQuotient.TryDivide(
            (Int128)price.Raw * quantity.Raw, instrument.Multiplier.Raw, OneSquared, RoundingRule.HalfAwayFromZero, out long raw);
        value = new Money(raw);
        return fits;
    }
}
