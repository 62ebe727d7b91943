using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Operations;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Orders in doubt after a restart (law 4, T1, T2): whether what was decided before it reached the venue is not known. Each venue is asked for each of its open
/// orders; a client of whose orders not all are known sends nothing new, and what it asks for is refused with the reason or waits. Other clients go on.
/// Answers count for orders in doubt, whatever put them there, by the lines "answered" of the state table; the gateway gives the reports that the engine missed
/// before the answer, so an answer whose sum is not what was booked leaves the order in doubt.
/// </summary>
internal static class Reconciliation
{
    /// <summary>Outside a reconciliation an order that its venue does not know is sent again if it is not older.</summary>
    public const long ResendNanos = 30_000_000_000;

    private const long ResendWithinMaxNanos = 3_600_000_000_000;

    public static bool IsResendLimit(long nanos) => nanos is >= 0 and <= ResendWithinMaxNanos;

    /// <summary>Puts every order that its venue may know in doubt; what is held or queued never left the engine.</summary>
    public static void DoubtOpen(EngineState state)
    {
        for (int row = 0; row < state.Orders.Rows.Length; row++)
        {
            ref Order order = ref state.Orders[row];
            if (!OrderTransitions.IsAtVenue(order.Status))
            {
                continue;
            }

            ref Client client = ref OrderChanges.ClientOf(state, order);
            client.Reconciling = true;
            order.Attempts = 0;
            bool wasInDoubt = order.InDoubt;
            state.Orders.Doubt(ref client, row);
            OrderTimers.Arm(state, row);
            if (!wasInDoubt)
            {
                ParentDesk.OnDoubt(state, row, inDoubt: true);
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
            state.ResendWithinNanos = 0;
            Events.Alert(state, Severity.Information, ReasonCode.ReconciliationComplete, OrderStatusReportDecoder.TemplateId, 0);
            return;
        }

        state.ResendWithinNanos = start.ResendWithinNanos;
        foreach (ref readonly Order order in state.Orders.Rows)
        {
            if (order.InDoubt)
            {
                OrderDoubt.Ask(state, order);
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
        if (report.State is VenueOrderState.Working or VenueOrderState.Ended && report.CumulativeQuantity > order.Reported.Raw
            && Bounds.IsQuantity(report.CumulativeQuantity))
        {
            order.Reported = new Quantity(report.CumulativeQuantity);
        }

        OrderCell cell = OrderTransitions.Of(order, OrderTransitions.EventOf(report.State));
        if (!order.InDoubt)
        {
            OnUnasked(state, row, cell, report);
        }
        else if (cell.Has(OrderEffects.SendAgain) && order.Reported <= order.Cumulative)
        {
            OnNotKnown(state, row);
        }
        else if (cell.Has(OrderEffects.Keep | OrderEffects.SendAgain) || (cell.Has(OrderEffects.Adopt) && report.CumulativeQuantity != order.Cumulative.Raw))
        {
            OnUnproven(state, row, report);
        }
        else if (cell.Has(OrderEffects.Adopt) && OrderAmends.MustWait(state, order))
        {
            // It stays in doubt: its venue will be asked again.
        }
        else if (!cell.Has(OrderEffects.Adopt))
        {
            Answered(state, row, cell, OrderDesk.OpeningLeft(order), cell.Has(OrderEffects.End) ? ReasonCode.NeverAtVenue : ReasonCode.None);
        }
        else
        {
            OnWorking(state, row, cell, report);
        }
    }

    /// <summary>Ends an order of which its venue will tell nothing more.</summary>
    public static void EndWithout(EngineState state, int row, OrderStatus status, ReasonCode reason)
    {
        // One that was throttled while it was in doubt waits in the queue.
        OrderEffects effects = OrderTransitions.IsAtVenue(state.Orders[row].Status) ? OrderEffects.End : OrderEffects.End | OrderEffects.Release;
        OrderChanges.Apply(state, row, new OrderCell(status, effects), OrderDesk.OpeningLeft(state.Orders[row]), reason, default);
    }

    /// <summary>All orders of a client are known: what waited for that goes on. Comes last.</summary>
    public static void Resume(EngineState state, int clientRow)
    {
        ref Client client = ref state.Clients[clientRow];
        client.Reconciling = false;
        bool isLast = true;
        foreach (ref readonly Client other in state.Clients.Rows)
        {
            isLast &= !other.Reconciling;
        }

        state.ResendWithinNanos = isLast ? 0 : state.ResendWithinNanos;
        Events.Alert(state, Severity.Information, ReasonCode.ReconciliationComplete, OrderStatusReportDecoder.TemplateId, client.Id);
        ScopeSweep.ResumeParents(state, clientRow);
        for (int row = 0; row < state.Positions.Count; row++)
        {
            if (state.Strategies[state.Positions[row].Strategy].Client == clientRow)
            {
                IntentProcessor.Advance(state, row);
            }
        }

        RequestQueue.WakeAll(state, clientRow);
    }

    // The answer to a question that was asked to be sure, or a doubled one.
    private static void OnUnasked(EngineState state, int row, in OrderCell cell, in OrderStatusReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        if (cell.Has(OrderEffects.Late))
        {
            Events.Alert(state, Severity.Information, ReasonCode.LateReport, OrderStatusReportDecoder.TemplateId, order.ClientOrderId,
                (long)order.Status, (long)report.State);
        }

        if (order.Reported > order.Cumulative && OrderTransitions.IsAtVenue(order.Status))
        {
            OrderDoubt.CheckGap(state, row, report.CumulativeQuantity, OrderStatusReportDecoder.TemplateId);
            OrderDoubt.Enter(state, row, ReasonCode.FillGap);
        }
        else if (order.Reported > order.Cumulative && !order.IsOpen)
        {
            FillGaps.TryEstimate(state, row, report);
        }
        else if (OrderTransitions.IsAtVenue(order.Status) && report.State is VenueOrderState.NotKnown or VenueOrderState.Ended)
        {
            // It was believed to be there. The reports that ended it are missing, so it is in doubt until they come.
            OrderDoubt.Enter(state, row, report.State == VenueOrderState.Ended ? ReasonCode.OutcomeUnknown : ReasonCode.ForgottenByVenue);
        }
    }

    private static void OnUnproven(EngineState state, int row, in OrderStatusReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        ReasonCode reason = report.State == VenueOrderState.NotKnown ? ReasonCode.ForgottenByVenue : ReasonCode.FillGap;
        long expected = report.State == VenueOrderState.NotKnown ? 0 : report.CumulativeQuantity;
        Events.Alert(state, Severity.Critical, reason, OrderStatusReportDecoder.TemplateId, order.ClientOrderId, expected, order.Cumulative.Raw);
        if (order.Reported > order.Cumulative)
        {
            FillGaps.TryEstimate(state, row, report);
        }
    }

    private static void OnWorking(EngineState state, int row, in OrderCell cell, in OrderStatusReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        long openingBefore = OrderDesk.OpeningLeft(order);
        Order before = order;
        OrderAmends.Forget(ref order);
        long limit = report.TryGetPrice(out long price) ? price : 0;
        if (!OrderAmends.TryAdopt(state, ref order, openingBefore, report.CumulativeQuantity, report.LeavesQuantity, limit))
        {
            order = before;
            return;
        }

        order.AmendQuantity = before.AmendQuantity;
        order.AmendPrice = before.AmendPrice;
        order.AmendTrigger = before.AmendTrigger;
        OrderAmends.Resolve(state, ref order);
        Answered(state, row, cell, openingBefore, ReasonCode.None);
    }

    // An answer is proof, where a report that comes by itself would not be.
    private static void Answered(EngineState state, int row, in OrderCell cell, long openingBefore, ReasonCode reason)
    {
        ulong id = state.Orders[row].ClientOrderId;
        var plain = new OrderCell(cell.Next, cell.Effects & ~(OrderEffects.Settle | OrderEffects.AskCancel));
        OrderChanges.Apply(state, row, plain, openingBefore, reason, default);
        if (state.Orders[row].ClientOrderId != id || !state.Orders[row].IsOpen)
        {
            return;
        }

        if (cell.Has(OrderEffects.AskCancel))
        {
            RequestQueue.Cancel(state, row);
        }

        OrderDoubt.TrySettle(state, row, answered: true);
    }

    private static void OnNotKnown(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        long within = OrderChanges.ClientOf(state, order).Reconciling ? state.ResendWithinNanos : ResendNanos;

        // Its age counts from when it was sent: a stop may have waited for days, and a parent's later orders were decided with the first.
        if (state.NowNanos - order.SentAtNanos > within)
        {
            EndWithout(state, row, OrderStatus.Rejected, ReasonCode.NeverAtVenue);
            return;
        }

        if (ChildOrders.IsAnotherInDoubt(state, row) || RequestBudgets.IsShut(state, order))
        {
            // T2: nothing is sent for a parent while another of its orders is in doubt, nor (T11) while the venue takes nothing. This one is not in doubt
            // any more, and waits in the queue.
            EndDoubtInQueue(state, row);
            return;
        }

        // The venue's word that it does not know the id makes this the first time that the order reaches it.
        VenueRequests.New(state, order);
        Events.Alert(state, Severity.Information, ReasonCode.SentAgain, OrderStatusReportDecoder.TemplateId, order.ClientOrderId);
        OrderDoubt.TrySettle(state, row, answered: true);
    }

    private static void EndDoubtInQueue(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        Events.Alert(state, Severity.Information, ReasonCode.SentAgain, OrderStatusReportDecoder.TemplateId, order.ClientOrderId);
        var wait = new OrderCell(OrderStatus.Queued, OrderEffects.Requeue);
        OrderChanges.Apply(state, row, wait, OrderDesk.OpeningLeft(order), ReasonCode.SentAgain, default);
        OrderDoubt.TrySettle(state, row, answered: true);
    }
}
