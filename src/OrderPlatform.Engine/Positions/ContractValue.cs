using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// What a signed quantity is worth at a price, in the asset in which the instrument settles, half away from zero: spot and linear price × quantity × multiplier;
/// inverse −quantity × multiplier / price, which rises with the price as the others do, so that one algebra of average cost holds for all.
/// </summary>
public static class ContractValue
{
    /// <summary>The value.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="price">The price, above zero.</param>
    /// <param name="quantity">The quantity, signed.</param>
    /// <param name="value">The value; its sign is the quantity's, but the other one with inverse instruments.</param>
    /// <returns><c>false</c> if it does not fit in 64 bits.</returns>
    public static bool TryOf(in Instrument instrument, Price price, Quantity quantity, out Money value)
    {
        if (instrument.Kind == InstrumentKind.Spot)
        {
            return price.TryValue(quantity, out value);
        }

        value = Money.Zero;
        long units = quantity.Raw;
        if (instrument.Multiplier.Raw != FixedPoint.One
            && !FixedPoint.TryMultiplyDivide(quantity.Raw, instrument.Multiplier.Raw, FixedPoint.One, out units))
        {
            return false;
        }

        if (instrument.Kind == InstrumentKind.Linear)
        {
            return price.TryValue(new Quantity(units), out value);
        }

        bool fits = FixedPoint.TryMultiplyDivide(units, FixedPoint.One, price.Raw, out long raw) && raw != long.MinValue;
        value = new Money(fits ? -raw : 0);
        return fits;
    }

    /// <summary>As <see cref="TryOf"/>, for values that are known to fit.</summary>
    /// <exception cref="System.OverflowException">The value does not fit in 64 bits.</exception>
    public static Money Of(in Instrument instrument, Price price, Quantity quantity) =>
        TryOf(instrument, price, quantity, out Money value) ? value : throw new System.OverflowException("a value does not fit in 64 bits");

    /// <summary>The notional: the value without its sign, held to 64 bits.</summary>
    public static Money Notional(in Instrument instrument, Price price, Quantity quantity) =>
        price.IsZero || !TryOf(instrument, price, quantity, out Money value) || value.Raw == long.MinValue ? new Money(price.IsZero ? 0 : long.MaxValue) : value.Abs();

    /// <summary>Average price of a quantity that cost an amount, half away from zero; zero when flat or where it does not fit.</summary>
    public static Price AveragePrice(in Instrument instrument, Quantity quantity, Money cost)
    {
        if (quantity.IsZero || cost.IsZero)
        {
            return Price.Zero;
        }

        long units = System.Math.Abs(quantity.Raw);
        if (instrument.Multiplier.Raw != FixedPoint.One && !FixedPoint.TryMultiplyDivide(units, instrument.Multiplier.Raw, FixedPoint.One, out units))
        {
            return Price.Zero;
        }

        long paid = System.Math.Abs(cost.Raw);
        bool fits = instrument.Kind == InstrumentKind.Inverse
            ? FixedPoint.TryMultiplyDivide(units, FixedPoint.One, paid, out long raw)
            : FixedPoint.TryMultiplyDivide(paid, FixedPoint.One, units == 0 ? 1 : units, out raw);
        return fits ? new Price(raw) : Price.Zero;
    }
}
