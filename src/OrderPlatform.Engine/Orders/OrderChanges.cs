using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Performance;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>The news that an order's change is said with.</summary>
/// <param name="Fill">The fill, or none.</param>
/// <param name="Liquidity">Of the fill.</param>
/// <param name="VenueTradeId">Of the fill.</param>
/// <param name="VenueTimeNanos">Of the report; 0 if there is none.</param>
/// <param name="IsEstimated">Whether the fill is an estimate.</param>
internal readonly record struct OrderNews(Fill Fill, Liquidity Liquidity, ulong VenueTradeId, long VenueTimeNanos, bool IsEstimated = false);

/// <summary>What a cell made of an order.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Before">The state before.</param>
/// <param name="WasOpen">Whether it was open before.</param>
/// <param name="Reason">Why.</param>
/// <param name="HasEnded">Whether the cell ended it.</param>
internal readonly record struct OrderMove(OrderCell Cell, OrderStatus Before, bool WasOpen, ReasonCode Reason, bool HasEnded);

/// <summary>Moves orders by the cells of the state table, and keeps all that depends on their states.</summary>
internal static class OrderChanges
{
    /// <summary>Applies an event of the engine's own that has a meaning in the order's state.</summary>
    /// <returns>Whether it had one.</returns>
    public static bool TryApply(EngineState state, int row, OrderEventKind kind, ReasonCode reason)
    {
        ref Order order = ref state.Orders[row];
        OrderCell cell = OrderTransitions.Of(order, kind);
        if (cell.IsNothing || cell.Has(OrderEffects.Late))
        {
            return false;
        }

        Apply(state, row, cell, OrderDesk.OpeningLeft(order), reason, default);
        return true;
    }

    /// <summary>Applies a cell. Comes last: what waited for the order's end may send another one, which may take its row.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="row">The order, whose fill is booked or whose new quantities are adopted already.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="openingBefore">What could still increase exposure before.</param>
    /// <param name="reason">Why, where the cell ends the order or refuses a request; None keeps what is there.</param>
    /// <param name="news">What came with it.</param>
    public static void Apply(EngineState state, int row, in OrderCell cell, long openingBefore, ReasonCode reason, in OrderNews news) =>
        Follow(state, row, Move(state, row, cell, openingBefore, reason, news), news);

    /// <summary>The first half: the order's own change, which is said. <see cref="Follow"/> must come after it.</summary>
    public static OrderMove Move(EngineState state, int row, in OrderCell cell, long openingBefore, ReasonCode reason, in OrderNews news)
    {
        ref Order order = ref state.Orders[row];
        OrderStatus before = order.Status;
        bool wasOpen = order.IsOpen;
        if (cell.Has(OrderEffects.Release))
        {
            Release(state, row);
        }

        if (cell.Has(OrderEffects.Return) && order.CancelQueued)
        {
            // The refusal of an earlier cancel: the one that waits goes with it.
            RequestQueue.Remove(state, row);
        }

        if (cell.Has(OrderEffects.AskCancel) && order.Status != OrderStatus.PendingCancel)
        {
            order.StatusBeforeCancel = order.Status;
        }

        order.Status = OrderTransitions.Next(order, cell);
        Note(state, ref order, cell, reason, wasOpen);
        OrderDesk.Reserve(state, ref order, openingBefore);
        if (cell.Has(OrderEffects.AskCancel))
        {
            AskCancel(state, row);
        }

        Tell(state, order, news);
        return new OrderMove(cell, before, wasOpen, reason, wasOpen && !order.IsOpen);
    }

    /// <summary>The second half: all that follows from the change. Comes last.</summary>
    public static void Follow(EngineState state, int row, in OrderMove move, in OrderNews news)
    {
        if (!move.WasOpen)
        {
            // Nothing keeps the row of an order that had ended, once others may send.
            OrderTimers.Arm(state, row);
            FollowFill(state, row, news.Fill);
            return;
        }

        FollowFill(state, row, news.Fill);
        FollowRequests(state, row, move);
        if (move.HasEnded)
        {
            // One that ended by what followed was finished there, and another may have its row.
            Finish(state, row);
        }
    }

    /// <summary>Says an order's state.</summary>
    public static void Tell(EngineState state, in Order order, in OrderNews news) =>
        Events.Order(state, order, news.Fill, news.Liquidity, news.Fill.Quantity.IsZero ? 0 : news.VenueTradeId, news.VenueTimeNanos, news.IsEstimated);

    // What the cell changes in the row.
    private static void Note(EngineState state, ref Order order, in OrderCell cell, ReasonCode reason, bool wasOpen)
    {
        if (cell.Has(OrderEffects.Acknowledge))
        {
            Acknowledge(state, ref order);
        }

        if (cell.Has(OrderEffects.RefuseAmend))
        {
            OrderAmends.Forget(ref order);
        }

        if (order.IsOpen && cell.Has(OrderEffects.Adopt) && order.Leaves.IsZero)
        {
            // Amended down to what had executed meanwhile: nothing is left at the venue.
            order.Status = OrderStatus.Filled;
        }

        if (!order.IsOpen)
        {
            order.Ended = order.Quantity > order.Cumulative ? order.Quantity - order.Cumulative : Quantity.Zero;
        }

        if (reason != ReasonCode.None && wasOpen && !cell.Has(OrderEffects.Doubt))
        {
            order.Reason = reason;
        }

        if (wasOpen && !order.IsOpen)
        {
            Count(state, order);
        }
    }

    private static void Acknowledge(EngineState state, ref Order order)
    {
        Breakers.OnAcknowledged(state, ref order);
        if (order.AcknowledgedAtNanos == 0)
        {
            order.AcknowledgedAtNanos = state.NowNanos;
            ref Tally tally = ref state.Positions.TallyOf(order.Position);
            tally.Acknowledged++;
            tally.AcknowledgeNanos += order.SentAtNanos == 0 ? 0 : (ulong)(state.NowNanos - order.SentAtNanos);
        }

        if (order.Status == OrderStatus.PendingCancel)
        {
            order.StatusBeforeCancel = order.Cumulative.IsZero ? OrderStatus.Working : OrderStatus.PartiallyFilled;
        }
    }

    private static void Count(EngineState state, in Order order)
    {
        ref Tally tally = ref state.Positions.TallyOf(order.Position);
        switch (order.Status)
        {
            case OrderStatus.Filled:
                tally.Filled++;
                break;
            case OrderStatus.Rejected:
                tally.Rejected++;
                break;
            default:
                tally.Cancelled++;
                break;
        }
    }

    private static void FollowFill(EngineState state, int row, in Fill fill)
    {
        if (fill.Quantity.IsZero)
        {
            return;
        }

        Order order = state.Orders[row];
        ParentDesk.OnFill(state, row, fill);
        RiskMonitor.OnFilled(state, order.Position);
        if (order.LinkRole != LinkRole.None)
        {
            OrderLinks.OnFill(state, order, row, fill.Quantity);
        }
    }

    // What the cell asks of others once the new state is said.
    private static void FollowRequests(EngineState state, int row, in OrderMove move)
    {
        ref Order order = ref state.Orders[row];
        if (move.Cell.Has(OrderEffects.Requeue))
        {
            RequestQueue.Return(state, row);
        }

        bool isMissing = order.Reported > order.Cumulative;
        if (move.Cell.Has(OrderEffects.Doubt) || (isMissing && OrderTransitions.IsAtVenue(order.Status)))
        {
            OrderDoubt.Enter(state, row, isMissing ? ReasonCode.FillGap : move.Reason);
        }
        else if (move.Cell.Has(OrderEffects.Settle) && order.IsOpen)
        {
            OrderDoubt.TrySettle(state, row, answered: false);
        }

        bool hasMoved = move.Before != order.Status || move.Cell.Has(OrderEffects.RefuseAmend | OrderEffects.Adopt);
        if (hasMoved && order.IsOpen)
        {
            OrderTimers.Arm(state, row);
        }
    }

    private static void AskCancel(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        if (!order.InDoubt || (order.StatusBeforeCancel != OrderStatus.PendingNew && !ClientOf(state, order).Reconciling))
        {
            RequestQueue.Cancel(state, row);
        }
    }

    private static void Release(EngineState state, int row)
    {
        if (state.Orders[row].Status == OrderStatus.Held)
        {
            HeldOrders.Remove(state, row);
        }
        else
        {
            RequestQueue.Remove(state, row);
        }
    }

    // What waited for the end goes on: the rest of the group, the parent order, the intent of the position.
    private static void Finish(EngineState state, int row)
    {
        int positionRow = state.Orders[row].Position;
        ReasonCode reason = state.Orders[row].Reason;
        int parent = state.Orders[row].Parent;
        ulong parentId = state.Orders[row].ParentId;
        bool wasInDoubt = state.Orders[row].InDoubt;
        bool isComplete = OrderDoubt.Settle(state, row);
        if (state.Orders[row].CancelQueued)
        {
            RequestQueue.Remove(state, row);
        }

        OrderDoubt.AskForFills(state, row);
        if (state.Orders[row].Status == OrderStatus.Rejected && state.Orders[row].SentAtNanos != 0)
        {
            Breakers.OnReject(state, ref state.Orders[row]);
        }

        Breakers.OnEnded(state, ref state.Orders[row]);
        OrderLinks.OnEnded(state, row);
        state.Orders.End(ref ClientOf(state, state.Orders[row]), row);
        state.Strategies[state.Positions[positionRow].Strategy].OpenOrders--;
        state.Positions[positionRow].ReduceOnlyOrders -= state.Orders[row].ReduceOnly ? 1u : 0u;
        int client = state.Strategies[state.Positions[positionRow].Strategy].Client;
        ParentDesk.OnOrderEnded(state, row, reason);
        if (isComplete)
        {
            Reconciliation.Resume(state, client);
        }
        else if (wasInDoubt && parent >= 0 && state.Parents[parent].Id == parentId)
        {
            ParentSteps.AfterDoubt(state, parent);
        }
    }

    /// <summary>The client whose order it is.</summary>
    public static ref Client ClientOf(EngineState state, in Order order) =>
        ref state.Clients[state.Strategies[state.Positions[order.Position].Strategy].Client];
}
