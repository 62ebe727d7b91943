using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Reports, bookings and the state as text of the naive model.</summary>
internal sealed partial class NaiveEngine
{
    public void Report(Report report)
    {
        if (!_orders.TryGetValue(report.Order, out NaiveOrder? order))
        {
            Said.Add("alert UnknownOrder");
        }
        else if (report.Kind == ExecutionKind.Fill)
        {
            Fill(order, report);
        }
        else
        {
            News(order, report);
        }
    }

    private void News(NaiveOrder order, Report report)
    {
        bool wasOpen = order.IsOpen;
        bool cancelling = order.Status == OrderStatus.PendingCancel;
        OrderStatus? next = (wasOpen, report.Kind) switch
        {
            (false, ExecutionKind.CancelRejected) => order.Status,
            (false, _) => null,
            (_, ExecutionKind.Accepted) => order.Status == OrderStatus.PendingNew ? OrderStatus.Working : order.Status,
            (_, ExecutionKind.Rejected) when (cancelling ? order.BeforeCancel : order.Status) == OrderStatus.PendingNew => OrderStatus.Rejected,
            (_, ExecutionKind.Cancelled) => OrderStatus.Cancelled,
            (_, ExecutionKind.Expired) => OrderStatus.Expired,
            (_, ExecutionKind.CancelRejected) when cancelling => order.Executed > 0 ? OrderStatus.PartiallyFilled : order.BeforeCancel,
            (_, ExecutionKind.AmendRejected) => order.Status,
            _ => null,
        };
        if (next is null)
        {
            Said.Add("alert LateReport");
            return;
        }

        order.Status = next.Value;
        if (report.Kind == ExecutionKind.Accepted && cancelling && order.BeforeCancel == OrderStatus.PendingNew)
        {
            order.BeforeCancel = OrderStatus.Working;
        }

        if (wasOpen && !order.IsOpen)
        {
            order.Ended = order.Quantity - order.Executed;
        }

        if (report.Kind is not (ExecutionKind.CancelRejected or ExecutionKind.AmendRejected))
        {
            CheckSum(order, report);
        }

        Finish(order, wasOpen);
        if (report.Kind == ExecutionKind.CancelRejected)
        {
            Advance(order.Position);
        }
    }

    private void Fill(NaiveOrder order, Report report)
    {
        decimal quantity = Scaled.Of(report.Quantity);
        decimal price = Scaled.Of(report.Price);
        decimal fee = Scaled.Of(report.Fee);
        bool isSpot = Market(order.Position).Kind == InstrumentKind.Spot;
        bool sane = quantity is > 0 and <= QuantityMax && price is > 0 and <= PriceMax && report.Side == order.Side && report.FeeCurrency switch
        {
            FeeCurrency.Base when isSpot => Math.Abs(fee) < quantity,
            FeeCurrency.Quote or FeeCurrency.Base or FeeCurrency.Other => Math.Abs(fee) <= MoneyMax,
            _ => false,
        };
        if (!sane)
        {
            Said.Add("alert InvalidValue");
            return;
        }

        (uint, uint, Side, ulong) trade = (Rules(order.Position).Account, order.Position.Instrument, order.Side, report.TradeId);
        if (_booked.Contains(trade))
        {
            Said.Add("alert DuplicateFill");
            return;
        }

        if (!TryBook(order, report, out NaiveRound? ended))
        {
            Said.Add("alert ArithmeticOverflow");
            return;
        }

        _booked.Add(trade);
        bool wasOpen = order.IsOpen;
        order.Executed += quantity;
        if (!wasOpen)
        {
            Said.Add("alert LateReport");
            order.Ended = Math.Max(0, order.Quantity - order.Executed);
        }

        if (order.Executed > order.Quantity)
        {
            Said.Add("alert Overfill");
        }

        order.Status = order.Executed >= order.Quantity ? OrderStatus.Filled
            : order.Status is OrderStatus.PendingNew or OrderStatus.Working ? OrderStatus.PartiallyFilled
            : order.Status;
        order.BeforeCancel = order.Status == OrderStatus.PendingCancel ? OrderStatus.PartiallyFilled : order.BeforeCancel;
        CheckSum(order, report);
        if (ended is not null)
        {
            SayTrade(order, ended);
        }

        Protect(order.Position);
        WatchFill(order.Position);
        Finish(order, wasOpen);
    }

    private void CheckSum(NaiveOrder order, Report report)
    {
        if (Scaled.Of(report.Cumulative) != order.Executed)
        {
            Said.Add("alert FillGap");
        }
    }

    private void Finish(NaiveOrder order, bool wasOpen)
    {
        if (wasOpen && !order.IsOpen && order.Position.Working == order)
        {
            order.Position.Working = null;
            Advance(order.Position);
        }
    }

    /// <summary>Orders as text, for the comparison.</summary>
    public string Orders() => string.Join('\n', _ordersInOrder.Select(order =>
        $"order {order.Id}: {order.Status} {order.Executed:0.########} leaves {order.Leaves:0.########} ended {order.Ended:0.########}"));
}
