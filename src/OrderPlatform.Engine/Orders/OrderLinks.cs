using OrderPlatform.Engine.Digests;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Groups of orders under a client's link number (R62, T15): peers (OCO) shrink by what one of them executes and end when nothing is left for them; the
/// fills of a primary release its secondaries for as much as it executed (OTO), and secondaries are peers of each other (bracket). Open orders of a group form
/// a ring, which an index finds by client and number. Where two legs execute more together than one may, that is said by name and given back at the market.
/// </summary>
internal static class OrderLinks
{
    private const int None = -1;

    /// <summary>An open order joins its group.</summary>
    public static void Join(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        if (order.LinkRole == LinkRole.None)
        {
            return;
        }

        order.NextLinked = row;
        ulong key = KeyOf(state, order);
        if (state.Orders.TryFindLinked(key, out int other))
        {
            // Behind the youngest, so that the ring is in the order of ids, whichever of its orders the index has.
            int youngest = other;
            for (int at = state.Orders[other].NextLinked; at != other; at = state.Orders[at].NextLinked)
            {
                youngest = state.Orders[at].ClientOrderId > state.Orders[youngest].ClientOrderId ? at : youngest;
            }

            order.NextLinked = state.Orders[youngest].NextLinked;
            state.Orders[youngest].NextLinked = row;
        }
        else
        {
            state.Orders.AddLinked(key, row);
        }
    }

    /// <summary>
    /// Whether a secondary must wait: its primary has executed nothing yet, or is still to come. Without a primary a reduce-only one goes if there is what it
    /// can reduce: then its primary has filled and ended before it came.
    /// </summary>
    public static bool MustWait(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        if (order.LinkRole != LinkRole.Secondary)
        {
            return false;
        }

        for (int at = order.NextLinked; at != row; at = state.Orders[at].NextLinked)
        {
            if (state.Orders[at].LinkRole == LinkRole.Primary)
            {
                return state.Orders[at].Cumulative.IsZero;
            }
        }

        Direction held = state.Positions[order.Position].Side;
        return !order.ReduceOnly || held != (order.Side == Side.Sell ? Direction.Long : Direction.Short);
    }

    /// <summary>An order of a group executed; the others follow. Comes after all that needs the order's row.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="order">The order as it is after the fill.</param>
    /// <param name="row">Its row.</param>
    /// <param name="filled">What executed.</param>
    public static void OnFill(EngineState state, in Order order, int row, Quantity filled)
    {
        Quantity over = Excess(order, filled);
        if (!over.IsZero)
        {
            Events.Alert(state, Severity.Critical, ReasonCode.Overfill, ExecutionReportDecoder.TemplateId, order.ClientOrderId,
                order.Quantity.Raw, order.Cumulative.Raw);
        }

        // Each change may end orders, and what follows from that may change the ring, so the walk begins anew after each.
        Quantity counts = filled - over;
        Quantity executed = order.Cumulative;
        LinkRole role = order.LinkRole;
        ulong key = KeyOf(state, order);
        ulong self = order.ClientOrderId;
        ParentOrder back = Back(order, over);
        ulong last = 0;
        while (TryFindAfter(state, key, self, ref last, out int other))
        {
            if (role == LinkRole.Primary)
            {
                Release(state, other, executed);
            }
            else if (state.Orders[other].LinkRole != LinkRole.Primary)
            {
                Shrink(state, other, counts);
            }
        }

        if (!over.IsZero)
        {
            ParentDesk.Start(state, back);
        }
    }

    /// <summary>An order of a group has ended: it leaves the ring. Secondaries of a primary that executed nothing end with it.</summary>
    public static void OnEnded(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        if (order.LinkRole == LinkRole.None)
        {
            return;
        }

        ulong key = KeyOf(state, order);
        Leave(state, key, row);
        if (order.LinkRole != LinkRole.Primary || !order.Cumulative.IsZero)
        {
            return;
        }

        ulong self = order.ClientOrderId;
        ulong last = 0;
        while (TryFindAfter(state, key, self, ref last, out int other))
        {
            if (state.Orders[other].LinkRole == LinkRole.Secondary)
            {
                OrderChanges.TryApply(state, other, OrderEventKind.Cancel, ReasonCode.LinkedOrder);
            }
        }
    }

    /// <summary>Gives an order that never left the engine another quantity.</summary>
    public static void Resize(EngineState state, int row, Quantity quantity)
    {
        ref Order order = ref state.Orders[row];
        if (quantity == order.Quantity)
        {
            return;
        }

        long openingBefore = OrderDesk.OpeningLeft(order);
        if (OrderAmends.TryAdopt(state, ref order, openingBefore, order.Cumulative.Raw, quantity.Raw - order.Cumulative.Raw, 0))
        {
            OrderDesk.Reserve(state, ref order, openingBefore);
        }
    }

    // A secondary is for as much as its primary executed.
    private static void Release(EngineState state, int row, Quantity executed)
    {
        ref Order order = ref state.Orders[row];
        if (order.LinkRole != LinkRole.Secondary)
        {
            return;
        }

        if (executed <= order.Cumulative)
        {
            // It has executed as much already: nothing is left for it.
            OrderChanges.TryApply(state, row, OrderEventKind.Cancel, ReasonCode.LinkedOrder);
            return;
        }

        if (OrderTransitions.IsAtVenue(order.Status))
        {
            OrderAmends.Want(state, row, executed);
            return;
        }

        Resize(state, row, executed);
        if (order.Status == OrderStatus.Held && order.PreviousHeld == None)
        {
            HeldOrders.Begin(state, row);
        }

        Events.Order(state, state.Orders[row]);
    }

    // A peer may execute so much less.
    private static void Shrink(EngineState state, int row, Quantity filled)
    {
        ref Order order = ref state.Orders[row];
        Quantity wanted = order.AmendQuantity.IsZero ? order.Quantity : order.AmendQuantity;
        Quantity left = wanted > filled ? wanted - filled : Quantity.Zero;
        if (left <= order.Cumulative)
        {
            OrderChanges.TryApply(state, row, OrderEventKind.Cancel, ReasonCode.LinkedOrder);
        }
        else if (OrderTransitions.IsAtVenue(order.Status))
        {
            OrderAmends.Want(state, row, left);
        }
        else
        {
            Resize(state, row, left);
            Events.Order(state, state.Orders[row]);
        }
    }

    // What a leg executed although the group had given it up: it was to be cancelled, or to be smaller.
    private static Quantity Excess(in Order order, Quantity filled)
    {
        if (order.Reason == ReasonCode.LinkedOrder)
        {
            return filled;
        }

        if (order.AmendQuantity.IsZero || order.Cumulative <= order.AmendQuantity)
        {
            return Quantity.Zero;
        }

        Quantity over = order.Cumulative - order.AmendQuantity;
        return over < filled ? over : filled;
    }

    // What gives the excess back: it reduces what the excess opened, at the market, as a parent order of its own.
    private static ParentOrder Back(in Order order, Quantity over) => new()
    {
        RequestId = order.RequestId,
        Position = order.Position,
        Origin = OrderOrigin.Contingency,
        Algorithm = ExecutionAlgorithm.Immediate,
        Side = order.Side == Side.Buy ? Side.Sell : Side.Buy,
        Type = OrderType.Market,
        TimeInForce = TimeInForce.GoodTillCancelled,
        ExitReason = ExitReason.Manual,
        Quantity = over,
    };

    private static void Leave(EngineState state, ulong key, int row)
    {
        ref Order order = ref state.Orders[row];
        int before = row;
        while (state.Orders[before].NextLinked != row)
        {
            before = state.Orders[before].NextLinked;
        }

        state.Orders[before].NextLinked = order.NextLinked;
        state.Orders.RemoveLinked(key);
        if (before != row)
        {
            state.Orders.AddLinked(key, before);
        }

        order.NextLinked = None;
    }

    // The open order of the group with the smallest id above the last one: ids do not change while the ring does.
    private static bool TryFindAfter(EngineState state, ulong key, ulong self, ref ulong last, out int found)
    {
        found = None;
        if (!state.Orders.TryFindLinked(key, out int first))
        {
            return false;
        }

        int row = first;
        do
        {
            ulong id = state.Orders[row].ClientOrderId;
            if (id != self && id > last && (found == None || id < state.Orders[found].ClientOrderId))
            {
                found = row;
            }

            row = state.Orders[row].NextLinked;
        }
        while (row != first);

        last = found == None ? last : state.Orders[found].ClientOrderId;
        return found != None;
    }

    /// <summary>Where the index has an order's group.</summary>
    public static ulong KeyOf(EngineState state, in Order order)
    {
        DigestBuilder digest = default;
        digest.Add((long)state.Strategies[state.Positions[order.Position].Strategy].Client);
        digest.Add(order.LinkId);
        return digest.Value;
    }
}
