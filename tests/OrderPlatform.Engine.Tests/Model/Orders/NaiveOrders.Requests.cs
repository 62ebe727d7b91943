using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>What clients ask for (R60, R63, R64).</content>
internal sealed partial class NaiveOrders
{
    public void OnSubmit(SubmitRecord request)
    {
        if (Wrong(request) is { } wrong)
        {
            Refused(wrong);
            return;
        }

        NaiveInstrument instrument = Instruments[request.Instrument];
        NaivePosition position = PositionOf(Clients[request.Client], instrument);
        NaiveParent parent = Read(request, position);
        if (parent.ReduceOnly && parent.Role != LinkRole.Secondary)
        {
            decimal held = position.ReducesBy(parent.Side) ? instrument.Lots(Math.Abs(position.Quantity)) : 0;
            if (held == 0)
            {
                Refused(ReasonCode.NotReducing);
                return;
            }

            parent.Quantity = Math.Min(held, parent.Quantity);
        }

        decimal closing = parent.ReduceOnly ? parent.Quantity : Math.Min(parent.Quantity, Closable(position, parent.Side));
        parent.Opening = parent.Quantity - closing;
        Start(parent);
    }

    public void OnCancel(ulong id, uint client)
    {
        if (FindOpen(id, client) is { } order)
        {
            Cancel(order.Parent!, ReasonCode.ParentCancelled);
        }
    }

    /// <summary>An operator ends doubts by his word, or all orders and what was not sent yet.</summary>
    public void OnCommand(OperatorAction action)
    {
        switch (action)
        {
            case OperatorAction.EndDoubt:
                Alert(ReasonCode.OperatorEndDoubt, 0);
                foreach (NaiveOrder order in Orders.Values.ToList())
                {
                    if (order.InDoubt)
                    {
                        Apply(order, new NaiveCell("Cancelled", new HashSet<string> { "End", "Release" }), ReasonCode.OperatorEndDoubt, 0);
                    }
                }

                break;
            case OperatorAction.CancelAll:
                Alert(ReasonCode.OperatorCancelAll, 0);
                foreach (NaiveOrder order in Orders.Values.ToList())
                {
                    Happen(order, "Cancel", ReasonCode.None);
                }

                foreach (NaiveParent parent in Parents.Values.Where(parent => parent.Id < (ulong)_sequence << 6).OrderBy(parent => parent.Id).ToList())
                {
                    if (!parent.IsGone)
                    {
                        Cancel(parent, ReasonCode.OperatorCancelAll);
                    }
                }

                break;
            default:
                Alert(ReasonCode.InvalidValue, 0);
                break;
        }
    }

    public void OnAmend(ulong id, uint client, decimal? wantedQuantity, decimal? wantedLimit, decimal? wantedTrigger)
    {
        if (FindOpen(id, client) is not { } order)
        {
            return;
        }

        decimal quantity = wantedQuantity ?? order.Quantity;
        decimal limit = wantedLimit ?? order.Limit;
        bool hasTrigger = order.HasTrigger && order.Type != OrderType.TrailingStop;
        decimal trigger = hasTrigger && wantedTrigger is { } given ? given : order.Trigger;
        if (WrongAmend(order, quantity, limit, hasTrigger ? trigger : null) is { } wrong)
        {
            Refused(wrong);
        }
        else if (AskAmend(order, quantity, limit, trigger) is { } refused)
        {
            Alert(refused, id);
        }
    }

    private static NaiveParent Read(SubmitRecord request, NaivePosition position)
    {
        OrderType type = request.Type!.Value;
        bool hasLimit = type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;
        bool hasTrigger = type is OrderType.Stop or OrderType.StopLimit or OrderType.MarketIfTouched or OrderType.LimitIfTouched;
        return new NaiveParent
        {
            Position = position,
            Algorithm = request.Algorithm ?? ExecutionAlgorithm.Immediate,
            Side = request.Side,
            Type = type,
            TimeInForce = request.TimeInForce,
            Quantity = request.Quantity,
            Limit = hasLimit ? request.Price!.Value : 0,
            Trigger = hasTrigger ? request.Trigger!.Value : 0,
            Offset = type == OrderType.TrailingStop ? request.Trailing!.Value : 0,
            Display = request.Display ?? 0,
            ExpireAt = request.TimeInForce == TimeInForce.GoodTillDate ? request.ExpireAtNanos!.Value : 0,
            PostOnly = request.PostOnly,
            ReduceOnly = request.ReduceOnly,
            Link = request.Link,
            Role = request.Role,
        };
    }

    private ReasonCode? Wrong(SubmitRecord request)
    {
        if (!Clients.ContainsKey(request.Strategy))
        {
            return ReasonCode.UnknownStrategy;
        }

        if (!Clients.ContainsKey(request.Client))
        {
            return ReasonCode.UnknownClient;
        }

        if (request.Client != request.Strategy)
        {
            return ReasonCode.NotTheOwner;
        }

        if (!Instruments.TryGetValue(request.Instrument, out NaiveInstrument? instrument))
        {
            return ReasonCode.UnknownInstrument;
        }

        if (!IsSane(request) || !IsSaneTogether(request))
        {
            return ReasonCode.InvalidValue;
        }

        OrderType type = request.Type!.Value;
        bool hasLimit = type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;
        bool hasTrigger = type is OrderType.Stop or OrderType.StopLimit or OrderType.MarketIfTouched or OrderType.LimitIfTouched;
        return request.TimeInForce == TimeInForce.GoodTillDate && (request.ExpireAtNanos ?? 0) <= Now ? ReasonCode.Expired
            : (hasLimit && request.Price % instrument.Rules.PriceTick != 0) || (hasTrigger && request.Trigger % instrument.Rules.PriceTick != 0)
                ? ReasonCode.PriceNotOnTick
            : (request.Display ?? 0) % instrument.Rules.QuantityStep != 0 ? ReasonCode.QuantityNotOnStep
            : type is OrderType.Market or OrderType.TrailingStop && instrument.Mark == 0 ? ReasonCode.NoPrice
            : null;
    }

    private static bool IsSane(SubmitRecord request) => request.Side is Side.Buy or Side.Sell
        && request.TimeInForce is >= TimeInForce.GoodTillCancelled and <= TimeInForce.Day
        && IsQuantity(request.Quantity)
        && request.Type switch
        {
            OrderType.Market => true,
            OrderType.Limit => IsPrice(request.Price),
            OrderType.Stop or OrderType.MarketIfTouched => IsPrice(request.Trigger),
            OrderType.StopLimit or OrderType.LimitIfTouched => IsPrice(request.Price) && IsPrice(request.Trigger),
            OrderType.TrailingStop => request.Trailing is > 0 and < 1,
            _ => false,
        };

    private static bool IsSaneTogether(SubmitRecord request)
    {
        bool hasLimit = request.Type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;
        bool canRest = request.Type == OrderType.Limit && request.TimeInForce is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill);
        bool isAlgorithmSane = (request.Algorithm ?? ExecutionAlgorithm.Immediate) switch
        {
            ExecutionAlgorithm.Immediate => true,
            ExecutionAlgorithm.LimitThenMarket => request is { Type: OrderType.Limit, Link: 0 },
            >= ExecutionAlgorithm.Twap and <= ExecutionAlgorithm.Iceberg =>
                request is { Type: OrderType.Market or OrderType.Limit, Link: 0 } && (request.Display ?? 0) == 0,
            _ => false,
        };
        return isAlgorithmSane
            && (request.Display is null or 0 || (hasLimit && request.Display > 0 && request.Display <= request.Quantity))
            && (!request.PostOnly || canRest)
            && request.Role <= LinkRole.Secondary && request.Link != 0 == (request.Role != LinkRole.None);
    }

    private static bool IsPrice(decimal? price) => price is > 0 and <= 1_000_000_000;

    private static bool IsQuantity(decimal quantity) => quantity is > 0 and <= 10_000_000_000;

    private NaiveOrder? FindOpen(ulong id, uint client)
    {
        ReasonCode? wrong = !Orders.TryGetValue(id, out NaiveOrder? order) ? ReasonCode.UnknownOrder
            : order.Position.Client.Id != client ? ReasonCode.NotTheOwner
            : !order.IsOpen ? ReasonCode.OrderNotOpen
            : null;
        if (wrong is { } reason)
        {
            Alert(reason, id);
            return null;
        }

        return order;
    }

    private ReasonCode? WrongAmend(NaiveOrder order, decimal quantity, decimal limit, decimal? trigger)
    {
        if (!IsQuantity(quantity) || quantity <= order.Cumulative)
        {
            return ReasonCode.InvalidValue;
        }

        // What only reduces never becomes larger than what it can reduce (T15).
        decimal most = order.Position.ReducesBy(order.Side) ? Math.Abs(order.Position.Quantity) : 0;
        if (order.ReduceOnly && order.Role != LinkRole.Secondary && quantity > order.Quantity && quantity - order.Cumulative > most)
        {
            return ReasonCode.NotReducing;
        }

        decimal tick = order.Position.Instrument.Rules.PriceTick;
        if ((order.HasLimit && (!IsPrice(limit) || limit % tick != 0)) || (trigger is not null && (!IsPrice(trigger) || trigger % tick != 0)))
        {
            return ReasonCode.PriceNotOnTick;
        }

        decimal added = Math.Max(0, quantity - order.Quantity);
        return WrongForVenue(order.Position, quantity, added, order.HasLimit ? limit : order.ReservePrice, isWhole: false);
    }

    /// <summary>What of a position an order of this side can still close: what open orders will close cannot be closed twice.</summary>
    private decimal Closable(NaivePosition position, Side side) => !position.ReducesBy(side) ? 0
        : Math.Max(0, Math.Abs(position.Quantity) - OpenOf(position).Where(order => order.Side == side).Sum(order => order.ClosingLeft));

    /// <summary>Without limits of ours: a client whose orders are asked for, the venue's rules, a venue that is down (R193, D16).</summary>
    private ReasonCode? WrongForVenue(NaivePosition position, decimal quantity, decimal opening, decimal price, bool isWhole)
    {
        InstrumentRecord rules = position.Instrument.Rules;
        return position.Client.IsReconciling ? ReasonCode.Reconciling
            : quantity % rules.QuantityStep != 0 ? ReasonCode.QuantityNotOnStep
            : quantity < (rules.MinimumQuantity ?? 0) ? ReasonCode.QuantityBelowMinimum
            : !isWhole && quantity > rules.MaximumQuantity ? ReasonCode.QuantityAboveMaximum
            : price != 0 && quantity * price < (rules.MinimumNotional ?? 0) ? ReasonCode.NotionalBelowMinimum
            : opening > 0 && IsDown ? ReasonCode.VenueDown
            : null;
    }
}
