namespace OrderPlatform.Simulation.Venue;

/// <summary>Takes requests when they arrive: the rate limit first, then the rules, then the order's market.</summary>
internal sealed class RequestDesk(Dictionary<uint, InstrumentMarket> markets, OrderTable orders, OrderDesk desk, FaultSource? faults)
{
    /// <summary>Does what a request asks for, or refuses it.</summary>
    /// <returns>The market that it may have moved orders in.</returns>
    public InstrumentMarket? Take(in VenueCommand command, long timeNanos)
    {
        VenueOrder request = command.Order;
        long retryAfterNanos = faults?.Throttle(timeNanos) ?? 0;
        if (retryAfterNanos > 0)
        {
            desk.Refuse(in request, VenueReportKind.Throttled, VenueRejectReason.TooManyRequests, timeNanos, retryAfterNanos);
            return null;
        }

        return command.Kind switch
        {
            VenueCommandKind.Submit => Submit(in request, timeNanos),
            VenueCommandKind.Cancel => Cancel(in request, timeNanos),
            _ => Amend(in request, timeNanos),
        };
    }

    private InstrumentMarket? Submit(in VenueOrder request, long timeNanos)
    {
        bool isKnown = markets.TryGetValue(request.InstrumentId, out InstrumentMarket? market);
        VenueRejectReason reason = !isKnown ? VenueRejectReason.UnknownInstrument
            : orders.IsKnown(request.ClientOrderId) ? VenueRejectReason.DuplicateClientOrderId
            : OrderRules.Check(market!.Rules, in request, market.ReferenceRaw(request.Side, timeNanos), timeNanos);
        reason = reason == VenueRejectReason.None ? CheckState(in request, market!, timeNanos) : reason;
        if (reason != VenueRejectReason.None)
        {
            desk.Refuse(in request, VenueReportKind.Rejected, reason, timeNanos);
            return null;
        }

        market!.OnArrival(desk.Open(in request, market, timeNanos), timeNanos);
        return market;
    }

    private VenueRejectReason CheckState(in VenueOrder request, InstrumentMarket market, long timeNanos) =>
        orders.IsFull ? VenueRejectReason.TooManyOrders
        : !desk.TryOpenPosition(in request) ? VenueRejectReason.TooManyAccounts
        : request.ReduceOnly && desk.Reducible(in request) == 0 ? VenueRejectReason.NothingToReduce
        : desk.Options.RefusesReachedTriggers && IsReached(in request, market.TriggerPriceRaw(request.Side, timeNanos))
            ? VenueRejectReason.WouldTriggerAtOnce
        : request is { PostOnly: true, Type: VenueOrderType.Limit } && market.WouldTake(in request, timeNanos) ? VenueRejectReason.WouldTake
        : VenueRejectReason.None;

    private static bool IsReached(in VenueOrder request, long priceRaw)
    {
        int sign = request.Side == OrderSide.Buy ? 1 : -1;
        return priceRaw != 0 && request.Type switch
        {
            VenueOrderType.Stop or VenueOrderType.StopLimit => sign * priceRaw >= sign * request.TriggerPrice.Raw,
            VenueOrderType.MarketIfTouched or VenueOrderType.LimitIfTouched => sign * priceRaw <= sign * request.TriggerPrice.Raw,
            _ => false,
        };
    }

    private InstrumentMarket? Cancel(in VenueOrder request, long timeNanos)
    {
        OpenOrder? order = orders.Find(request.ClientOrderId, out VenueRejectReason reason);
        if (order is null)
        {
            desk.Refuse(in request, VenueReportKind.CancelRejected, reason, timeNanos);
            return null;
        }

        desk.End(order, VenueReportKind.Cancelled, VenueRejectReason.None, timeNanos);
        return order.Market;
    }

    private InstrumentMarket? Amend(in VenueOrder request, long timeNanos)
    {
        OpenOrder? order = orders.Find(request.ClientOrderId, out VenueRejectReason reason);
        if (order is null)
        {
            desk.Refuse(in request, VenueReportKind.AmendRejected, reason, timeNanos);
            return null;
        }

        InstrumentMarket market = order.Market;
        VenueOrder before = order.Terms;
        VenueOrder amended = before with
        {
            Quantity = request.Quantity,
            LimitPrice = order.IsLimit ? request.LimitPrice : before.LimitPrice,
            TriggerPrice = order.IsPending && !request.TriggerPrice.IsZero ? request.TriggerPrice : before.TriggerPrice,

            // What is shown shrinks only when the whole gets smaller than it.
            DisplayQuantity = request.Quantity < before.DisplayQuantity ? request.Quantity : before.DisplayQuantity,
        };
        reason = OrderRules.Check(market.Rules, in amended, market.ReferenceRaw(order.Side, timeNanos), timeNanos);
        bool isExecuted = amended.Quantity.Raw <= order.CumulativeRaw + order.PreventedRaw;
        reason = reason == VenueRejectReason.None && isExecuted ? VenueRejectReason.QuantityBelowExecuted : reason;
        bool moves = !order.IsPending && amended.PostOnly && amended.LimitPrice != before.LimitPrice;
        reason = reason == VenueRejectReason.None && moves && market.WouldTake(in amended, timeNanos) ? VenueRejectReason.WouldTake : reason;
        if (reason != VenueRejectReason.None)
        {
            desk.Refuse(order, VenueReportKind.AmendRejected, reason, timeNanos);
        }
        else if (desk.Amend(order, in amended, timeNanos))
        {
            market.OnArrival(order, timeNanos);
        }

        return market;
    }
}
