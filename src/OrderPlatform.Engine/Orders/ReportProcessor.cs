using System;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>Applies execution reports: order state, fills, positions, reserved funds, and what waits for an order's end.</summary>
internal static class ReportProcessor
{
    public static void OnReport(EngineState state, in ExecutionReportDecoder report)
    {
        if (!state.Orders.TryFind(report.ClientOrderId, out int row))
        {
            Events.Alert(state, Severity.Warning, ReasonCode.UnknownOrder, ExecutionReportDecoder.TemplateId, report.ClientOrderId);
            return;
        }

        if (report.Kind == ExecutionKind.Fill)
        {
            OnFill(state, row, report);
        }
        else
        {
            OnNews(state, row, report);
        }
    }

    private static void OnNews(EngineState state, int row, in ExecutionReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        if (!OrderTransitions.TryNext(order, report.Kind, out OrderStatus next))
        {
            Events.Alert(state, Severity.Information, ReasonCode.LateReport, ExecutionReportDecoder.TemplateId, order.ClientOrderId, (long)order.Status, (long)report.Kind);
            return;
        }

        bool wasOpen = order.IsOpen;
        long openingBefore = OrderDesk.OpeningLeft(order);
        if (report.Kind == ExecutionKind.Amended
            && !OrderDesk.TryAdopt(state, ref order, openingBefore, report.CumulativeQuantity, report.LeavesQuantity,
                report.TryGetPrice(out long price) ? price : 0))
        {
            return;
        }

        // Amended down to what had executed meanwhile: nothing is left at the venue.
        order.Status = report.Kind == ExecutionKind.Amended && order.Leaves.IsZero ? OrderStatus.Filled : next;
        if (wasOpen && report.Kind is (ExecutionKind.Rejected or ExecutionKind.CancelRejected or ExecutionKind.AmendRejected or ExecutionKind.Expired))
        {
            order.Reason = report.Reason == ReasonCode.None ? ReasonCode.RejectedByVenue : report.Reason;
        }

        if (wasOpen && !order.IsOpen)
        {
            order.Ended = order.Quantity - order.Cumulative;
        }

        if (report.Kind is not (ExecutionKind.CancelRejected or ExecutionKind.AmendRejected))
        {
            // A refusal may come from a venue that does not know the order: it says nothing of its quantities.
            CheckGap(state, order, report);
        }

        Settle(state, ref order, openingBefore, default, report);
        Finish(state, row, wasOpen);
        if (report.Kind == ExecutionKind.CancelRejected)
        {
            // Where something still waits for this order's end, the cancel is asked for again: it may have overtaken the order on its way.
            ParentDesk.OnCancelRejected(state, row);
        }
    }

    private static void OnFill(EngineState state, int row, in ExecutionReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        ref Position position = ref state.Positions[order.Position];
        if (!Bounds.IsQuantity(report.LastQuantity) || !Bounds.IsPrice(report.LastPrice) || !Bounds.IsFee(report.Fee, report.FeeCurrency, report.LastQuantity)
            || report.Side != order.Side)
        {
            Events.Alert(state, Severity.Critical, ReasonCode.InvalidValue, ExecutionReportDecoder.TemplateId, order.ClientOrderId, report.LastPrice, report.LastQuantity);
            return;
        }

        ulong key = FillMemory.KeyOf(position.Account, position.Instrument, order.Side, report.VenueTradeId);
        if (state.Fills.Contains(key))
        {
            Events.Alert(state, Severity.Information, ReasonCode.DuplicateFill, ExecutionReportDecoder.TemplateId, report.VenueTradeId);
            return;
        }

        var fill = new Fill(order.Side, new Price(report.LastPrice), new Quantity(report.LastQuantity), report.Fee, report.FeeCurrency, state.NowNanos);
        if (Bookkeeping.TryBook(state, row, fill, AssetCode.Of(report.FeeAsset), out FillResult result))
        {
            state.Fills.Add(ref state.Clients[state.Strategies[position.Strategy].Client], key);
            OnBooked(state, row, fill, result, report);
        }
    }

    private static void OnBooked(EngineState state, int row, in Fill fill, in FillResult result, in ExecutionReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        bool wasOpen = order.IsOpen;
        long openingBefore = OrderDesk.OpeningLeft(order);
        order.Cumulative += fill.Quantity;
        if (!wasOpen)
        {
            order.Ended = order.Quantity > order.Cumulative ? order.Quantity - order.Cumulative : Quantity.Zero;
            Events.Alert(state, Severity.Warning, ReasonCode.LateReport, ExecutionReportDecoder.TemplateId, order.ClientOrderId, (long)order.Status, (long)report.Kind);
        }

        if (order.Cumulative > order.Quantity)
        {
            Events.Alert(state, Severity.Critical, ReasonCode.Overfill, ExecutionReportDecoder.TemplateId, order.ClientOrderId, order.Quantity.Raw, order.Cumulative.Raw);
        }

        OrderTransitions.TryNext(order, ExecutionKind.Fill, out order.Status);
        CheckGap(state, order, report);
        Settle(state, ref order, openingBefore, fill, report);

        ref Position position = ref state.Positions[order.Position];
        if (result.EndedRound)
        {
            Events.Trade(state, position, result.Ended, order.ExitReason == ExitReason.None ? ExitReason.Manual : order.ExitReason);
        }

        position.ValuedAtNanos = state.NowNanos;
        Events.Position(state, position);
        ProtectionDesk.OnPosition(state, order.Position);
        ParentDesk.OnFill(state, row, fill);
        Finish(state, row, wasOpen);
    }

    // The venue's own sum is compared with the booked fills (T4).
    private static void CheckGap(EngineState state, in Order order, in ExecutionReportDecoder report)
    {
        if (report.CumulativeQuantity != order.Cumulative.Raw)
        {
            Events.Alert(state, Severity.Warning, ReasonCode.FillGap, ExecutionReportDecoder.TemplateId, order.ClientOrderId, report.CumulativeQuantity, order.Cumulative.Raw);
        }
    }

    private static void Settle(EngineState state, ref Order order, long openingBefore, in Fill fill, in ExecutionReportDecoder report)
    {
        OrderDesk.Reserve(state, ref order, openingBefore);
        Events.Order(state, order, fill, report.Liquidity, fill.Quantity.IsZero ? 0 : report.VenueTradeId, report.VenueTimeNanos);
    }

    /// <summary>
    /// Comes last, when an order may have ended: what waited for that may now send another one, which may take the row of an ended order.
    /// </summary>
    public static void Finish(EngineState state, int row, bool wasOpen)
    {
        if (!wasOpen || state.Orders[row].IsOpen)
        {
            return;
        }

        state.Orders.End(ref state.Clients[state.Strategies[state.Positions[state.Orders[row].Position].Strategy].Client], row);
        bool wasLastInDoubt = state.Orders.Settle(row);
        ParentDesk.OnOrderEnded(state, row, state.Orders[row].Reason);
        if (wasLastInDoubt)
        {
            Reconciliation.Complete(state);
        }
    }
}
