using System;
using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Performance;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>Applies execution reports: fills are booked, and orders move by the state table (R63, R65, R69).</summary>
internal static class ReportProcessor
{
    public static void OnReport(EngineState state, in ExecutionReportDecoder report)
    {
        if (!state.Orders.TryFind(report.ClientOrderId, out int row))
        {
            Events.Alert(state, Severity.Warning, ReasonCode.UnknownOrder, ExecutionReportDecoder.TemplateId, report.ClientOrderId);
        }
        else if (report.Kind == ExecutionKind.Fill)
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
        if (report.Kind == ExecutionKind.Throttled)
        {
            VenueLimits.OnThrottled(state, order, report);
        }

        OrderCell cell = OrderTransitions.Of(order, OrderTransitions.EventOf(report.Kind, fillsAll: false));
        if (cell.Has(OrderEffects.Late))
        {
            TellLate(state, order, report.Kind, Severity.Information);
            return;
        }

        long openingBefore = OrderDesk.OpeningLeft(order);
        if (cell.IsNothing || (cell.Has(OrderEffects.Adopt) && !OrderAmends.TryTake(state, row, openingBefore, report)))
        {
            return;
        }

        if (order.VenueOrderId == 0)
        {
            order.VenueOrderId = report.VenueOrderId;
        }

        if (report.Kind is not (ExecutionKind.CancelRejected or ExecutionKind.AmendRejected or ExecutionKind.Unknown or ExecutionKind.Throttled))
        {
            // A refusal may come from a venue that does not know the order: it says nothing of its quantities.
            OrderDoubt.CheckGap(state, row, report.CumulativeQuantity, ExecutionReportDecoder.TemplateId);
        }

        OrderChanges.Apply(state, row, cell, openingBefore, ReasonOf(report), new OrderNews(default, report.Liquidity, 0, report.VenueTimeNanos));
        if (report.Kind == ExecutionKind.CancelRejected)
        {
            // Where something still waits for this order's end, the cancel is asked for again: it may have overtaken the order on its way.
            ParentDesk.OnCancelRejected(state, row);
        }
    }

    // A refusal has a reason; what happens as wished needs none.
    private static ReasonCode ReasonOf(in ExecutionReportDecoder report) => report.Kind switch
    {
        ExecutionKind.Rejected or ExecutionKind.CancelRejected or ExecutionKind.AmendRejected or ExecutionKind.Expired =>
            report.Reason == ReasonCode.None ? ReasonCode.RejectedByVenue : report.Reason,
        ExecutionKind.Throttled => ReasonCode.Throttled,
        ExecutionKind.Unknown => ReasonCode.OutcomeUnknown,
        _ => ReasonCode.None,
    };

    private static void OnFill(EngineState state, int row, in ExecutionReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        ref Position position = ref state.Positions[order.Position];
        InstrumentKind kind = state.Instruments[position.Instrument].Kind;
        if (!Bounds.IsQuantity(report.LastQuantity) || !Bounds.IsPrice(report.LastPrice)
            || !Bounds.IsFee(report.Fee, report.FeeCurrency, report.LastQuantity, kind)
            || report.Side != order.Side)
        {
            Events.Alert(state, Severity.Critical, ReasonCode.InvalidValue, ExecutionReportDecoder.TemplateId, order.ClientOrderId,
                report.LastPrice, report.LastQuantity);
            return;
        }

        ulong key = FillMemory.KeyOf(position.Account, position.Instrument, order.Side, report.VenueTradeId);
        if (state.Fills.Contains(OrderChanges.ClientOf(state, order), key) || FillGaps.WasEstimated(ref order, report))
        {
            Events.Alert(state, Severity.Information, ReasonCode.DuplicateFill, ExecutionReportDecoder.TemplateId, report.VenueTradeId);
            return;
        }

        var fill = new Fill(order.Side, new Price(report.LastPrice), new Quantity(report.LastQuantity), report.Fee, report.FeeCurrency, state.NowNanos);
        if (Bookkeeping.TryBook(state, row, fill, AssetCode.Of(report.FeeAsset), out FillResult result))
        {
            state.Fills.Add(ref OrderChanges.ClientOf(state, order), key);
            OnBooked(state, row, fill, result, report.CumulativeQuantity, new OrderNews(fill, report.Liquidity, report.VenueTradeId, report.VenueTimeNanos));
        }
    }

    /// <summary>An order's fill is in the books: the order follows.</summary>
    public static void OnBooked(EngineState state, int row, in Fill fill, in FillResult result, long cumulative, in OrderNews news)
    {
        ref Order order = ref state.Orders[row];
        long openingBefore = OrderDesk.OpeningLeft(order);
        order.Cumulative += fill.Quantity;
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        if (ContractValue.TryOf(instrument, fill.Price, fill.Quantity, out Money value))
        {
            order.FilledValue = Valuation.Hold((Int128)order.FilledValue.Raw + value.Raw);
        }

        OrderCell cell = OrderTransitions.Of(order, OrderTransitions.EventOf(ExecutionKind.Fill, order.Cumulative >= order.Quantity));
        if (cell.Has(OrderEffects.Late))
        {
            TellLate(state, order, ExecutionKind.Fill, Severity.Warning);
        }

        if (order.Cumulative > order.Quantity)
        {
            Events.Alert(state, Severity.Critical, ReasonCode.Overfill, ExecutionReportDecoder.TemplateId, order.ClientOrderId,
                order.Quantity.Raw, order.Cumulative.Raw);
        }

        OrderDoubt.CheckGap(state, row, cumulative, ExecutionReportDecoder.TemplateId);
        if (order.FirstFillAtNanos == 0)
        {
            OnFirstFill(state, ref order, news.Liquidity);
        }

        OrderMove move = OrderChanges.Move(state, row, cell, openingBefore, ReasonCode.None, news);
        ref Position position = ref state.Positions[order.Position];
        if (result.EndedRound)
        {
            Events.Trade(state, position, result.Ended, order.ExitReason == ExitReason.None ? ExitReason.Manual : order.ExitReason);
        }

        position.ValuedAtNanos = state.NowNanos;
        Events.Position(state, position);
        ProtectionDesk.OnPosition(state, order.Position);
        if (result.EndedRound)
        {
            Breakers.OnTrade(state, position, Tallies.Net(result.Ended));
        }

        int positionRow = order.Position;
        OrderChanges.Follow(state, row, move, news);
        if (state.Positions[positionRow].ReduceOnlyOrders > 0)
        {
            ReduceOnlyOrders.OnPosition(state, positionRow);
        }
    }

    private static void OnFirstFill(EngineState state, ref Order order, Liquidity liquidity)
    {
        order.FirstFillAtNanos = state.NowNanos;
        ref Tally tally = ref state.Positions.TallyOf(order.Position);
        tally.FirstFills++;
        tally.FirstFillNanos += (ulong)(state.NowNanos - order.DecidedAtNanos);
        RequestBudgets.OnFirstFill(state, order, liquidity);
    }

    private static void TellLate(EngineState state, in Order order, ExecutionKind kind, Severity severity) =>
        Events.Alert(state, severity, ReasonCode.LateReport, ExecutionReportDecoder.TemplateId, order.ClientOrderId, (long)order.Status, (long)kind);
}
