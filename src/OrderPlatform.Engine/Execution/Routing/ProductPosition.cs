using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution.Routing;

/// <summary>What a strategy holds of a product: with smart routing the sum over its venues, else its position.</summary>
internal static class ProductPosition
{
    /// <summary>The quantity, signed, held to 64 bits.</summary>
    public static Quantity Of(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        int own = position.Instrument;
        if (state.Strategies[position.Strategy].Execution.Routing is not (RoutingMode.BestPrice or RoutingMode.Liquidity)
            || state.Instruments[own].NextOfProduct == own)
        {
            return position.Quantity;
        }

        Int128 sum = position.Quantity.Raw;
        for (int other = state.Instruments[own].NextOfProduct; other != own; other = state.Instruments[other].NextOfProduct)
        {
            sum += state.Positions.TryFind(position.Strategy, other, position.Leg, out int held) ? state.Positions[held].Quantity.Raw : 0;
        }

        return new Quantity(Valuation.Hold(sum).Raw);
    }

    /// <summary>Its side.</summary>
    public static Direction SideOf(EngineState state, int row)
    {
        long held = Of(state, row).Raw;
        return held > 0 ? Direction.Long : held < 0 ? Direction.Short : Direction.Neutral;
    }
}
