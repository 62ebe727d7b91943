using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>What the venue, and for what opens the limits of client and strategy, ask of the smallest order (T12, T14).</summary>
internal static class Lots
{
    /// <summary>The rules for a part of a parent at a position.</summary>
    public static LotRules Of(EngineState state, in ParentOrder parent, int position)
    {
        ref Position held = ref state.Positions[position];
        ref Instrument instrument = ref state.Instruments[held.Instrument];
        Quantity least = instrument.MinimumQuantity;
        if (!parent.Opening.IsZero)
        {
            ref Strategy strategy = ref state.Strategies[held.Strategy];
            long limit = Math.Max(strategy.Limits.MinimumOrderQuantity.Raw, state.Clients[strategy.Client].Limits.MinimumOrderQuantity.Raw);
            least = new Quantity(Math.Max(least.Raw, limit));
        }

        return new LotRules(instrument.QuantityStep, least, instrument.MinimumNotional);
    }

    /// <summary>
    /// The price that makes a value of a quantity, for functions that know price × quantity only: of a contract price × multiplier, or multiplier / price where
    /// it is inverse. Rounded down, so that smallest orders are not too small.
    /// </summary>
    public static Price UnitPrice(in Instrument instrument, Price price)
    {
        if (instrument.Kind == InstrumentKind.Spot || price.IsZero)
        {
            return price;
        }

        bool fits = instrument.Kind == InstrumentKind.Linear
            ? FloorDivision.TryMultiplyDivide(price.Raw, instrument.Multiplier.Raw, FixedPoint.One, out long raw)
            : FloorDivision.TryMultiplyDivide(instrument.Multiplier.Raw, FixedPoint.One, price.Raw, out raw);
        return new Price(fits ? raw : 0);
    }
}
