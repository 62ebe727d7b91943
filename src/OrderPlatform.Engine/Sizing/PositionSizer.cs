using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Sizing;

/// <summary>Turns a wish into a quantity (R46): fixed, or a fraction of the account's equity at a price; always rounded down to the instrument's step.</summary>
internal static class PositionSizer
{
    /// <summary>The quantity to hold, without sign; zero if it rounds to nothing or does not fit.</summary>
    public static Quantity Size(EngineState state, in Position position, Price price)
    {
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        long raw = strategy.Sizing.Mode == SizingMode.EquityFraction
            ? FractionOfEquity(state, position, strategy.Sizing.EquityFraction, price)
            : strategy.Sizing.FixedQuantity.Raw;
        return new Quantity(FixedPoint.FloorToStep(raw, instrument.QuantityStep.Raw));
    }

    // quantity = equity × fraction / price
    private static long FractionOfEquity(EngineState state, in Position position, Ratio fraction, Price price)
    {
        Money equity = Valuation.Equity(state, position.Account);
        bool fits = FixedPoint.TryMultiplyDivide(equity.Raw, fraction.Raw, FixedPoint.One, out long value);
        return fits && value > 0 && price.Raw > 0 && FixedPoint.TryMultiplyDivide(value, FixedPoint.One, price.Raw, out long quantity) ? quantity : 0;
    }
}
