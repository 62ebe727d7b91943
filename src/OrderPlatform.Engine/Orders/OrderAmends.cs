using System;
using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Amends as state (R63, R64): what is asked for stands in the order until the venue says yes or no, and one at a time. What never left the engine is
/// changed at once. An amend that was lost in a crash is asked for again when the order is known again.
/// </summary>
internal static class OrderAmends
{
    /// <summary>Asks for other numbers; they are sane and passed the checks.</summary>
    /// <returns>None, or why it was not asked for.</returns>
    public static ReasonCode Ask(EngineState state, int row, Quantity quantity, Price limit, Price trigger)
    {
        ref Order order = ref state.Orders[row];
        OrderCell cell = OrderTransitions.Of(order, OrderEventKind.Amend);
        if (!cell.Has(OrderEffects.AskAmend))
        {
            return order.Status == OrderStatus.PendingCancel ? ReasonCode.AmendRefused : ReasonCode.OrderNotOpen;
        }

        if (!order.AmendQuantity.IsZero)
        {
            return ReasonCode.AmendPending;
        }

        if (order.InDoubt)
        {
            return ReasonCode.OutcomeUnknown;
        }

        if (OrderTransitions.IsAtVenue(order.Status))
        {
            if (!RequestQueue.TryAmend(state, row))
            {
                return ReasonCode.Throttled;
            }

            Put(ref order, quantity, limit, trigger);
            VenueRequests.Amend(state, order);
            OrderTimers.Arm(state, row);
            return ReasonCode.None;
        }

        Put(ref order, quantity, limit, trigger);
        long openingBefore = OrderDesk.OpeningLeft(order);
        bool isTaken = TryAdopt(state, ref order, openingBefore, order.Cumulative.Raw, quantity.Raw - order.Cumulative.Raw, limit.Raw);
        Forget(ref order);
        if (!isTaken)
        {
            return ReasonCode.ArithmeticOverflow;
        }

        OrderDesk.Reserve(state, ref order, openingBefore);
        Events.Order(state, order);
        return ReasonCode.None;
    }

    /// <summary>The venue has other numbers: an amend of ours, or one by its own hand.</summary>
    /// <returns><c>false</c> if the numbers cannot be right: they are reported and nothing has changed.</returns>
    public static bool TryTake(EngineState state, int row, long openingBefore, in ExecutionReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        long limit = report.TryGetPrice(out long price) ? price : order.AmendQuantity.IsZero ? 0 : order.AmendPrice.Raw;
        if (!TryAdopt(state, ref order, openingBefore, report.CumulativeQuantity, report.LeavesQuantity, limit))
        {
            return false;
        }

        // The group may have made the order smaller, or larger, while this amend was under way.
        Quantity wanted = order.LinkRole != LinkRole.None && order.AmendQuantity > order.Cumulative ? order.AmendQuantity : order.Quantity;
        Forget(ref order);
        Want(state, row, wanted);
        return true;
    }

    /// <summary>The order's group wants it to have another quantity at its venue.</summary>
    public static void Want(EngineState state, int row, Quantity quantity)
    {
        ref Order order = ref state.Orders[row];
        if (order.Status == OrderStatus.PendingCancel || (order.AmendQuantity.IsZero ? order.Quantity : order.AmendQuantity) == quantity)
        {
            return;
        }

        bool isUnderWay = !order.AmendQuantity.IsZero;
        Put(ref order, quantity, isUnderWay ? order.AmendPrice : order.LimitPrice, isUnderWay ? order.AmendTrigger : order.TriggerPrice);
        if (isUnderWay || order.InDoubt)
        {
            // It is asked for when the one that is under way was answered.
            return;
        }

        if (RequestQueue.TryAmend(state, row))
        {
            VenueRequests.Amend(state, order);
            OrderTimers.Arm(state, row);
        }
        else
        {
            // An order that cannot be made smaller now must not stand as it is.
            Forget(ref order);
            OrderChanges.TryApply(state, row, OrderEventKind.Cancel, ReasonCode.LinkedOrder);
        }
    }

    /// <summary>Whether an amend may be lost that could not be asked for again now, or that must not be because the doubt will not end.</summary>
    public static bool MustWait(EngineState state, in Order order) =>
        !order.AmendQuantity.IsZero
        && (order.Reported > order.Cumulative || RequestBudgets.WhenFree(state, order, RequestKind.Amend) > state.NowNanos);

    /// <summary>An order in doubt is known to work: its amend under way either counts by now, or was lost and is asked for again.</summary>
    public static void Resolve(EngineState state, ref Order order)
    {
        if (order.AmendQuantity.IsZero)
        {
            return;
        }

        bool counts = order.AmendQuantity == order.Quantity && (!OrderKinds.HasLimit(order.Type) || order.AmendPrice == order.LimitPrice);
        if (counts || order.AmendQuantity <= order.Cumulative || order.Status == OrderStatus.PendingCancel)
        {
            Forget(ref order);
            return;
        }

        RequestBudgets.Take(state, order, RequestKind.Amend);
        VenueRequests.Amend(state, order);
    }

    /// <summary>No amend is under way any more.</summary>
    public static void Forget(ref Order order)
    {
        order.AmendQuantity = Quantity.Zero;
        order.AmendPrice = Price.Zero;
        order.AmendTrigger = Price.Zero;
    }

    /// <summary>Gives an order the quantity and the limit that its venue has for it.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="order">The order.</param>
    /// <param name="openingBefore">What could still increase exposure before.</param>
    /// <param name="cumulative">The venue's executed quantity.</param>
    /// <param name="leaves">The venue's open quantity.</param>
    /// <param name="limit">Its limit; what is no price is not taken.</param>
    /// <returns><c>false</c> if the numbers cannot be right: they are reported and nothing has changed.</returns>
    public static bool TryAdopt(EngineState state, ref Order order, long openingBefore, long cumulative, long leaves, long limit)
    {
        Int128 quantity = (Int128)cumulative + leaves;
        if (quantity < order.Cumulative.Raw || quantity > Bounds.QuantityMax || quantity <= 0)
        {
            Events.Alert(
                state, Severity.Warning, ReasonCode.InvalidValue, ExecutionReportDecoder.TemplateId, order.ClientOrderId, order.Cumulative.Raw, leaves);
            return false;
        }

        // A changed quantity changes what opens: the part that closes comes first.
        Order amended = order;
        Quantity closing = order.Quantity - order.Opening;
        amended.Quantity = new Quantity((long)quantity);
        amended.Opening = amended.Quantity > closing ? amended.Quantity - closing : Quantity.Zero;
        if (OrderKinds.HasLimit(order.Type) && Bounds.IsPrice(limit))
        {
            amended.LimitPrice = new Price(limit);
            amended.ReservePrice = amended.LimitPrice;
        }

        if (!order.AmendTrigger.IsZero)
        {
            amended.TriggerPrice = order.AmendTrigger;
            amended.ReservePrice = OrderKinds.HasLimit(order.Type) ? amended.ReservePrice : order.AmendTrigger;
        }

        if (!OrderDesk.HasRoom(state, amended, openingBefore))
        {
            Events.Alert(state, Severity.Critical, ReasonCode.ArithmeticOverflow, ExecutionReportDecoder.TemplateId, order.ClientOrderId,
                order.Quantity.Raw, amended.Quantity.Raw);
            return false;
        }

        Quantity before = order.Quantity;
        order = amended;
        if (before != order.Quantity)
        {
            ParentDesk.OnAmended(state, order, before);
        }

        return true;
    }

    private static void Put(ref Order order, Quantity quantity, Price limit, Price trigger)
    {
        order.AmendQuantity = quantity;
        order.AmendPrice = limit;
        order.AmendTrigger = trigger;
    }
}
