using OrderPlatform.Engine.Execution.Routing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>What an order can still close of a position. What open orders will close already cannot be closed twice: beyond it an order opens the other side.</summary>
internal static class Closable
{
    /// <summary>For an order of a parent. A position has one intent at a time, so only the parent's own orders count; for requests, and where intents of one
    /// position send orders to others, all do.</summary>
    public static Quantity At(EngineState state, in ParentOrder parent, int position)
    {
        if (!Reduces(state, position, parent.Side))
        {
            return Quantity.Zero;
        }

        long closing = 0;
        if ((parent.Origin != OrderOrigin.Intent && !parent.ReduceOnly) || Routes.IsRouted(state, parent))
        {
            closing = OrderDesk.ClosingLeft(state, position, parent.Side);
        }
        else
        {
            for (int row = parent.FirstOrder; row >= 0; row = state.Orders[row].NextOfParent)
            {
                ref Order order = ref state.Orders[row];
                closing += order.Position == position && order.Leaves.Raw > 0 ? order.Leaves.Raw - OrderDesk.OpeningLeft(order) : 0;
            }
        }

        long left = FixedPoint.FloorToStep(state.Positions[position].Quantity.Abs().Raw, state.Instruments[state.Positions[position].Instrument].QuantityStep.Raw) - closing;
        return new Quantity(left > 0 ? left : 0);
    }

    /// <summary>For a request of so much.</summary>
    public static Quantity Of(EngineState state, int position, Side side, Quantity wanted)
    {
        if (!Reduces(state, position, side))
        {
            return Quantity.Zero;
        }

        long left = state.Positions[position].Quantity.Abs().Raw - OrderDesk.ClosingLeft(state, position, side);
        return left <= 0 ? Quantity.Zero : wanted.Raw < left ? wanted : new Quantity(left);
    }

    private static bool Reduces(EngineState state, int position, Side side) =>
        state.Positions[position].Side == (side == Side.Buy ? Direction.Short : Direction.Long);
}
