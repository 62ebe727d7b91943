using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>How intents of the naive model become orders, one at a time; and operator commands.</summary>
internal sealed partial class NaiveEngine
{
    public void Command(OperatorAction action, Scope scope, uint id)
    {
        if (!IsPossible(action, scope) || !IsKnown(scope, id))
        {
            Said.Add("alert InvalidValue");
            return;
        }

        Said.Add($"alert Operator{(action == OperatorAction.KillAndFlatten ? OperatorAction.Kill : action)}");
        (Scope, uint) of = (scope, scope == Scope.Shard ? 0 : id);
        switch (action)
        {
            case OperatorAction.Resume:
                SetState(of, TradingState.Active, ReasonCode.OperatorResume);
                foreach ((Scope Scope, uint Id) day in _days.Keys.Where(day => scope == Scope.Shard || day == of))
                {
                    // A drawdown counts anew from here.
                    StartPeak(day);
                }

                break;
            case OperatorAction.Reduce:
                SetState(of, TradingState.Reducing, ReasonCode.OperatorReduce);
                break;
            case OperatorAction.Halt:
                SetState(of, TradingState.Halted, ReasonCode.OperatorHalt);
                CancelOrders(of, openingOnly: true);
                break;
            case OperatorAction.CancelAll:
                CancelOrders(of, openingOnly: false);
                break;
            case OperatorAction.Flatten:
                EndAll(of, isFlat: true);
                break;
            case OperatorAction.Kill or OperatorAction.KillAndFlatten:
                SetState(of, TradingState.Halted, ReasonCode.OperatorKill);
                EndAll(of, isFlat: action == OperatorAction.KillAndFlatten);
                break;
        }
    }

    /// <summary>States are of the shard, a client or a strategy; orders and positions also of a venue, an account or an instrument.</summary>
    private static bool IsPossible(OperatorAction action, Scope scope) => action switch
    {
        OperatorAction.Halt or OperatorAction.Resume or OperatorAction.Reduce or OperatorAction.Kill or OperatorAction.KillAndFlatten =>
            scope is Scope.Shard or Scope.Client or Scope.Strategy,
        OperatorAction.ResetBreaker => scope is Scope.Shard or Scope.Client or Scope.Strategy or Scope.Venue,
        OperatorAction.Flatten or OperatorAction.CancelAll => true,
        _ => false,
    };

    private bool IsKnown(Scope scope, uint id) => scope switch
    {
        Scope.Shard => true,
        Scope.Client => setup.Clients.Any(client => client.Id == id),
        Scope.Strategy => setup.StrategyOf(id) is not null,
        Scope.Venue => setup.Venue.Id == id,
        Scope.Account => setup.Accounts.Any(account => account.Id == id),
        Scope.Instrument => setup.InstrumentOf(id) is not null,
        _ => false,
    };

    private void EndAll((Scope, uint) of, bool isFlat)
    {
        foreach (NaivePosition position in _inOrder.Where(position => IsIn(of, position)))
        {
            Stop(position.IntentTimer);
            position.IntentTimer = null;
            position.Intent = null;
        }

        CancelOrders(of, openingOnly: false);
        foreach (NaivePosition position in _inOrder.Where(position => isFlat && IsIn(of, position)).ToArray())
        {
            CloseAtMarket(position, ExitReason.Operator);
        }
    }

    private void CancelOrders((Scope, uint) of, bool openingOnly)
    {
        foreach (NaiveOrder order in _ordersInOrder.Where(order => order.IsOpen && IsIn(of, order.Position)).ToArray())
        {
            if (!openingOnly || order.OpeningLeft > 0)
            {
                AskForCancel(order);
            }
        }
    }

    private void Advance(NaivePosition position)
    {
        if (position.Intent is not { IsReady: true } intent)
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
        decimal opening = intent.Target == Direction.Neutral || price == 0 ? 0 : Size(position, price, intent).Quantity;
        if (intent.Target != Direction.Neutral && opening == 0)
        {
            Refuse(CheckKind.OrderQuantity, ReasonCode.RoundsToZero);
        }

        bool passes = closing + opening > 0 && Allowed(position, side, type, closing, opening, price, intent.DecisionPrice);
        if (!passes && closing > 0 && opening > 0)
        {
            opening = 0;
            passes = Allowed(position, side, type, closing, opening, price, intent.DecisionPrice);
        }

        if (passes && price > PriceMax && type == OrderType.Limit)
        {
            // Beyond the highest price nothing rests.
            Refuse(CheckKind.ReferenceData, ReasonCode.InvalidValue);
        }
        else if (passes)
        {
            Direction target = opening == 0 ? Direction.Neutral : intent.Target;
            NaiveOrder order = Place(position, side, type, closing, opening, price, target, closing == 0 ? ExitReason.None : intent.Exit);
            order.DecisionPrice = intent.DecisionPrice == 0 ? order.DecisionPrice : intent.DecisionPrice;
            position.Working = order;
        }
    }

    private static decimal RestingPrice(StrategyRecord rules, InstrumentRecord market, decimal mark, Side side)
    {
        decimal distance = Product(mark, rules.LimitOffset ?? 0);
        return side == Side.Buy
            ? Math.Max(market.PriceTick, Floor(mark - distance, market.PriceTick))
            : Ceiling(mark + distance, market.PriceTick);
    }
}
