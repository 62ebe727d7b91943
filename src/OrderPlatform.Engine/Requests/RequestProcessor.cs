using System;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Requests;

/// <summary>Orders, cancels and amends that somebody asks for, not a strategy's signal (R60, R63, R64). They pass the same checks (R193).</summary>
internal static class RequestProcessor
{
    public static void OnSubmit(EngineState state, in SubmitOrderDecoder request)
    {
        ParentOrder wanted = OrderRequest.Read(request);
        Refusal? refusal = Resolve(state, request, ref wanted);
        if (refusal is null && wanted.ReduceOnly)
        {
            refusal = Reduce(state, ref wanted);
        }

        if (refusal is { } refused)
        {
            RiskRecords.Refused(state, request.ClientId, request.StrategyId, request.InstrumentId, request.Side, request.Quantity, request.RequestId, refused);
            return;
        }

        Quantity closing = wanted.ReduceOnly ? wanted.Quantity : Closable.Of(state, wanted.Position, wanted.Side, wanted.Quantity);
        wanted.Opening = wanted.Quantity - closing;
        if (!wanted.Opening.IsZero && !Legs.MayOpen(state.Positions[wanted.Position], wanted.Side))
        {
            ProposedOrder proposed = ChildOrders.Proposed(state, wanted, wanted.Position, closing, wanted.Opening, wanted.Type);
            RiskRecords.Refused(state, proposed, new Refusal(CheckKind.OrderQuantity, ReasonCode.NotReducing, wanted.Quantity.Raw, closing.Raw));
            return;
        }

        ParentDesk.Start(state, wanted);
    }

    // What only reduces is cut to what is held; other orders that reduce too are no matter, for the first to execute leaves them less. An order of a bracket
    // waits for the position that it will reduce.
    private static Refusal? Reduce(EngineState state, ref ParentOrder wanted)
    {
        if (wanted.LinkRole == LinkRole.Secondary)
        {
            return null;
        }

        ref Position position = ref state.Positions[wanted.Position];
        long held = position.Side == (wanted.Side == Side.Buy ? Direction.Short : Direction.Long) ? position.Quantity.Abs().Raw : 0;
        held = FixedPoint.FloorToStep(held, state.Instruments[position.Instrument].QuantityStep.Raw);
        if (held == 0)
        {
            return new Refusal(CheckKind.ReduceOnly, ReasonCode.NotReducing, wanted.Quantity.Raw, position.Quantity.Raw);
        }

        wanted.Quantity = new Quantity(Math.Min(held, wanted.Quantity.Raw));
        return null;
    }

    public static void OnCancel(EngineState state, in CancelOrderDecoder request)
    {
        if (TryFindOpen(state, request.ClientOrderId, request.ClientId, CancelOrderDecoder.TemplateId, out int row))
        {
            ParentDesk.Cancel(state, state.Orders[row].Parent);
        }
    }

    public static void OnAmend(EngineState state, in AmendOrderDecoder request)
    {
        if (!TryFindOpen(state, request.ClientOrderId, request.ClientId, AmendOrderDecoder.TemplateId, out int row))
        {
            return;
        }

        ref Order order = ref state.Orders[row];
        long quantity = request.TryGetQuantity(out long wanted) ? wanted : order.Quantity.Raw;
        long price = request.TryGetPrice(out long limit) ? limit : order.LimitPrice.Raw;
        bool hasTrigger = OrderKinds.HasTrigger(order.Type) && order.Type != OrderType.TrailingStop;
        long trigger = hasTrigger && request.TryGetTriggerPrice(out long at) ? at : order.TriggerPrice.Raw;
        if (CheckAmend(state, row, quantity, price, trigger) is { } refusal)
        {
            ref Position position = ref state.Positions[order.Position];
            RiskRecords.Refused(state, request.ClientId, state.Strategies[position.Strategy].Id, state.Instruments[position.Instrument].Id, order.Side, quantity, request.RequestId, refusal);
            return;
        }

        ReasonCode refused = OrderDesk.Amend(state, row, new Quantity(quantity), new Price(price), new Price(trigger));
        if (refused != ReasonCode.None)
        {
            Events.Alert(state, Severity.Warning, refused, AmendOrderDecoder.TemplateId, request.ClientOrderId);
        }
    }

    private static Refusal? CheckAmend(EngineState state, int row, long quantity, long price, long trigger)
    {
        ref Order order = ref state.Orders[row];
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        if (!Bounds.IsQuantity(quantity) || quantity <= order.Cumulative.Raw)
        {
            return new Refusal(CheckKind.OrderQuantity, ReasonCode.InvalidValue, quantity, order.Cumulative.Raw);
        }

        if (order.ReduceOnly && quantity > order.Quantity.Raw && order.LinkRole != LinkRole.Secondary)
        {
            ref Position held = ref state.Positions[order.Position];
            long most = held.Side == (order.Side == Side.Sell ? Direction.Long : Direction.Short) ? held.Quantity.Abs().Raw : 0;
            if (quantity - order.Cumulative.Raw > most)
            {
                return new Refusal(CheckKind.ReduceOnly, ReasonCode.NotReducing, quantity, most);
            }
        }

        bool hasLimit = OrderKinds.HasLimit(order.Type);
        bool hasTrigger = OrderKinds.HasTrigger(order.Type) && order.Type != OrderType.TrailingStop;
        if ((hasLimit && !IsOnTick(price, instrument)) || (hasTrigger && !IsOnTick(trigger, instrument)))
        {
            return new Refusal(CheckKind.VenueRules, ReasonCode.PriceNotOnTick, hasLimit ? price : trigger, instrument.PriceTick.Raw);
        }

        // Only what is added is new to the limits of quantity, and what opens at another price to those of prices; a smaller order passes.
        Quantity added = new(quantity > order.Quantity.Raw ? quantity - order.Quantity.Raw : 0);
        long closes = order.Quantity.Raw - order.Opening.Raw - order.Cumulative.Raw;
        Quantity closing = new(closes <= 0 ? 0 : Math.Min(closes, quantity));
        Quantity standing = new Quantity(quantity) - closing - added;
        Price reserve = hasLimit ? new Price(price) : order.ReservePrice;
        var opens = new Quantity(Math.Min(OrderDesk.OpeningLeft(order), quantity - order.Cumulative.Raw));
        long hold = ContractValue.Notional(instrument, reserve, opens).Raw - ContractValue.Notional(instrument, order.ReservePrice, opens).Raw;
        var proposed = new ProposedOrder(order.Position, order.Side, closing, added, reserve, order.RequestId, standing)
        {
            Repricing = reserve != order.ReservePrice && !opens.IsZero,
            AddedHold = new Money(Math.Max(0, hold)),
        };
        return PreTradeChecks.Check(state, proposed);
    }

    private static bool IsOnTick(long price, in Instrument instrument) => Bounds.IsPrice(price) && price % instrument.PriceTick.Raw == 0;

    private static Refusal? Resolve(EngineState state, in SubmitOrderDecoder request, ref ParentOrder wanted)
    {
        ReasonCode reason = ReasonCode.None;
        if (!state.Strategies.TryFind(request.StrategyId, out int strategy))
        {
            reason = ReasonCode.UnknownStrategy;
        }
        else if (!state.Clients.TryFind(request.ClientId, out int client))
        {
            reason = ReasonCode.UnknownClient;
        }
        else if (state.Strategies[strategy].Client != client)
        {
            reason = ReasonCode.NotTheOwner;
        }
        else if (!state.Instruments.TryFind(request.InstrumentId, out int instrument))
        {
            reason = ReasonCode.UnknownInstrument;
        }
        else
        {
            reason = OrderRequest.Wrong(state, wanted, state.Instruments[instrument]);
            if (reason == ReasonCode.None)
            {
                reason = Place(state, strategy, instrument, request.Leg, ref wanted);
            }
        }

        return reason == ReasonCode.None ? null : new Refusal(CheckKind.ReferenceData, reason, 0, 0);
    }

    // In hedging mode an order that takes from its leg cannot go beyond it.
    private static ReasonCode Place(EngineState state, int strategy, int instrument, PositionLeg named, ref ParentOrder wanted)
    {
        ReasonCode reason = Legs.TryOfOrder(state, strategy, instrument, named, wanted.Side, wanted.ReduceOnly, out PositionLeg leg);
        return reason == ReasonCode.None ? state.Positions.TryFindOrAdd(state, strategy, instrument, leg, out wanted.Position) : reason;
    }

    private static bool TryFindOpen(EngineState state, ulong clientOrderId, uint clientId, ushort templateId, out int row)
    {
        ReasonCode reason = ReasonCode.UnknownOrder;
        if (state.Orders.TryFind(clientOrderId, out row))
        {
            ref Order order = ref state.Orders[row];
            uint owner = state.Clients[state.Strategies[state.Positions[order.Position].Strategy].Client].Id;
            reason = owner != clientId ? ReasonCode.NotTheOwner : order.IsOpen ? ReasonCode.None : ReasonCode.OrderNotOpen;
        }

        if (reason != ReasonCode.None)
        {
            Events.Alert(state, Severity.Warning, reason, templateId, clientOrderId);
        }

        return reason == ReasonCode.None;
    }
}
