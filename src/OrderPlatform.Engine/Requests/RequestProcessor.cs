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
        Refusal? refusal = Resolve(state, request, out int row);
        if (refusal is { } unknown)
        {
            RiskRecords.Refused(state, request.ClientId, request.StrategyId, request.InstrumentId, request.Side, request.Quantity, request.RequestId, unknown);
            return;
        }

        Price price = request.OrderType == OrderType.Limit ? new Price(request.Price) : Price.Zero;
        var quantity = new Quantity(request.Quantity);
        Quantity closing = Closable.Of(state, row, request.Side, quantity);
        if (closing < quantity && !Legs.MayOpen(state.Positions[row], request.Side))
        {
            var proposed = new ProposedOrder(row, request.Side, closing, quantity - closing, price, request.RequestId);
            RiskRecords.Refused(state, proposed, new Refusal(CheckKind.OrderQuantity, ReasonCode.NotReducing, quantity.Raw, closing.Raw));
            return;
        }

        ParentDesk.Start(state, new ParentOrder
        {
            RequestId = request.RequestId,
            Position = row,
            Origin = OrderOrigin.Request,
            Algorithm = ExecutionAlgorithm.Immediate,
            Side = request.Side,
            Type = request.OrderType,
            TimeInForce = request.TimeInForce,
            ExitReason = ExitReason.Manual,
            Quantity = quantity,
            Opening = quantity - closing,
            LimitPrice = price,
        });
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
        if (CheckAmend(state, row, quantity, price) is { } refusal)
        {
            ref Position position = ref state.Positions[order.Position];
            RiskRecords.Refused(state, request.ClientId, state.Strategies[position.Strategy].Id, state.Instruments[position.Instrument].Id, order.Side, quantity, request.RequestId, refusal);
            return;
        }

        VenueRequests.Amend(state, order, quantity, price);
    }

    private static Refusal? CheckAmend(EngineState state, int row, long quantity, long price)
    {
        ref Order order = ref state.Orders[row];
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        if (!Bounds.IsQuantity(quantity) || quantity <= order.Cumulative.Raw)
        {
            return new Refusal(CheckKind.OrderQuantity, ReasonCode.InvalidValue, quantity, order.Cumulative.Raw);
        }

        if (order.Type == OrderType.Limit && (!Bounds.IsPrice(price) || price % instrument.PriceTick.Raw != 0))
        {
            return new Refusal(CheckKind.VenueRules, ReasonCode.PriceNotOnTick, price, instrument.PriceTick.Raw);
        }

        // Only what is added is new to the limits; a smaller or merely repriced order is checked for the venue's rules.
        Quantity added = new(quantity > order.Quantity.Raw ? quantity - order.Quantity.Raw : 0);
        long closes = order.Quantity.Raw - order.Opening.Raw - order.Cumulative.Raw;
        Quantity closing = new(closes <= 0 ? 0 : Math.Min(closes, quantity));
        Quantity standing = new Quantity(quantity) - closing - added;
        var proposed = new ProposedOrder(
            order.Position, order.Side, closing, added, order.Type == OrderType.Limit ? new Price(price) : order.ReservePrice, order.RequestId, standing);
        return PreTradeChecks.Check(state, proposed);
    }

    private static Refusal? Resolve(EngineState state, in SubmitOrderDecoder request, out int row)
    {
        row = -1;
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
            PositionLeg leg = PositionLeg.Net;
            reason = CheckFields(state, request, instrument);
            if (reason == ReasonCode.None)
            {
                reason = Legs.TryOfOrder(state, strategy, instrument, request.Leg, request.Side, request.ReduceOnly == YesNo.Yes, out leg);
            }

            if (reason == ReasonCode.None)
            {
                reason = state.Positions.TryFindOrAdd(state, strategy, instrument, leg, out row);
            }
        }

        return reason == ReasonCode.None ? null : new Refusal(CheckKind.ReferenceData, reason, 0, 0);
    }

    private static ReasonCode CheckFields(EngineState state, in SubmitOrderDecoder request, int instrument)
    {
        bool sane = request.Side is Side.Buy or Side.Sell && request.OrderType is OrderType.Market or OrderType.Limit
            && request.TimeInForce is TimeInForce.GoodTillCancelled or TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill
            && Bounds.IsQuantity(request.Quantity) && (request.OrderType == OrderType.Market || Bounds.IsPrice(request.Price));
        return !sane ? ReasonCode.InvalidValue
            : request.OrderType == OrderType.Limit && request.Price % state.Instruments[instrument].PriceTick.Raw != 0 ? ReasonCode.PriceNotOnTick
            : request.OrderType == OrderType.Market && state.Instruments[instrument].Mark.IsZero ? ReasonCode.NoPrice
            : ReasonCode.None;
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
