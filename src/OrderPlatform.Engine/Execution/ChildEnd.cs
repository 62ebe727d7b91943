using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>How an order of a parent ended.</summary>
/// <param name="Status">Its state.</param>
/// <param name="Reason">Why.</param>
/// <param name="WasAsked">Whether somebody had asked for its end, not the venue.</param>
internal readonly record struct ChildEnd(OrderStatus Status, ReasonCode Reason, bool WasAsked)
{
    /// <summary>Reads it from an order that ended; its row may be another's soon.</summary>
    public static ChildEnd Of(in Order order, ReasonCode reason) => new(order.Status, reason, order.StatusBeforeCancel != 0);

    /// <summary>Whether the venue refused it for a reason that may pass (R52, D15). Nothing of it can execute, and its outcome is known.</summary>
    public bool MayPass =>
        Status == OrderStatus.Rejected && Reason is ReasonCode.RejectedByVenue or ReasonCode.Throttled or ReasonCode.VenueDown or ReasonCode.WouldCross;
}
