using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Tests.KnownAnswer;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Requests, checks and the sending of orders of the naive model.</summary>
internal sealed partial class NaiveEngine
{
    public void Submit(uint client, uint strategy, uint instrument, Side side, OrderType type, decimal quantity, decimal? price)
    {
        ReasonCode? problem = NameProblem(client, strategy, instrument);
        if (problem is null)
        {
            bool sane = side is Side.Buy or Side.Sell && type is OrderType.Market or OrderType.Limit && quantity is > 0 and <= 10_000_000_000m
                && (type == OrderType.Market || price is > 0 and <= 1_000_000_000m);
            problem = !sane ? ReasonCode.InvalidValue
                : type == OrderType.Limit && price % setup.Instruments.Single(market => market.Id == instrument).PriceTick != 0 ? ReasonCode.PriceNotOnTick
                : type == OrderType.Market && Mark(instrument) == 0 ? ReasonCode.NoPrice
                : null;
        }

        if (problem is { } reason)
        {
            Refuse(CheckKind.ReferenceData, reason);
            return;
        }

        NaivePosition position = PositionOf(strategy, instrument);
        decimal already = _ordersInOrder.Where(order => order.Position == position && order.Side == side && order.IsOpen && order.Leaves > 0)
            .Sum(order => order.Leaves - order.OpeningLeft);
        bool reduces = position.Side == (side == Side.Buy ? Direction.Short : Direction.Long);
        decimal closing = reduces ? Math.Min(quantity, Math.Max(0, Math.Abs(position.Quantity) - already)) : 0;
        decimal at = type == OrderType.Limit ? price!.Value : Mark(instrument);
        if (Allowed(position, closing, quantity - closing, at))
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
        if (order.Status != OrderStatus.PendingCancel)
        {
            order.BeforeCancel = order.Status;
            order.Status = OrderStatus.PendingCancel;
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
            Target = target,
            Exit = exit,
        };
        _orders.Add(order.Id, order);
        _ordersInOrder.Add(order);
        Said.Add($"new {order.Id} {side} {type} {order.Quantity:0.########} {(type == OrderType.Limit ? price : 0):0.########}");
        return order;
    }

    private bool Allowed(NaivePosition position, decimal closing, decimal opening, decimal price)
    {
        (CheckKind, ReasonCode)? refusal = VenueRefusal(Market(position), closing + opening, price);
        if (refusal is null && opening > 0)
        {
            uint client = Rules(position).Client;
            LimitsRecord own = setup.LimitsOf(Scope.Strategy, position.Strategy);
            LimitsRecord clients = setup.LimitsOf(Scope.Client, client);
            decimal loss = _strategyAtDayStart.GetValueOrDefault(position.Strategy) - ResultOfStrategy(position.Strategy);
            decimal clientLoss = _clientAtDayStart.GetValueOrDefault(client) - ResultOfClient(client);
            refusal = loss >= own.MaximumDailyLoss || clientLoss >= clients.MaximumDailyLoss ? (CheckKind.DailyLoss, ReasonCode.DailyLossLimit)
                : StateRefusal(position) ?? OrderRefusal(own, clients, closing, opening, price)
                ?? PositionRefusal(own, clients, position, closing, opening, price) ?? BalanceRefusal(position, closing, opening, price);
        }

        if (refusal is var (check, reason))
        {
            Refuse(check, reason);
        }

        return refusal is null;
    }

    private static (CheckKind, ReasonCode)? VenueRefusal(InstrumentRecord market, decimal quantity, decimal price) =>
        quantity % market.QuantityStep != 0 ? (CheckKind.VenueRules, ReasonCode.QuantityNotOnStep)
        : quantity < market.MinimumQuantity ? (CheckKind.VenueRules, ReasonCode.QuantityBelowMinimum)
        : quantity > (market.MaximumQuantity ?? 10_000_000_000m) ? (CheckKind.VenueRules, ReasonCode.QuantityAboveMaximum)
        : !Fits(MultiplyDivide(quantity, price, 1)) ? (CheckKind.VenueRules, ReasonCode.ArithmeticOverflow)
        : price != 0 && MultiplyDivide(quantity, price, 1) < market.MinimumNotional ? (CheckKind.VenueRules, ReasonCode.NotionalBelowMinimum)
        : null;

    private static (CheckKind, ReasonCode)? OrderRefusal(LimitsRecord own, LimitsRecord clients, decimal closing, decimal opening, decimal price)
    {
        decimal value = MultiplyDivide(opening, price, 1);
        return closing + opening < own.MinimumOrderQuantity || closing + opening < clients.MinimumOrderQuantity
                ? (CheckKind.OrderQuantity, ReasonCode.QuantityBelowMinimum)
            : opening > own.MaximumOrderQuantity || opening > clients.MaximumOrderQuantity ? (CheckKind.OrderQuantity, ReasonCode.QuantityAboveMaximum)
            : value > own.MaximumOrderNotional || value > clients.MaximumOrderNotional ? (CheckKind.OrderNotional, ReasonCode.NotionalAboveMaximum)
            : null;
    }

    private (CheckKind, ReasonCode)? PositionRefusal(
        LimitsRecord own, LimitsRecord clients, NaivePosition position, decimal closing, decimal opening, decimal price)
    {
        decimal after = opening + Pending(position) + (closing > 0 ? 0 : Math.Abs(position.Quantity));
        decimal value = MultiplyDivide(after, price, 1);
        decimal equity = Equity(Rules(position).Account);
        bool AboveFraction(LimitsRecord limits) => limits.MaximumPositionFraction is { } fraction && value > MultiplyDivide(equity, fraction, 1);
        return after > own.MaximumPositionQuantity || after > clients.MaximumPositionQuantity ? (CheckKind.PositionQuantity, ReasonCode.PositionQuantityLimit)
            : value > own.MaximumPositionNotional || value > clients.MaximumPositionNotional ? (CheckKind.PositionNotional, ReasonCode.PositionNotionalLimit)
            : AboveFraction(own) || AboveFraction(clients) ? (CheckKind.PositionFraction, ReasonCode.PositionFractionLimit)
            : null;
    }

    private (CheckKind, ReasonCode)? BalanceRefusal(NaivePosition position, decimal closing, decimal opening, decimal price)
    {
        AccountRecord account = setup.Accounts.Single(known => known.Id == Rules(position).Account);
        decimal others = OfAccount(account.Id).Where(held => held != position || closing == 0).Sum(held => Math.Abs(Value(held)));
        decimal value = MultiplyDivide(opening, price, 1);
        decimal exposure = others + Reserved(account.Id) + value + MultiplyDivide(value, setup.Venue.TakerFee, 1);
        return exposure > MultiplyDivide(Equity(account.Id), account.Leverage, 1) ? (CheckKind.Balance, ReasonCode.InsufficientBalance) : null;
    }

    /// <summary>Whether an amount fits in 64 bits at 8 places.</summary>
    private static bool Fits(decimal amount) => Math.Abs(amount) <= 92_233_720_368m;

    private void Refuse(CheckKind check, ReasonCode reason) => Said.Add($"refused {check} {reason}");
}
