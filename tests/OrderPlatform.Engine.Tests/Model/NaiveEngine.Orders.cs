using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Requests, checks and the sending of orders of the naive model.</summary>
internal sealed partial class NaiveEngine
{
    public void Submit(
        uint client, uint strategy, uint instrument, Side side, OrderType type, decimal quantity, decimal? price, PositionLeg named = PositionLeg.NULL_VALUE)
    {
        NaivePosition? position = null;
        ReasonCode? problem = NameProblem(client, strategy, instrument);
        if (problem is null)
        {
            bool sane = side is Side.Buy or Side.Sell && type is OrderType.Market or OrderType.Limit && quantity is > 0 and <= 10_000_000_000m
                && (type == OrderType.Market || price is > 0 and <= 1_000_000_000m);
            problem = !sane ? ReasonCode.InvalidValue
                : type == OrderType.Limit && price % setup.InstrumentOf(instrument)!.PriceTick != 0 ? ReasonCode.PriceNotOnTick
                : type == OrderType.Market && Mark(instrument) == 0 ? ReasonCode.NoPrice
                : null;
        }

        problem ??= LegProblem(strategy, named, side == Side.Buy ? Direction.Long : Direction.Short, out PositionLeg leg)
            ?? PositionProblem(strategy, instrument, leg, out position);
        if (problem is { } reason)
        {
            Refuse(CheckKind.ReferenceData, reason);
            return;
        }

        decimal already = position!.Orders.Where(order => order.Side == side && order.IsOpen && order.Leaves > 0)
            .Sum(order => order.Leaves - order.OpeningLeft);
        bool reduces = position.Side == (side == Side.Buy ? Direction.Short : Direction.Long);
        decimal closing = reduces ? Math.Min(quantity, Math.Max(0, Math.Abs(position.Quantity) - already)) : 0;
        decimal at = type == OrderType.Limit ? price!.Value : Mark(instrument);
        bool mayOpen = position.Leg == PositionLeg.Net || position.Leg == PositionLeg.Long == (side == Side.Buy);
        if (!mayOpen && closing < quantity)
        {
            // An order that takes from a leg cannot go beyond it.
            Refuse(CheckKind.OrderQuantity, ReasonCode.NotReducing);
        }
        else if (Allowed(position, side, type, closing, quantity - closing, at))
        {
            Place(position, side, type, closing, quantity - closing, at, Direction.Neutral, ExitReason.Manual);
        }
    }

    public void Cancel(ulong id, uint client)
    {
        if (!_orders.TryGetValue(id, out NaiveOrder? order))
        {
            Said.Add("alert UnknownOrder");
        }
        else if (Rules(order.Position).Client != client)
        {
            Said.Add("alert NotTheOwner");
        }
        else if (!order.IsOpen)
        {
            Said.Add("alert OrderNotOpen");
        }
        else
        {
            AskForCancel(order);
        }
    }

    private void AskForCancel(NaiveOrder order)
    {
        if (order.IsOpen && order.Status != OrderStatus.PendingCancel)
        {
            order.BeforeCancel = order.Status;
            order.Status = OrderStatus.PendingCancel;
            CountMessage(order.Position);
            Said.Add($"cancel {order.Id}");
        }
    }

    private NaiveOrder Place(
        NaivePosition position, Side side, OrderType type, decimal closing, decimal opening, decimal price, Direction target, ExitReason exit)
    {
        var order = new NaiveOrder
        {
            // shard 3, epoch 1, the input's sequence, the order's number within the input
            Id = (3UL << 58) | (1UL << 46) | ((ulong)_sequence << 6) | (uint)_ordersOfInput++,
            Position = position,
            Side = side,
            Type = type,
            Quantity = closing + opening,
            Opening = opening,
            ReservePrice = price,
            DecisionPrice = Mark(position.Instrument),
            Target = target,
            Exit = exit,
        };
        _orders.Add(order.Id, order);
        _ordersInOrder.Add(order);
        position.Orders.Add(order);
        CountMessage(position);
        Said.Add($"new {order.Id} {side} {type} {order.Quantity:0.########} {(type == OrderType.Limit ? price : 0):0.########}");
        return order;
    }
}
