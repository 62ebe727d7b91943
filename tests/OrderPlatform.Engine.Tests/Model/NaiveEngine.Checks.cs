using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>The checks before an order of the naive model (R109 to R121, D1, D2, D16), each by itself; the first that refuses is said.</summary>
internal sealed partial class NaiveEngine
{
    private readonly Dictionary<(Scope, uint), (long Start, uint Count)> _messages = [];

    private bool Allowed(NaivePosition position, Side side, OrderType type, decimal closing, decimal opening, decimal price, decimal decisionPrice = 0)
    {
        var order = new NaiveProposal(position, side, closing, opening, price, decisionPrice) { Type = type };
        (CheckKind, ReasonCode)? refusal = VenueRefusal(order) ?? (opening == 0 ? null
            : LossRefusal(order) ?? StateRefusal(position) ?? OrderRefusal(order) ?? PriceRefusal(order) ?? PositionRefusal(order)
            ?? ConcentrationRefusal(order) ?? TradeLossRefusal(order) ?? LeverageRefusal(order) ?? BalanceRefusal(order) ?? FlowRefusal(position)
            ?? OwnOrderRefusal(order));
        position.Passed += refusal is null ? 1ul : 0;
        position.Failed += refusal is null ? 0 : 1ul;
        if (refusal is var (check, reason))
        {
            Refuse(check, reason);
        }

        return refusal is null;
    }

    private LimitsRecord Own(NaivePosition position) => LimitsOf(Scope.Strategy, position.Strategy);

    private LimitsRecord Shared(NaivePosition position) => LimitsOf(Scope.Client, Rules(position).Client);

    private bool IsAbove(NaivePosition position, Func<LimitsRecord, decimal?> limit, decimal value) =>
        value > limit(Own(position)) || value > limit(Shared(position));

    private static (CheckKind, ReasonCode)? VenueRefusal(NaiveProposal order)
    {
        InstrumentRecord market = order.Position.Market;
        decimal quantity = order.Closing + order.Opening;
        decimal value = order.Price == 0 ? 0 : Math.Abs(Worth(market, order.Price, quantity));
        return quantity % market.QuantityStep != 0 ? (CheckKind.VenueRules, ReasonCode.QuantityNotOnStep)
            : quantity < market.MinimumQuantity ? (CheckKind.VenueRules, ReasonCode.QuantityBelowMinimum)
            : quantity > (market.MaximumQuantity ?? QuantityMax) ? (CheckKind.VenueRules, ReasonCode.QuantityAboveMaximum)
            : !Fits(value) ? (CheckKind.VenueRules, ReasonCode.ArithmeticOverflow)
            : order.Price != 0 && value < market.MinimumNotional ? (CheckKind.VenueRules, ReasonCode.NotionalBelowMinimum)
            : value > (market.MaximumNotional ?? MoneyMax) ? (CheckKind.VenueRules, ReasonCode.NotionalAboveMaximum)
            : null;
    }

    private (CheckKind, ReasonCode)? LossRefusal(NaiveProposal order)
    {
        (Scope, uint) strategy = (Scope.Strategy, order.Position.Strategy);
        (Scope, uint) client = (Scope.Client, Rules(order.Position).Client);
        return IsDayLost(strategy) || IsDayLost(client) ? (CheckKind.DailyLoss, ReasonCode.DailyLossLimit)
            : IsDrawnDown(strategy) || IsDrawnDown(client) ? (CheckKind.Drawdown, ReasonCode.DrawdownLimit)
            : null;
    }

    private TradingState WorstState(NaivePosition position) => (TradingState)Math.Max(
        (int)StateOf(Scope.Shard, 0), Math.Max((int)StateOf(Scope.Client, Rules(position).Client), (int)StateOf(Scope.Strategy, position.Strategy)));

    private (CheckKind, ReasonCode)? StateRefusal(NaivePosition position) => WorstState(position) switch
    {
        TradingState.Halted => (CheckKind.TradingState, ReasonCode.Halted),
        TradingState.Reducing => (CheckKind.TradingState, ReasonCode.Reducing),
        _ => null,
    };

    private (CheckKind, ReasonCode)? OrderRefusal(NaiveProposal order)
    {
        NaivePosition position = order.Position;
        decimal whole = order.Closing + order.Opening;
        return whole < Own(position).MinimumOrderQuantity || whole < Shared(position).MinimumOrderQuantity
                ? (CheckKind.OrderQuantity, ReasonCode.QuantityBelowMinimum)
            : IsAbove(position, limits => limits.MaximumOrderQuantity, order.Opening) ? (CheckKind.OrderQuantity, ReasonCode.QuantityAboveMaximum)
            : IsAbove(position, limits => limits.MaximumOrderNotional, order.OpeningValue) ? (CheckKind.OrderNotional, ReasonCode.NotionalAboveMaximum)
            : null;
    }

    private (CheckKind, ReasonCode)? PriceRefusal(NaiveProposal order)
    {
        NaivePosition position = order.Position;
        decimal mark = Mark(position.Instrument);
        decimal rise = order.Side == Side.Buy ? order.Price - order.DecisionPrice : order.DecisionPrice - order.Price;
        bool hasCollar = (Own(position).MaximumPriceDeviation ?? Shared(position).MaximumPriceDeviation) is not null;
        long? oldest = Least(Own(position).MaximumPriceAgeNanos, Shared(position).MaximumPriceAgeNanos);
        return hasCollar && mark == 0 ? (CheckKind.PriceCollar, ReasonCode.NoPrice)
            : hasCollar && IsAbove(position, limits => limits.MaximumPriceDeviation, ShareUp(Math.Abs(order.Price - mark), mark))
                ? (CheckKind.PriceCollar, ReasonCode.PriceCollar)
            : oldest is not null && mark == 0 ? (CheckKind.StalePrice, ReasonCode.NoPrice)
            : oldest is { } age && _now - _markedAt[position.Instrument] > age ? (CheckKind.StalePrice, ReasonCode.StalePrice)
            : order.DecisionPrice != 0 && IsAbove(position, limits => limits.MaximumSlippage, ShareUp(rise, order.DecisionPrice))
                ? (CheckKind.Slippage, ReasonCode.SlippageLimit)
            : null;
    }

    private static long? Least(long? left, long? right) => left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);

    /// <summary>What would be held if this order and all open ones executed; of a reversal only what it opens.</summary>
    private decimal After(NaiveProposal order) => order.Opening + Pending(order.Position) + (order.Closing > 0 ? 0 : Math.Abs(order.Position.Quantity));

    private (CheckKind, ReasonCode)? PositionRefusal(NaiveProposal order)
    {
        NaivePosition position = order.Position;
        decimal after = After(order);
        decimal value = Notional(Market(position), order.Price, after);
        decimal equity = Equity(Rules(position).Account);
        return IsAbove(position, limits => limits.MaximumPositionQuantity, after) ? (CheckKind.PositionQuantity, ReasonCode.PositionQuantityLimit)
            : IsAbove(position, limits => limits.MaximumPositionNotional, value) ? (CheckKind.PositionNotional, ReasonCode.PositionNotionalLimit)
            : IsAbove(position, limits => limits.MaximumPositionFraction is { } share ? Product(share, equity) : null, value)
                ? (CheckKind.PositionFraction, ReasonCode.PositionFractionLimit)
            : null;
    }

    private (CheckKind, ReasonCode)? ConcentrationRefusal(NaiveProposal order)
    {
        NaivePosition position = order.Position;
        uint client = Rules(position).Client;
        if ((Own(position).MaximumConcentration ?? Shared(position).MaximumConcentration) is null)
        {
            return null;
        }

        decimal exposure = ExposureOfInstrument(client, position.Instrument, position, Notional(Market(position), order.Price, After(order)));
        return IsAbove(position, limits => limits.MaximumConcentration, ShareUp(exposure, EquityOfClient(client)))
            ? (CheckKind.Concentration, ReasonCode.ConcentrationLimit)
            : null;
    }

    /// <summary>
    /// What the opening part loses down to its stop; all of it where there is no stop rule. Where the stop is not known yet nothing can be said, and it passes.
    /// </summary>
    private (CheckKind, ReasonCode)? TradeLossRefusal(NaiveProposal order)
    {
        NaivePosition position = order.Position;
        decimal loss = order.OpeningValue;
        if (Rules(position).StopLoss is { } fraction)
        {
            bool adds = order.Closing == 0 && position.Quantity != 0 && position.Protection is { Stop: > 0 };
            decimal stop = adds ? position.Protection!.Stop
                : ExitsOf(position.Strategy).Stop == ExitMode.Fixed ? Product(order.Price, order.Side == Side.Buy ? 1 - fraction : 1 + fraction)
                : 0;
            loss = stop == 0 ? -1 : Math.Abs(loss - Notional(Market(position), stop, order.Opening));
        }

        return IsAbove(position, limits => limits.MaximumLossPerTrade, loss) ? (CheckKind.LossPerTrade, ReasonCode.LossPerTradeLimit) : null;
    }

    /// <summary>A reversal gives back the exposure of what it closes.</summary>
    private decimal Freed(NaiveProposal order) => order.Closing == 0 ? 0 : ExposureOf(order.Position);

    private (CheckKind, ReasonCode)? LeverageRefusal(NaiveProposal order)
    {
        NaivePosition position = order.Position;
        uint client = Rules(position).Client;
        decimal added = Converted(Rules(position).Account, order.OpeningValue - Freed(order));
        bool isAbove = (Own(position).MaximumLeverage is { } own
                && ShareUp(ExposureOfStrategy(position.Strategy) + added, EquityOfStrategy(position.Strategy)) > own)
            || (Shared(position).MaximumLeverage is { } shared
                && ShareUp(ExposureOfClient(client) + added, EquityOfClient(client)) > shared);
        return isAbove ? (CheckKind.Leverage, ReasonCode.LeverageLimit) : null;
    }

    /// <summary>Exposure, with what open orders hold back and the fee of taking, is at most equity × leverage.</summary>
    private (CheckKind, ReasonCode)? BalanceRefusal(NaiveProposal order)
    {
        AccountRecord account = setup.AccountOf(Rules(order.Position).Account);
        decimal value = Math.Abs(Worth(Market(order.Position), order.Price, order.Opening));
        decimal most = Product(Equity(account.Id), account.Leverage);
        decimal exposure = ExposureOfAccount(account.Id) - Freed(order) + Reserved(account.Id) + value + Product(value, setup.Venue.TakerFee);
        return !Fits(value) || !Fits(most) ? (CheckKind.Balance, ReasonCode.ArithmeticOverflow)
            : exposure > most ? (CheckKind.Balance, ReasonCode.InsufficientBalance)
            : null;
    }

    private (CheckKind, ReasonCode)? FlowRefusal(NaivePosition position)
    {
        uint client = Rules(position).Client;
        bool isFull = 1 + _ordersInOrder.Count(order => order.IsOpen && order.Position.Strategy == position.Strategy) > Own(position).MaximumOpenOrders
            || 1 + _ordersInOrder.Count(order => order.IsOpen && Rules(order.Position).Client == client) > Shared(position).MaximumOpenOrders;
        return isFull ? (CheckKind.OpenOrders, ReasonCode.OpenOrderLimit)
            : IsBusy(Scope.Strategy, position.Strategy) || IsBusy(Scope.Client, client) ? (CheckKind.MessageRate, ReasonCode.MessageRateLimit)
            : null;
    }

    /// <summary>Whether it would meet a resting order of the same client, where that is to be prevented by us.</summary>
    private (CheckKind, ReasonCode)? OwnOrderRefusal(NaiveProposal order)
    {
        uint client = Rules(order.Position).Client;
        if (setup.Clients.Single(known => known.Id == client).SelfTradePrevention is not (SelfTradePrevention.ExpireTaker or SelfTradePrevention.ExpireBoth))
        {
            return null;
        }

        bool meets = _ordersInOrder.Any(resting => resting.IsOpen && resting.Type == OrderType.Limit && Rules(resting.Position).Client == client
            && resting.Position.Instrument == order.Position.Instrument && resting.Side != order.Side
            && (order.Type == OrderType.Market || (order.Side == Side.Buy ? order.Price >= resting.ReservePrice : order.Price <= resting.ReservePrice)));
        return meets ? (CheckKind.SelfTrade, ReasonCode.SelfTrade) : null;
    }

    private bool IsBusy(Scope scope, uint id)
    {
        (long start, uint count) = _messages.GetValueOrDefault((scope, id));
        return (_now - start >= WindowOf(scope, id) ? 0 : count) + 1 > LimitsOf(scope, id).MaximumMessages;
    }

    private long WindowOf(Scope scope, uint id) => LimitsOf(scope, id).MessageWindowNanos ?? NaiveSetup.SecondNanos;

    /// <summary>A request goes to a venue: it counts in the window that began with the first one after the window before (R108).</summary>
    private void CountMessage(NaivePosition position)
    {
        foreach ((Scope scope, uint id) in new[] { (Scope.Strategy, position.Strategy), (Scope.Client, Rules(position).Client) })
        {
            // Counting begins when the limit is set: requests before it are not known.
            if (LimitsOf(scope, id).MaximumMessages is null)
            {
                continue;
            }

            (long start, uint count) = _messages.GetValueOrDefault((scope, id));
            bool isNew = _now - start >= WindowOf(scope, id);
            _messages[(scope, id)] = isNew ? (_now, 1) : (start, count + 1);
        }
    }

    private void Refuse(CheckKind check, ReasonCode reason) => Said.Add($"refused {check} {reason}");

    /// <summary>An order before its checks: what it closes, and what it opens.</summary>
    private sealed record NaiveProposal(NaivePosition Position, Side Side, decimal Closing, decimal Opening, decimal Price, decimal DecisionPrice)
    {
        public OrderType Type { get; init; }

        public decimal OpeningValue => Notional(Position.Market, Price, Opening);
    }
}
