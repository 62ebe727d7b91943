using OrderPlatform.Messages;
using static OrderPlatform.Engine.Orders.OrderEffects;
using static OrderPlatform.Messages.OrderStatus;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// The order state table (R63, R64): each event in each state has one cell, and nothing moves an order but a cell. <c>Orders/README.md</c> shows the whole
/// table; a test compares the two and another goes through every cell. Beside its state an order may be in doubt; answers of a venue count only then.
/// </summary>
public static class OrderTransitions
{
    /// <summary>Columns of the table.</summary>
    public const int Columns = 8;

    private const int Ended = Columns - 1;

    private static readonly OrderCell Nothing = Stay(None);
    private static readonly OrderCell TooLate = Stay(Late);

    // One line an event, in the order of OrderEventKind: Held, Queued, PendingNew, Working, PartiallyFilled, PendingCancel, PendingCancel of an order
    // that was never acknowledged, and all states that have ended.
    private static readonly OrderCell[][] Lines =
    [
        /* FillPart */
        [Stay(Book | Late), To(PartiallyFilled, Book | Acknowledge | Settle | Release), To(PartiallyFilled, Book | Acknowledge | Settle),
            To(PartiallyFilled, Book | Settle), Stay(Book | Settle), Stay(Book | Acknowledge), Stay(Book | Acknowledge), Stay(Book | Late)],
        /* FillAll */
        [To(Filled, Book | Late | Release), To(Filled, Book | Acknowledge | Settle | Release), To(Filled, Book | Acknowledge | Settle),
            To(Filled, Book | Settle), To(Filled, Book | Settle), To(Filled, Book | Settle), To(Filled, Book | Acknowledge | Settle), To(Filled, Book | Late)],
        /* Accepted */
        [TooLate, To(Working, Acknowledge | Settle | Release), To(Working, Acknowledge | Settle), Stay(Settle), Stay(Settle), Stay(Confirm),
            Stay(Acknowledge), TooLate],
        /* Triggered */
        [TooLate, To(Working, Acknowledge | Settle | Release), To(Working, Acknowledge | Settle), Stay(Settle), Stay(Settle), Stay(Confirm),
            Stay(Acknowledge), TooLate],
        /* Rejected */
        [TooLate, To(Rejected, End | Settle | Release), To(Rejected, End | Settle), TooLate, TooLate, TooLate, To(Rejected, End | Settle), TooLate],
        /* Cancelled */
        [TooLate, To(Cancelled, End | Settle | Release), .. Five(To(Cancelled, End | Settle)), TooLate],
        /* Expired */
        [TooLate, To(Expired, End | Settle | Release), .. Five(To(Expired, End | Settle)), TooLate],
        /* Amended */
        [TooLate, TooLate, .. Five(Stay(Adopt | Settle)), TooLate],
        /* AmendRejected */
        [TooLate, TooLate, .. Five(Stay(RefuseAmend | Settle)), TooLate],
        /* CancelRejected */
        [TooLate, TooLate, TooLate, TooLate, TooLate, Stay(Return | Settle), Stay(Return), Stay(Confirm)],
        /* Throttled */
        [TooLate, Nothing, To(Queued, Requeue | Settle), Stay(RefuseAmend | Settle), Stay(RefuseAmend | Settle), Stay(Requeue | Settle), Stay(Doubt), Nothing],
        /* Unknown */
        [TooLate, TooLate, .. Five(Stay(Doubt)), TooLate],
        /* AnsweredNotKnown */
        [Nothing, Nothing, Stay(SendAgain), Stay(Keep), Stay(Keep), Stay(Keep), To(Cancelled, End | Settle), TooLate],
        /* AnsweredUnderWay */
        [Nothing, Nothing, Stay(Settle), Stay(Settle), Stay(Settle), Stay(AskCancel | Settle), Stay(AskCancel | Settle), TooLate],
        /* AnsweredWorking */
        [Nothing, Nothing, To(Working, Acknowledge | Adopt | Settle), Stay(Adopt | Settle), Stay(Adopt | Settle), Stay(Adopt | AskCancel | Settle),
            Stay(Acknowledge | Adopt | AskCancel | Settle), TooLate],
        /* AnsweredEnded */
        [Nothing, Nothing, .. Five(Stay(Keep)), Nothing],
        /* Send */
        [To(PendingNew, Release), To(PendingNew, Release), Nothing, Nothing, Nothing, Nothing, Nothing, Nothing],
        /* Queue */
        [To(Queued, Release), Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing],
        /* Cancel */
        [To(Cancelled, End | Release), To(Cancelled, End | Release), To(PendingCancel, AskCancel), To(PendingCancel, AskCancel), To(PendingCancel, AskCancel),
            Nothing, Nothing, Nothing],
        /* Amend */
        [Stay(AskAmend), Stay(AskAmend), Stay(AskAmend), Stay(AskAmend), Stay(AskAmend), Nothing, Nothing, Nothing],
        /* Timeout */
        [Nothing, Nothing, .. Five(Stay(Doubt)), Nothing],
        /* Expire */
        [To(Expired, End | Release), To(Expired, End | Release), To(PendingCancel, AskCancel), To(PendingCancel, AskCancel), To(PendingCancel, AskCancel),
            Nothing, Nothing, Nothing],
    ];

    /// <summary>Events that have a line.</summary>
    public static int Events => Lines.Length;

    /// <summary>Whether an order in this state can still execute, or still be sent.</summary>
    public static bool IsOpen(OrderStatus status) => status is >= PendingNew and <= PartiallyFilled or PendingCancel or Held or Queued;

    /// <summary>Whether an order in this state may be known to its venue.</summary>
    public static bool IsAtVenue(OrderStatus status) => status is >= PendingNew and <= PartiallyFilled or PendingCancel;

    /// <summary>The cell of an event in an order's state.</summary>
    public static OrderCell Of(in Order order, OrderEventKind kind) => Of(order.Status, order.StatusBeforeCancel, kind);

    /// <summary>The cell of an event in a state.</summary>
    /// <param name="status">The state.</param>
    /// <param name="beforeCancel">With PendingCancel, the state before it.</param>
    /// <param name="kind">What happened; what is no event is late.</param>
    public static OrderCell Of(OrderStatus status, OrderStatus beforeCancel, OrderEventKind kind) =>
        (int)kind < Lines.Length ? Lines[(int)kind][ColumnOf(status, beforeCancel)] : TooLate;

    /// <summary>The state that a cell leads to.</summary>
    public static OrderStatus Next(in Order order, in OrderCell cell) =>
        cell.Has(Return) ? order.StatusBeforeCancel : cell.Next == 0 ? order.Status : cell.Next;

    /// <summary>The event that a report is.</summary>
    /// <param name="kind">What the report says.</param>
    /// <param name="fillsAll">With a fill: whether nothing is left after it.</param>
    public static OrderEventKind EventOf(ExecutionKind kind, bool fillsAll) => kind switch
    {
        ExecutionKind.Accepted => OrderEventKind.Accepted,
        ExecutionKind.Rejected => OrderEventKind.Rejected,
        ExecutionKind.Fill => fillsAll ? OrderEventKind.FillAll : OrderEventKind.FillPart,
        ExecutionKind.Cancelled => OrderEventKind.Cancelled,
        ExecutionKind.Expired => OrderEventKind.Expired,
        ExecutionKind.Amended => OrderEventKind.Amended,
        ExecutionKind.CancelRejected => OrderEventKind.CancelRejected,
        ExecutionKind.AmendRejected => OrderEventKind.AmendRejected,
        ExecutionKind.Triggered => OrderEventKind.Triggered,
        ExecutionKind.Unknown => OrderEventKind.Unknown,
        ExecutionKind.Throttled => OrderEventKind.Throttled,
        _ => (OrderEventKind)byte.MaxValue,
    };

    /// <summary>The event that a venue's answer is.</summary>
    public static OrderEventKind EventOf(VenueOrderState answer) => answer switch
    {
        VenueOrderState.NotKnown => OrderEventKind.AnsweredNotKnown,
        VenueOrderState.UnderWay => OrderEventKind.AnsweredUnderWay,
        VenueOrderState.Working => OrderEventKind.AnsweredWorking,
        _ => OrderEventKind.AnsweredEnded,
    };

    private static int ColumnOf(OrderStatus status, OrderStatus beforeCancel) => status switch
    {
        Held => 0,
        Queued => 1,
        PendingNew => 2,
        Working => 3,
        PartiallyFilled => 4,
        PendingCancel => beforeCancel == PendingNew ? 6 : 5,
        _ => Ended,
    };

    private static OrderCell To(OrderStatus next, OrderEffects effects) => new(next, effects);

    private static OrderCell Stay(OrderEffects effects) => new(0, effects);

    private static OrderCell[] Five(OrderCell cell) => [cell, cell, cell, cell, cell];
}
