using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Orders in doubt after a restart (law 4, T1, T2): whether what was decided before it reached the venue is not known. Each venue is asked for each of its open
/// orders; until every answer is there nothing new is sent, and what is asked for is refused with the reason or waits.
/// <code>
///                 PendingNew                        acknowledged             PendingCancel
/// NotKnown        sent again if young, else ended   stays in doubt, alert    ended (if it was acknowledged: stays in doubt, alert)
/// UnderWay        known                             known                    cancel asked for again
/// Working         Working, quantities compared      quantities compared      cancel asked for again
/// Ended           stays in doubt: the report that ends it came before, or is missing
/// </code>
/// What stays in doubt is ended by a later report, a later answer or an operator. The gateway gives the reports that the engine missed before the answer.
/// </summary>
internal static class Reconciliation
{
    private const long ResendWithinMaxNanos = 3_600_000_000_000;

    public static bool IsResendLimit(long nanos) => nanos is >= 0 and <= ResendWithinMaxNanos;

    /// <summary>Puts every open order in doubt.</summary>
    public static void DoubtOpen(EngineState state)
    {
        for (int row = 0; row < state.Orders.Rows.Length; row++)
        {
            if (state.Orders[row].IsOpen)
            {
                state.Orders.Doubt(row);
            }
        }
    }

    public static void OnStart(EngineState state, in ReconciliationStartDecoder start)
    {
        if (!IsResendLimit(start.ResendWithinNanos))
        {
            Events.Alert(
                state, Severity.Warning, ReasonCode.InvalidValue, ReconciliationStartDecoder.TemplateId, 0, ResendWithinMaxNanos, start.ResendWithinNanos);
            return;
        }

        DoubtOpen(state);
        Events.Alert(state, Severity.Information, ReasonCode.ReconciliationStarted, ReconciliationStartDecoder.TemplateId, (ulong)state.Orders.InDoubtCount);
        if (state.Orders.InDoubtCount == 0)
        {
            Complete(state);
            return;
        }

        state.ResendWithinNanos = start.ResendWithinNanos;
        foreach (ref readonly Order order in state.Orders.Rows)
        {
            if (order.InDoubt)
            {
                VenueRequests.Status(state, order);
            }
        }
    }

    public static void OnStatus(EngineState state, in OrderStatusReportDecoder report)
    {
        if (!state.Orders.TryFind(report.ClientOrderId, out int row))
        {
            // An order that works at the venue and is nobody's is a risk that no limit knows.
            Severity severity = report.State is VenueOrderState.Working or VenueOrderState.UnderWay ? Severity.Critical : Severity.Warning;
            Events.Alert(state, severity, ReasonCode.UnknownOrder, OrderStatusReportDecoder.TemplateId, report.ClientOrderId);
            return;
        }

        ref Order order = ref state.Orders[row];
        if (!order.InDoubt)
        {
            if (report.State == VenueOrderState.Ended && !order.IsOpen)
            {
                return;
            }

            Events.Alert(state, Severity.Information, ReasonCode.LateReport, OrderStatusReportDecoder.TemplateId, order.ClientOrderId,
                (long)order.Status, (long)report.State);
            return;
        }

        switch (report.State)
        {
            case VenueOrderState.UnderWay:
                CancelAgain(state, order);
                Settle(state, row);
                break;
            case VenueOrderState.Working:
                OnWorking(state, row, report);
                break;
            case VenueOrderState.NotKnown:
                OnNotKnown(state, row);
                break;
            default:
                Keep(state, order, ReasonCode.FillGap, report.CumulativeQuantity, order.Cumulative.Raw);
                break;
        }
    }

    /// <summary>Ends an order of which its venue will tell nothing more.</summary>
    public static void EndWithout(EngineState state, int row, OrderStatus status, ReasonCode reason)
    {
        ref Order order = ref state.Orders[row];
        long openingBefore = OrderDesk.OpeningLeft(order);
        order.Status = status;
        order.Reason = reason;
        order.Ended = order.Quantity > order.Cumulative ? order.Quantity - order.Cumulative : Quantity.Zero;
        OrderDesk.Reserve(state, ref order, openingBefore);
        Events.Order(state, order);
        ReportProcessor.Finish(state, row, wasOpen: true);
    }

    /// <summary>An order is known again, or has ended. Comes last: the reconciliation may be complete, and what waited for that may take the row.</summary>
    public static void Settle(EngineState state, int row)
    {
        if (state.Orders.Settle(row))
        {
            Complete(state);
        }
    }

    private static void OnWorking(EngineState state, int row, in OrderStatusReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        if (report.CumulativeQuantity != order.Cumulative.Raw)
        {
            Keep(state, order, ReasonCode.FillGap, report.CumulativeQuantity, order.Cumulative.Raw);
            return;
        }

        long openingBefore = OrderDesk.OpeningLeft(order);
        long limit = report.TryGetPrice(out long price) ? price : 0;
        if (!OrderDesk.TryAdopt(state, ref order, openingBefore, report.CumulativeQuantity, report.LeavesQuantity, limit))
        {
            return;
        }

        OrderStatus known = order.Cumulative.IsZero ? OrderStatus.Working : OrderStatus.PartiallyFilled;
        if (order.Status == OrderStatus.PendingCancel)
        {
            order.StatusBeforeCancel = known;
        }
        else
        {
            order.Status = known;
        }

        OrderDesk.Reserve(state, ref order, openingBefore);
        Events.Order(state, order);
        CancelAgain(state, order);
        Settle(state, row);
    }

    private static void OnNotKnown(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        bool isCancelled = order.Status == OrderStatus.PendingCancel;
        bool isAcknowledged = !order.Cumulative.IsZero || (isCancelled ? order.StatusBeforeCancel : order.Status) != OrderStatus.PendingNew;
        if (isAcknowledged)
        {
            Keep(state, order, ReasonCode.ForgottenByVenue, 0, order.Cumulative.Raw);
        }
        else if (isCancelled || state.NowNanos - order.DecidedAtNanos > state.ResendWithinNanos)
        {
            EndWithout(state, row, isCancelled ? OrderStatus.Cancelled : OrderStatus.Rejected, ReasonCode.NeverAtVenue);
        }
        else
        {
            // The venue's word that it does not know the id makes this the first time that the order reaches it.
            VenueRequests.New(state, order);
            Events.Alert(state, Severity.Information, ReasonCode.SentAgain, OrderStatusReportDecoder.TemplateId, order.ClientOrderId);
            Settle(state, row);
        }
    }

    private static void CancelAgain(EngineState state, in Order order)
    {
        if (order.Status == OrderStatus.PendingCancel)
        {
            VenueRequests.Cancel(state, order);
        }
    }

    private static void Keep(EngineState state, in Order order, ReasonCode reason, long expected, long actual) =>
        Events.Alert(state, Severity.Critical, reason, OrderStatusReportDecoder.TemplateId, order.ClientOrderId, expected, actual);

    /// <summary>Nothing is in doubt any more: what waited for that goes on.</summary>
    public static void Complete(EngineState state)
    {
        state.ResendWithinNanos = 0;
        Events.Alert(state, Severity.Information, ReasonCode.ReconciliationComplete, OrderStatusReportDecoder.TemplateId, 0);
        ParentDesk.Resume(state);
        for (int row = 0; row < state.Positions.Count; row++)
        {
            IntentProcessor.Advance(state, row);
        }
    }
}
