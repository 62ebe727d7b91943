using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>An open order as it is at the venue.</summary>
/// <param name="Terms">What was sent, with what amends have changed; its display quantity is what it shows at most.</param>
/// <param name="VenueOrderId">The venue's id.</param>
/// <param name="CumulativeQuantity">Executed so far.</param>
/// <param name="PreventedQuantity">Taken by self-trade prevention so far.</param>
/// <param name="LeavesQuantity">Still open: quantity = cumulative + prevented + leaves.</param>
/// <param name="IsWaiting">It waits for its trigger.</param>
/// <param name="ExtremePrice">Trailing stop: the best price since it began to follow; zero before.</param>
/// <param name="QueueAhead">Quantity of others ahead of it at its price; <c>null</c>: not known, or not resting in a market of trades and quotes.</param>
public readonly record struct VenueOrderView(
    VenueOrder Terms,
    ulong VenueOrderId,
    Quantity CumulativeQuantity,
    Quantity PreventedQuantity,
    Quantity LeavesQuantity,
    bool IsWaiting,
    Price ExtremePrice,
    Quantity? QueueAhead)
{
    internal VenueOrderView(OpenOrder order)
        : this(
            order.Terms,
            order.VenueOrderId,
            new Quantity(order.CumulativeRaw),
            new Quantity(order.PreventedRaw),
            new Quantity(order.LeavesRaw),
            order.IsPending,
            new Price(order.ExtremeRaw),
            order.QueueAheadRaw == OpenOrder.UnknownQueue ? null : new Quantity(order.QueueAheadRaw))
    {
    }
}
