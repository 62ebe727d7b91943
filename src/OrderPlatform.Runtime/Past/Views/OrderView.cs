using OrderPlatform.Engine;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>An open order; quantities and prices times 1e8, 0 where a price or a time is not there.</summary>
/// <param name="ClientOrderId">Our id at the venue.</param>
/// <param name="VenueOrderId">The venue's; 0 until it is known.</param>
/// <param name="RequestId">The signal or request behind it.</param>
/// <param name="ParentId">Its parent order, or 0.</param>
/// <param name="Client">Whose it is.</param>
/// <param name="Strategy">Of which strategy.</param>
/// <param name="Account">In which account.</param>
/// <param name="Instrument">Of what.</param>
/// <param name="Origin">Who wanted it.</param>
/// <param name="Side">Bought or sold.</param>
/// <param name="Type">Its type.</param>
/// <param name="TimeInForce">How long it stands.</param>
/// <param name="Status">Its state.</param>
/// <param name="InDoubt">Whether its outcome is unknown.</param>
/// <param name="Quantity">Ordered.</param>
/// <param name="Cumulative">Executed.</param>
/// <param name="Leaves">Still open.</param>
/// <param name="LimitPrice">With limit orders.</param>
/// <param name="TriggerPrice">With stops and if-touched orders.</param>
/// <param name="DecidedAtNanos">When it was decided.</param>
/// <param name="SentAtNanos">When it was sent.</param>
/// <param name="AcknowledgedAtNanos">When the venue acknowledged it.</param>
public sealed record OrderView(
    ulong ClientOrderId, ulong VenueOrderId, ulong RequestId, ulong ParentId, uint Client, uint Strategy, uint Account, uint Instrument, OrderOrigin Origin, Side Side,
    OrderType Type, TimeInForce TimeInForce, OrderStatus Status, bool InDoubt, long Quantity, long Cumulative, long Leaves, long LimitPrice, long TriggerPrice,
    long DecidedAtNanos, long SentAtNanos, long AcknowledgedAtNanos)
{
    internal static OrderView Of(EngineState state, in Order order)
    {
        ref Position position = ref state.Positions[order.Position];
        return new OrderView(
            order.ClientOrderId, order.VenueOrderId, order.RequestId, order.ParentId, state.Clients[state.Strategies[position.Strategy].Client].Id,
            state.Strategies[position.Strategy].Id, state.Accounts[position.Account].Id, state.Instruments[position.Instrument].Id, order.Origin, order.Side, order.Type,
            order.TimeInForce, order.Status, order.InDoubt, order.Quantity.Raw, order.Cumulative.Raw, order.Leaves.Raw, order.LimitPrice.Raw, order.TriggerPrice.Raw,
            order.DecidedAtNanos, order.SentAtNanos, order.AcknowledgedAtNanos);
    }
}
