using System;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Operations;

/// <summary>
/// What a person does with one order: cancels it, or, having looked at the venue, says what became of it while it is in doubt (T2, T4). Fills that a person
/// names are booked as estimates, at the price that makes the average right. What names no such order, or cannot be, changes nothing.
/// </summary>
internal static class OperatorOrders
{
    public static void OnOrder(EngineState state, in OperatorOrderDecoder command)
    {
        if (!state.Orders.TryFind(command.ClientOrderId, out int row))
        {
            Refuse(state, ReasonCode.UnknownOrder, command);
        }
        else if (command.Action == OperatorOrderAction.Cancel)
        {
            Cancel(state, row, command);
        }
        else if (command.Action == OperatorOrderAction.Resolve)
        {
            Resolve(state, row, command);
        }
        else
        {
            Refuse(state, ReasonCode.InvalidValue, command);
        }
    }

    private static void Cancel(EngineState state, int row, in OperatorOrderDecoder command)
    {
        if (!state.Orders[row].IsOpen)
        {
            Refuse(state, ReasonCode.OrderNotOpen, command);
            return;
        }

        Accept(state, ReasonCode.OperatorCancel, command);
        ParentDesk.Cancel(state, state.Orders[row].Parent, ReasonCode.OperatorCancel);
    }

    private static void Resolve(EngineState state, int row, in OperatorOrderDecoder command)
    {
        ref Order order = ref state.Orders[row];
        bool isInDoubt = order.InDoubt && order.IsOpen;
        bool lacksFills = !order.IsOpen && order.Reported > order.Cumulative;
        long cumulative = command.TryGetCumulativeQuantity(out long named) ? named : order.Cumulative.Raw;
        bool fills = cumulative > order.Cumulative.Raw;
        if (!isInDoubt && !(lacksFills && command.State == VenueOrderState.Ended))
        {
            Refuse(state, ReasonCode.NotInDoubt, command);
        }
        else if (!IsPossible(order, command, cumulative) || (fills && !HasPrice(command)))
        {
            Refuse(state, ReasonCode.InvalidValue, command);
        }
        else
        {
            Accept(state, ReasonCode.OperatorResolve, command);
            Follow(state, row, command, cumulative);
        }
    }

    private static bool IsPossible(in Order order, in OperatorOrderDecoder command, long cumulative) => command.State switch
    {
        VenueOrderState.NotKnown => cumulative == order.Cumulative.Raw,
        VenueOrderState.Working => cumulative >= order.Cumulative.Raw && cumulative < order.Quantity.Raw,
        VenueOrderState.Ended => cumulative >= order.Cumulative.Raw && cumulative <= order.Quantity.Raw,
        _ => false,
    };

    private static bool HasPrice(in OperatorOrderDecoder command) => command.TryGetAveragePrice(out long average) && Bounds.IsPrice(average);

    // The person's word stands above what the venue had reported: what is missing after it is not asked for any more.
    private static void Follow(EngineState state, int row, in OperatorOrderDecoder command, long cumulative)
    {
        ref Order order = ref state.Orders[row];
        ulong id = order.ClientOrderId;
        Quantity before = order.Reported;
        order.Reported = new Quantity(cumulative);
        if (cumulative > order.Cumulative.Raw
            && !FillGaps.TryBook(state, row, new Price(command.AveragePrice), state.NowNanos, OperatorOrderDecoder.TemplateId))
        {
            order.Reported = before;
            Refuse(state, ReasonCode.InvalidValue, command);
            return;
        }

        if (order.ClientOrderId != id)
        {
            return;
        }

        if (!order.IsOpen)
        {
            OrderTimers.Arm(state, row);
        }
        else if (command.State != VenueOrderState.Working)
        {
            Reconciliation.EndWithout(state, row, OrderStatus.Cancelled, ReasonCode.OperatorResolve);
        }
        else if (order.InDoubt)
        {
            Answer(state, order);
        }
    }

    // As if the venue had answered: the order goes on by the same lines of the state table.
    private static void Answer(EngineState state, in Order order)
    {
        Span<byte> bytes = stackalloc byte[OrderStatusReportEncoder.EncodedLength];
        var e = OrderStatusReportEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientOrderId = order.ClientOrderId;
        e.VenueOrderId = order.VenueOrderId;
        e.InstrumentId = state.Instruments[state.Positions[order.Position].Instrument].Id;
        e.State = VenueOrderState.Working;
        e.CumulativeQuantity = order.Cumulative.Raw;
        e.LeavesQuantity = (order.Quantity - order.Cumulative).Raw;
        e.VenueTimeNanos = state.NowNanos;
        Reconciliation.OnStatus(state, OrderStatusReportDecoder.WrapForDecodeAndApplyHeader(bytes));
    }

    private static void Accept(EngineState state, ReasonCode reason, in OperatorOrderDecoder command) =>
        Events.Alert(state, Severity.Information, reason, OperatorOrderDecoder.TemplateId, command.ClientOrderId, (long)command.Action, (long)command.State);

    private static void Refuse(EngineState state, ReasonCode reason, in OperatorOrderDecoder command) =>
        Events.Alert(state, Severity.Warning, reason, OperatorOrderDecoder.TemplateId, command.ClientOrderId, (long)command.Action, (long)command.State);
}
