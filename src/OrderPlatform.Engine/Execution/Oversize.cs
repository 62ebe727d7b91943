using System;
using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine.Execution;

/// <summary>How large one order may be (D3, R81): the venue's maxima, and for what opens those of strategy and client.</summary>
internal static class Oversize
{
    /// <summary>Whether an order is above a maximum, and the strategy wants such orders split.</summary>
    public static bool MustSplit(EngineState state, int position, Quantity closing, Quantity opening, Price price)
    {
        if (!state.Strategies[state.Positions[position].Strategy].Execution.SplitOversized)
        {
            return false;
        }

        Price unit = Lots.UnitPrice(state.Instruments[state.Positions[position].Instrument], price);
        Int128 whole = (Int128)closing.Raw + opening.Raw;
        return IsAbove(whole, unit, Limits(state, position, Quantity.Zero, unit)) || IsAbove(opening.Raw, unit, Limits(state, position, opening, unit));
    }

    /// <summary>The maxima for an order.</summary>
    public static SplitLimits Limits(EngineState state, int position, Quantity opening, Price unit)
    {
        ref Position held = ref state.Positions[position];
        ref Instrument instrument = ref state.Instruments[held.Instrument];
        long quantity = long.MaxValue;
        long value = instrument.MaximumNotional.Raw >= Bounds.MoneyMax ? long.MaxValue : instrument.MaximumNotional.Raw;
        if (!opening.IsZero)
        {
            ref Strategy strategy = ref state.Strategies[held.Strategy];
            ref Client client = ref state.Clients[strategy.Client];
            quantity = Math.Min(strategy.Limits.MaximumOrderQuantity.Raw, client.Limits.MaximumOrderQuantity.Raw);
            value = Math.Min(value, Math.Min(strategy.Limits.MaximumOrderNotional.Raw, client.Limits.MaximumOrderNotional.Raw));
        }

        // Without a price no value is known: only what closes goes out then.
        return new SplitLimits(
            new Quantity(quantity == long.MaxValue ? 0 : quantity), new Money(value == long.MaxValue || unit.IsZero ? 0 : value), instrument.MaximumQuantity);
    }

    private static bool IsAbove(Int128 quantity, Price unit, in SplitLimits limits) =>
        quantity > limits.VenueMaximum.Raw
        || (limits.MaximumQuantity.Raw > 0 && quantity > limits.MaximumQuantity.Raw)
        || (limits.MaximumValue.Raw > 0 && quantity * unit.Raw > (Int128)limits.MaximumValue.Raw * FixedPoint.One);
}
