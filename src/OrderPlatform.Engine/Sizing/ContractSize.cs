using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Sizing;

/// <summary>How much of an instrument an amount of the currency in which it settles is, at a price; rounded down, so that it is never worth more.</summary>
internal static class ContractSize
{
    /// <summary>Spot amount / price; linear amount / (price × multiplier); inverse amount × price / multiplier.</summary>
    /// <returns>Zero where it does not fit in 64 bits.</returns>
    public static Quantity Of(in Instrument instrument, Money amount, Price price)
    {
        if (amount.Raw <= 0 || price.Raw <= 0)
        {
            return Quantity.Zero;
        }

        // Amounts are below 2^63, prices and multipliers at most 1e18: each product stays below 2^123.
        Int128 quotient = instrument.Kind switch
        {
            InstrumentKind.Spot => (Int128)amount.Raw * FixedPoint.One / price.Raw,
            InstrumentKind.Inverse => (Int128)amount.Raw * price.Raw / Math.Max(1, instrument.Multiplier.Raw),
            _ => (Int128)amount.Raw * FixedPoint.One * FixedPoint.One / ((Int128)price.Raw * Math.Max(1, instrument.Multiplier.Raw)),
        };
        return FloorDivision.TryNarrow(quotient, out long raw) ? new Quantity(FixedPoint.FloorToStep(raw, instrument.QuantityStep.Raw)) : Quantity.Zero;
    }
}
