using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>The price of a parent's orders: that of the request, else the strategy's distance from the mark; of a market order the mark, of a stop its trigger.</summary>
internal static class ChildPrice
{
    /// <summary>The price at a position, for checks and for the order; zero while no mark is known.</summary>
    public static Price Of(EngineState state, in ParentOrder parent, int position, OrderType type)
    {
        ref Position held = ref state.Positions[position];
        ref Instrument instrument = ref state.Instruments[held.Instrument];
        return type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched
            ? !parent.LimitPrice.IsZero ? parent.LimitPrice : Resting(state.Strategies[held.Strategy], instrument, parent.Side)
            : parent.TriggerPrice.IsZero ? instrument.Mark : parent.TriggerPrice;
    }

    /// <summary>A buy rests below the mark and a sell above it: the distance is a fraction of the mark, and rounding goes away from the market.</summary>
    public static Price Resting(in Strategy strategy, in Instrument instrument, Side side)
    {
        if (!FixedPoint.TryMultiplyDivide(instrument.Mark.Raw, strategy.Execution.LimitOffset.Raw, FixedPoint.One, out long distance))
        {
            distance = 0;
        }

        // A mark of less than a tick still leaves a price.
        return new Price(side == Side.Buy
            ? Math.Max(instrument.PriceTick.Raw, FixedPoint.FloorToStep(instrument.Mark.Raw - distance, instrument.PriceTick.Raw))
            : FixedPoint.CeilingToStep(instrument.Mark.Raw + distance, instrument.PriceTick.Raw));
    }
}
