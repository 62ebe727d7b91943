using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>Sends a part of a parent order.</summary>
internal static class Parts
{
    /// <summary>Sends a part with the position as it is now.</summary>
    /// <returns><see cref="ReasonCode.None"/>, or why not all of it went out.</returns>
    public static ReasonCode Send(EngineState state, int row, Quantity quantity, OrderType type)
    {
        ref ParentOrder parent = ref state.Parents[row];
        Quantity closable = Closable.At(state, parent, parent.Position);
        Quantity closing = closable < quantity ? closable : quantity;
        Quantity opening = quantity - closing;
        ProposedOrder proposed = ChildOrders.Proposed(state, parent, parent.Position, closing, opening, type);
        return ChildOrders.Passes(state, ref proposed, parent.Origin == OrderOrigin.Intent) ? ChildOrders.Send(state, row, proposed, type) : ReasonCode.Leftover;
    }
}
