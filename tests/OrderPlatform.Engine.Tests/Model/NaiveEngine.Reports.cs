using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Tests.KnownAnswer;

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
        bool sane = quantity is > 0 and <= 10_000_000_000m && price is > 0 and <= 1_000_000_000m && report.Side == order.Side && report.FeeCurrency switch
        {
            FeeCurrency.Base => Math.Abs(fee) < quantity,
            FeeCurrency.Quote or FeeCurrency.Other => Math.Abs(fee) <= 50_000_000_000m,
            _ => false,
        };
        if (!sane)
        {
            Said.Add("alert InvalidValue");
            return;
        }

        (uint, uint, Side, ulong) trade = (Rules(order.Position).Account, order.Position.Instrument, order.Side, report.TradeId);
        if (_booked.Contains(trade) || !Fits(MultiplyDivide(price, quantity, 1)))
        {
            Said.Add(_booked.Contains(trade) ? "alert DuplicateFill" : "alert ArithmeticOverflow");
            return;
        }

        _booked.Add(trade);
        bool wasOpen = order.IsOpen;
        string? closed = Book(order.Position, order, quantity, price, fee, report.FeeCurrency);
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
        if (closed is not null)
        {
            Said.Add(closed);
        }

        Watch(order.Position);
        Finish(order, wasOpen);
    }

    /// <summary>Books a fill by average cost; the line of the trade that it ended, if it did.</summary>
    private string? Book(NaivePosition position, NaiveOrder order, decimal quantity, decimal price, decimal fee, FeeCurrency currency)
    {
        int sign = order.Side == Side.Buy ? 1 : -1;
        decimal feeValue = currency switch { FeeCurrency.Quote => fee, FeeCurrency.Base => MultiplyDivide(price, fee, 1), _ => 0 };
        decimal paid = sign * MultiplyDivide(price, quantity, 1);
        decimal moved = sign * quantity;
        _cash[Rules(position).Account] -= paid + (currency == FeeCurrency.Quote ? fee : 0);
        position.OtherFees += currency == FeeCurrency.Other ? fee : 0;
        if (currency == FeeCurrency.Base)
        {
            moved -= fee;
            paid -= feeValue;
        }

        decimal held = position.Quantity;
        if (held == 0 || Math.Sign(held) == Math.Sign(moved))
        {
            Open(position, moved, paid, feeValue);
            return null;
        }

        if (Math.Abs(moved) < Math.Abs(held))
        {
            position.Cost -= MultiplyDivide(position.Cost, Math.Abs(moved), Math.Abs(held));
            position.Quantity += moved;
            position.Flows += paid;
            position.Fees += feeValue;
            return null;
        }

        decimal rest = moved + held;
        decimal closePaid = rest == 0 ? paid : -Math.Sign(held) * MultiplyDivide(price, Math.Abs(held), 1);
        decimal closeFee = rest == 0 ? feeValue : MultiplyDivide(feeValue, Math.Abs(held), Math.Abs(moved));
        position.Cost = 0;
        position.Quantity = 0;
        position.Flows += closePaid;
        position.Fees += closeFee;
        ExitReason exit = order.Exit == ExitReason.None ? ExitReason.Manual : order.Exit;
        decimal profit = position.Realised - position.ProfitAtRoundStart;
        decimal fees = position.Fees - position.FeesAtRoundStart;
        string trade = $"trade {position.Rounds} {(Direction)Math.Sign(held)} {exit} {profit:0.########} {fees:0.########}";
        if (rest != 0)
        {
            Open(position, rest, paid - closePaid, feeValue - closeFee);
        }

        return trade;
    }

    private static void Open(NaivePosition position, decimal moved, decimal paid, decimal feeValue)
    {
        if (position.Quantity == 0)
        {
            position.Rounds++;
            position.ProfitAtRoundStart = position.Realised;
            position.FeesAtRoundStart = position.Fees;
        }

        position.Quantity += moved;
        position.Cost += paid;
        position.Flows += paid;
        position.Fees += feeValue;
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

    /// <summary>Positions, accounts and orders as text, for the comparison.</summary>
    public string State() => string.Join('\n',
    [
        .. _inOrder.Select(position => $"position {position.Strategy} {position.Instrument}: {position.Quantity:0.########} "
            + $"cost {position.Cost:0.########} realised {position.Realised:0.########} fees {position.Fees:0.########} "
            + $"other {position.OtherFees:0.########} pending {Pending(position):0.########} working {position.Working?.Id}"),
        .. setup.Accounts.Select(account =>
            $"account {account.Id}: cash {_cash[account.Id]:0.########} reserved {Reserved(account.Id):0.########} equity {Equity(account.Id):0.########}"),
        .. _ordersInOrder.Select(order =>
            $"order {order.Id}: {order.Status} {order.Executed:0.########} leaves {order.Leaves:0.########} ended {order.Ended:0.########}"),
    ]);
}
