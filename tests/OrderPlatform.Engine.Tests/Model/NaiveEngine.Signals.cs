using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Tests.KnownAnswer;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Signals, intents and operator commands of the naive model.</summary>
internal sealed partial class NaiveEngine
{
    public void Signal(uint client, uint strategy, uint instrument, Direction direction, decimal? confidence, long? validUntil)
    {
        if (NameProblem(client, strategy, instrument) is { } unknown)
        {
            Decide(DecisionAction.Hold, unknown, 0);
            return;
        }

        NaivePosition position = PositionOf(strategy, instrument);
        StrategyRecord rules = Rules(position);
        Direction target = direction == Direction.Short && rules.Mode == TradingMode.LongOnly ? Direction.Neutral : direction;
        if (Objection(position, rules, direction, target, confidence, validUntil) is { } reason)
        {
            Decide(DecisionAction.Hold, reason, position.Quantity);
            return;
        }

        // What has no size, or could not be left again at its stop, does not open; against a position it still closes.
        ReasonCode? small = target == Direction.Neutral ? null : SizeProblem(position, rules, target);
        if (small is { } only)
        {
            target = Direction.Neutral;
            if (position.Quantity == 0 || Coming(position) == target)
            {
                Decide(DecisionAction.Hold, position.Quantity == 0 ? only : InFlight(position), position.Quantity);
                return;
            }
        }

        bool waits = rules.Timing == EntryTiming.CurrentOpen;
        bool blocked = position.Working is not null;
        decimal size = target == Direction.Neutral ? 0 : (int)target * Size(position, Mark(instrument));
        DecisionAction action = waits || blocked ? DecisionAction.Wait
            : position.Quantity == 0 ? DecisionAction.Enter : target == Direction.Neutral ? DecisionAction.Exit : DecisionAction.Reverse;
        Decide(action, small ?? (waits ? ReasonCode.WaitingForNextBar : blocked ? ReasonCode.OrderInFlight : ReasonCode.None), size);
        ExitReason exit = target == Direction.Neutral && small is null ? ExitReason.Signal : ExitReason.Reversal;
        position.Intent = new NaiveIntent(target, exit, AtMarket: false, waits);
        Advance(position);
    }

    public void Command(OperatorAction action, Scope scope, uint id)
    {
        bool known = scope == Scope.Shard || (scope == Scope.Client && setup.Clients.Contains(id))
            || (scope == Scope.Strategy && setup.Strategies.Any(rules => rules.Id == id));
        if (!known)
        {
            Said.Add("alert InvalidValue");
            return;
        }

        Said.Add($"alert Operator{action}");
        (Scope, uint) key = (scope, scope == Scope.Shard ? 0 : id);
        _ = action is OperatorAction.Halt or OperatorAction.Resume && _reducing.Remove(key);
        _ = action switch { OperatorAction.Halt => _halted.Add(key), OperatorAction.Resume => _halted.Remove(key), _ => false };
        if (action == OperatorAction.Resume)
        {
            return;
        }

        bool flatten = action == OperatorAction.Flatten;
        bool IsIn(NaivePosition position) => scope == Scope.Shard || (scope == Scope.Client ? Rules(position).Client == id : position.Strategy == id);
        foreach (NaiveOrder order in _ordersInOrder.Where(order => order.IsOpen && IsIn(order.Position) && (flatten || order.OpeningLeft > 0)).ToArray())
        {
            AskForCancel(order);
        }

        foreach (NaivePosition position in _inOrder.Where(position => flatten && IsIn(position)).ToArray())
        {
            bool something = position.Working is not null || position.Quantity != 0;
            position.Intent = something ? new NaiveIntent(Direction.Neutral, ExitReason.Operator, AtMarket: true, WaitsForOpen: false) : null;
            Advance(position);
        }
    }

    private ReasonCode? NameProblem(uint client, uint strategy, uint instrument) =>
        !setup.Strategies.Any(rules => rules.Id == strategy) ? ReasonCode.UnknownStrategy
        : !setup.Clients.Contains(client) ? ReasonCode.UnknownClient
        : setup.Strategies.Single(rules => rules.Id == strategy).Client != client ? ReasonCode.NotTheOwner
        : !setup.Instruments.Any(market => market.Id == instrument) ? ReasonCode.UnknownInstrument
        : null;

    private ReasonCode? Objection(NaivePosition position, StrategyRecord rules, Direction direction, Direction target, decimal? confidence, long? validUntil)
    {
        if (validUntil < _now)
        {
            return ReasonCode.SignalExpired;
        }

        if (Math.Abs((int)direction) > 1)
        {
            return ReasonCode.InvalidValue;
        }

        bool idle = position.Quantity == 0 && position.Working is null && position.Intent is null;
        if (direction == Direction.Neutral && (rules.Neutral == NeutralSignal.Hold || idle))
        {
            return ReasonCode.NeutralDirection;
        }

        if (idle && StateRefusal(position) is var (_, stopped))
        {
            return stopped;
        }

        if (rules.MinimumConfidence is { } minimum && !(confidence >= minimum))
        {
            return ReasonCode.ConfidenceTooLow;
        }

        bool settled = position.Working is null && position.Intent is null;
        return idle && target == Direction.Neutral ? ReasonCode.NoPositionToSell
            : Mark(position.Instrument) == 0 ? ReasonCode.NoPrice
            : settled && position.Side == target ? ReasonCode.AlreadyInPosition
            : position.Intent is { AtMarket: true, WaitsForOpen: false } ? ReasonCode.OrderInFlight
            : Coming(position) == target ? InFlight(position)
            : null;
    }

    private static Direction Coming(NaivePosition position) => position.Intent?.Target ?? position.Working?.Target ?? position.Side;

    private static ReasonCode InFlight(NaivePosition position) =>
        position.Intent is { WaitsForOpen: true } ? ReasonCode.WaitingForNextBar : ReasonCode.OrderInFlight;

    private ReasonCode? SizeProblem(NaivePosition position, StrategyRecord rules, Direction target)
    {
        InstrumentRecord market = Market(position);
        decimal mark = Mark(position.Instrument);
        decimal size = Size(position, mark);
        decimal least = market.MinimumNotional ?? 0;
        decimal worst = rules.StopLoss is { } stop && target == Direction.Long ? StopLevel(mark, 1, stop, market.PriceTick) : mark;
        return size == 0 ? ReasonCode.RoundsToZero
            : size >= (market.MinimumQuantity ?? 0) && size * mark >= least && size * worst < least ? ReasonCode.ExitNotFeasible
            : null;
    }

    private void Advance(NaivePosition position)
    {
        if (position.Intent is not { WaitsForOpen: false } intent)
        {
            return;
        }

        if (position.Working is { } working)
        {
            if (working.Type == OrderType.Limit)
            {
                AskForCancel(working);
            }

            return;
        }

        position.Intent = null;
        if (intent.Target != position.Side)
        {
            CarryOut(position, intent);
        }
    }

    private void CarryOut(NaivePosition position, NaiveIntent intent)
    {
        StrategyRecord rules = Rules(position);
        InstrumentRecord market = Market(position);
        Side side = intent.Target == Direction.Long || (intent.Target == Direction.Neutral && position.Quantity < 0) ? Side.Buy : Side.Sell;
        OrderType type = intent.AtMarket ? OrderType.Market : rules.Type;
        decimal price = type == OrderType.Market ? Mark(position.Instrument) : RestingPrice(rules, market, Mark(position.Instrument), side);
        decimal closing = Floor(Math.Abs(position.Quantity), market.QuantityStep);
        decimal opening = intent.Target == Direction.Neutral ? 0 : Size(position, price);
        if (intent.Target != Direction.Neutral && opening == 0)
        {
            Refuse(CheckKind.OrderQuantity, ReasonCode.RoundsToZero);
        }

        bool passes = closing + opening > 0 && Allowed(position, closing, opening, price);
        if (!passes && closing > 0 && opening > 0)
        {
            opening = 0;
            passes = Allowed(position, closing, opening, price);
        }

        if (passes)
        {
            Direction target = opening == 0 ? Direction.Neutral : intent.Target;
            position.Working = Place(position, side, type, closing, opening, price, target, closing == 0 ? ExitReason.None : intent.Exit);
        }
    }

    private decimal Size(NaivePosition position, decimal price)
    {
        StrategyRecord rules = Rules(position);
        decimal money = rules.EquityFraction is { } fraction ? Floor(Math.Max(0, Equity(rules.Account) * fraction), Unit) : 0;
        decimal wanted = rules.EquityFraction is null ? rules.Quantity!.Value : price == 0 ? 0 : money / price;
        return Floor(wanted, Market(position).QuantityStep);
    }

    private static decimal RestingPrice(StrategyRecord rules, InstrumentRecord market, decimal mark, Side side)
    {
        decimal distance = MultiplyDivide(mark, rules.LimitOffset ?? 0, 1);
        return side == Side.Buy
            ? Math.Max(market.PriceTick, Floor(mark - distance, market.PriceTick))
            : Math.Ceiling((mark + distance) / market.PriceTick) * market.PriceTick;
    }

    private const decimal Unit = 0.00000001m;

    private static decimal Floor(decimal value, decimal step) => Math.Floor(value / step) * step;

    private NaivePosition PositionOf(uint strategy, uint instrument)
    {
        if (!_positions.TryGetValue((strategy, instrument), out NaivePosition? position))
        {
            position = new NaivePosition { Strategy = strategy, Instrument = instrument };
            _positions.Add((strategy, instrument), position);
            _inOrder.Add(position);
        }

        return position;
    }

    private void Decide(DecisionAction action, ReasonCode reason, decimal target) => Said.Add($"decision {action} {reason} {target:0.########}");
}
