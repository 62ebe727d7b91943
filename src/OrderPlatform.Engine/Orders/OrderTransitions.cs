using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// The order state machine: what each report makes of each state.
/// <code>
///                  Accepted  Rejected   Fill(part)       Fill(all) Cancelled  Expired  CancelRejected
/// PendingNew       Working   Rejected   PartiallyFilled  Filled    Cancelled  Expired  late
/// Working          same      late       PartiallyFilled  Filled    Cancelled  Expired  late
/// PartiallyFilled  same      late       PartiallyFilled  Filled    Cancelled  Expired  late
/// PendingCancel    same      Rejected   PendingCancel    Filled    Cancelled  Expired  the state before
/// Filled           late      late       Filled           Filled    late       late     same
/// Cancelled        late      late       Cancelled        Filled    late       late     same
/// Rejected         late      late       Rejected         Filled    late       late     same
/// Expired          late      late       Expired          Filled    late       late     same
/// </code>
/// "late" changes nothing and is reported. A fill is always booked, whatever the state (T17). Amended and AmendRejected change no state, but
/// an order that was amended down to what had executed is Filled.
/// </summary>
public static class OrderTransitions
{
    /// <summary>Whether an order in this state can still execute.</summary>
    public static bool IsOpen(OrderStatus status) =>
        status is OrderStatus.PendingNew or OrderStatus.Working or OrderStatus.PartiallyFilled or OrderStatus.PendingCancel;

    /// <summary>The state after a report.</summary>
    /// <param name="order">The order, with the report's fill booked already.</param>
    /// <param name="kind">What the report says.</param>
    /// <param name="next">The state after it.</param>
    /// <returns><c>false</c> if the report comes late: it changes nothing and is reported.</returns>
    public static bool TryNext(in Order order, ExecutionKind kind, out OrderStatus next)
    {
        next = order.Status;
        return kind == ExecutionKind.Fill ? NextOfFill(order, ref next) : IsOpen(order.Status) ? NextOfOpen(order, kind, ref next) : IsEndedSame(kind);
    }

    private static bool NextOfFill(in Order order, ref OrderStatus next)
    {
        if (order.Cumulative >= order.Quantity)
        {
            next = OrderStatus.Filled;
        }
        else if (order.Status is OrderStatus.PendingNew or OrderStatus.Working)
        {
            next = OrderStatus.PartiallyFilled;
        }

        return true;
    }

    private static bool NextOfOpen(in Order order, ExecutionKind kind, ref OrderStatus next)
    {
        switch (kind)
        {
            case ExecutionKind.Accepted:
                next = order.Status == OrderStatus.PendingNew ? OrderStatus.Working : order.Status;
                return true;
            case ExecutionKind.Rejected when order.Status == OrderStatus.PendingNew || order is { Status: OrderStatus.PendingCancel, StatusBeforeCancel: OrderStatus.PendingNew }:
                next = OrderStatus.Rejected;
                return true;
            case ExecutionKind.Cancelled:
                next = OrderStatus.Cancelled;
                return true;
            case ExecutionKind.Expired:
                next = OrderStatus.Expired;
                return true;
            case ExecutionKind.CancelRejected when order.Status == OrderStatus.PendingCancel:
                next = order.Cumulative.IsZero ? order.StatusBeforeCancel : OrderStatus.PartiallyFilled;
                return true;
            case ExecutionKind.Amended or ExecutionKind.AmendRejected:
                return true;
            default:
                return false;
        }
    }

    // A cancel that lost the race against the order's end is no news.
    private static bool IsEndedSame(ExecutionKind kind) => kind == ExecutionKind.CancelRejected;
}
