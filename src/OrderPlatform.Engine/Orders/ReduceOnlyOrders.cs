using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Keeps orders that only reduce a position in line with it (T15): without a position none stays open, and one at a venue that does not know the flag
/// becomes no larger than the position. Held ones shrink when they fire.
/// </summary>
internal static class ReduceOnlyOrders
{
    /// <summary>A position has changed. Walks all orders: called only where the position has such an order.</summary>
    public static void OnPosition(EngineState state, int positionRow)
    {
        int rows = state.Orders.Rows.Length;
        for (int row = 0; row < rows && state.Positions[positionRow].ReduceOnlyOrders > 0; row++)
        {
            ref Order order = ref state.Orders[row];
            if (order.Position == positionRow && order.ReduceOnly && order.IsOpen && !IsWaiting(order))
            {
                Follow(state, row);
            }
        }
    }

    private static void Follow(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        ref Position position = ref state.Positions[order.Position];
        bool reduces = position.Side == (order.Side == Side.Sell ? Direction.Long : Direction.Short);
        long step = state.Instruments[position.Instrument].QuantityStep.Raw;
        Quantity most = reduces ? new Quantity(FixedPoint.FloorToStep(position.Quantity.Abs().Raw, step)) : Quantity.Zero;
        if (most.IsZero)
        {
            OrderChanges.TryApply(state, row, OrderEventKind.Cancel, ReasonCode.NotReducing);
            return;
        }

        bool isNative = state.Venues[state.Instruments[position.Instrument].Venue].Features.HasFlag(VenueFeatures.ReduceOnly);
        if (!isNative && OrderTransitions.IsAtVenue(order.Status) && order.Leaves > most)
        {
            OrderAmends.Want(state, row, order.Cumulative + most);
        }
    }

    // A secondary whose primary has not filled: the position that it will reduce is still to come.
    private static bool IsWaiting(in Order order) =>
        order.LinkRole == LinkRole.Secondary && order.Status == OrderStatus.Held && order.PreviousHeld < 0;
}
