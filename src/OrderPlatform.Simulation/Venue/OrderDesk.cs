using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>Everything that happens to an order, in one place: it opens, triggers, fills, amends and ends here, and each of these makes its report.</summary>
internal sealed class OrderDesk
{
    private readonly SimulatedVenueOptions _options;
    private readonly OrderTable _orders;
    private readonly ActionSchedule _schedule;
    private readonly ReportChannel _reports;
    private readonly FillRules _fills;
    private readonly Fees _fees;
    private ulong _lastVenueOrderId;
    private ulong _lastTradeId;
    private ulong _lastPriority;

    public OrderDesk(SimulatedVenueOptions options, OrderTable orders, ActionSchedule schedule, ReportChannel reports)
    {
        _options = options;
        _orders = orders;
        _schedule = schedule;
        _reports = reports;
        _fills = new FillRules(options);
        _fees = new Fees(options);
        Positions = new VenuePositions(options.MaxPositions, options.InitialPositions ?? []);
    }

    public SimulatedVenueOptions Options => _options;

    public VenuePositions Positions { get; }

    /// <summary>The priority that was given last.</summary>
    public ulong LastPriority => _lastPriority;

    public void WakeAt(OpenOrder order, long timeNanos) => _schedule.Wake(order, timeNanos);

    public void DoNotWake(OpenOrder order) => _schedule.DoNotWake(order);

    /// <summary>Makes room for the account's position in an instrument.</summary>
    public bool TryOpenPosition(in VenueOrder request) => Positions.TryOpen(request.AccountId, request.InstrumentId);

    /// <summary>How much a reduce-only order could still do.</summary>
    public long Reducible(in VenueOrder request) =>
        Positions.Reducible(request.AccountId, request.InstrumentId, request.Side == OrderSide.Buy ? 1 : -1);

    public OpenOrder Open(in VenueOrder request, InstrumentMarket market, long timeNanos)
    {
        OpenOrder order = _orders.Open(request.ClientOrderId);
        order.Begin(in request, market, ++_lastVenueOrderId);
        market.ReduceOnlyCount += request.ReduceOnly ? 1 : 0;
        Enqueue(order);
        if (request.TimeInForce is VenueTimeInForce.GoodTillDate or VenueTimeInForce.Day)
        {
            _schedule.Expire(order, request.TimeInForce == VenueTimeInForce.Day ? _schedule.DayEndAfter(timeNanos) : request.ExpireAtNanos);
        }

        Report(order, VenueReportKind.Accepted, VenueRejectReason.None, timeNanos);
        return order;
    }

    /// <summary>Makes a waiting order live; it must be matched as if it had just arrived.</summary>
    /// <param name="order">The order.</param>
    /// <param name="priceRaw">The price of its first opportunity, where that is known better than by the market; else zero.</param>
    /// <param name="timeNanos">Now.</param>
    public void Trigger(OpenOrder order, long priceRaw, long timeNanos)
    {
        Dequeue(order);
        order.IsPending = false;
        order.ArrivalPriceRaw = priceRaw;
        Enqueue(order);
        Report(order, VenueReportKind.Triggered, VenueRejectReason.None, timeNanos);
    }

    /// <summary>Changes an order; priority is kept only if nothing but the quantity changes, downwards.</summary>
    /// <returns>Whether the order has lost its priority and must be matched as if it had just arrived.</returns>
    public bool Amend(OpenOrder order, in VenueOrder terms, long timeNanos)
    {
        bool losesPriority = terms.LimitPrice != order.Terms.LimitPrice || terms.Quantity > order.Terms.Quantity;
        bool moves = losesPriority || (order.IsPending && terms.TriggerPrice != order.Terms.TriggerPrice);
        if (moves)
        {
            Dequeue(order);
        }

        order.SetTerms(in terms);
        order.ShownRaw = Math.Min(order.ShownRaw, terms.DisplayQuantity.Raw);
        if (moves)
        {
            Enqueue(order);
        }

        Report(order, VenueReportKind.Amended, VenueRejectReason.None, timeNanos);
        return moves;
    }

    /// <summary>Shows the next part of an iceberg, behind all that rests at its price.</summary>
    public void Refill(OpenOrder order)
    {
        order.Market.Queue.Remove(order);
        order.Priority = ++_lastPriority;
        order.ShownRaw = Math.Min(order.Terms.DisplayQuantity.Raw, order.LeavesRaw);
        order.Market.Queue.Add(order);
    }

    /// <summary>Ends an open order: cancelled or expired.</summary>
    public void End(OpenOrder order, VenueReportKind kind, VenueRejectReason reason, long timeNanos)
    {
        Close(order);
        Report(order, kind, reason, timeNanos);
    }

    /// <summary>Takes a quantity from an order, because it met one of its own account.</summary>
    public void Prevent(OpenOrder order, long quantityRaw, long timeNanos)
    {
        order.PreventedRaw += quantityRaw;
        order.ShownRaw = Math.Min(order.ShownRaw, order.LeavesRaw);
        if (order.LeavesRaw == 0)
        {
            End(order, VenueReportKind.Expired, VenueRejectReason.SelfTradePrevented, timeNanos);
        }
        else
        {
            Report(order, VenueReportKind.Amended, VenueRejectReason.SelfTradePrevented, timeNanos);
        }
    }

    /// <summary>Refuses a request for an open order.</summary>
    public void Refuse(OpenOrder order, VenueReportKind kind, VenueRejectReason reason, long timeNanos) => Report(order, kind, reason, timeNanos);

    /// <summary>Refuses a request that has no open order.</summary>
    public void Refuse(in VenueOrder request, VenueReportKind kind, VenueRejectReason reason, long timeNanos, long retryAfterNanos = 0) => _reports.Send(
        new VenueReport
        {
            Kind = kind,
            Reason = reason,
            ClientOrderId = request.ClientOrderId,
            InstrumentId = request.InstrumentId,
            Side = request.Side,
            LimitPrice = request.Type == VenueOrderType.Limit ? request.LimitPrice : Price.Zero,
            RetryAfterNanos = retryAfterNanos,
        },
        timeNanos);

    /// <summary>Tells the sender of a request that it knows nothing of it.</summary>
    public void SendUnknown(in VenueOrder request, long timeNanos) => _reports.SendUnknown(
        new VenueReport { ClientOrderId = request.ClientOrderId, InstrumentId = request.InstrumentId, Side = request.Side }, timeNanos);

    /// <summary>Tells everybody the funding rate of an instrument.</summary>
    public void SendFunding(uint instrumentId, Ratio rate, Price mark, long timeNanos) => _reports.Send(
        new VenueReport { Kind = VenueReportKind.Funding, InstrumentId = instrumentId, FundingRate = rate, LastPrice = mark, FundingNanos = timeNanos },
        timeNanos);

    /// <summary>Fills what an opportunity gives, within fill ratio, probability and time in force.</summary>
    /// <returns>The quantity taken from what was available; the order may have ended.</returns>
    public long Fill(OpenOrder order, in FillOpportunity opportunity)
    {
        long open = OpenQuantity(order);
        long quantity = Math.Min(Math.Min(open, opportunity.AvailableRaw), _fills.LargestFill(order));
        bool isKilled = order.TimeInForce == VenueTimeInForce.FillOrKill && quantity < order.LeavesRaw;
        if (quantity <= 0 || isKilled || !_fills.IsLucky())
        {
            return 0;
        }

        if (FillRules.IsBeyondProtection(order, in opportunity))
        {
            End(order, VenueReportKind.Expired, VenueRejectReason.PriceProtection, opportunity.TimeNanos);
            return 0;
        }

        var price = new Price(opportunity.IsMaker ? opportunity.PriceRaw : _fills.SlippedPrice(order, in opportunity, quantity));
        if (!price.TryValue(new Quantity(quantity), out Money value))
        {
            End(order, VenueReportKind.Expired, VenueRejectReason.ValueOutOfRange, opportunity.TimeNanos);
            return 0;
        }

        Book(order, quantity, price, value, opportunity.IsMaker, ++_lastTradeId, opportunity.TimeNanos);
        return quantity;
    }

    /// <summary>Trades an arriving order with a resting one of the platform's, at the resting one's limit: one trade, two fills.</summary>
    public void FillBoth(OpenOrder taker, OpenOrder maker, long timeNanos)
    {
        long quantity = Math.Min(OpenQuantity(taker), OpenQuantity(maker));
        var price = new Price(maker.LimitRaw);
        if (quantity > 0 && price.TryValue(new Quantity(quantity), out Money value))
        {
            _lastTradeId++;
            Book(maker, quantity, price, value, isMaker: true, _lastTradeId, timeNanos);
            Book(taker, quantity, price, value, isMaker: false, _lastTradeId, timeNanos);
        }
    }

    /// <summary>What of an order could execute: a reduce-only one does no more than reduce.</summary>
    public long OpenQuantity(OpenOrder order) =>
        order.Terms.ReduceOnly ? Math.Min(order.LeavesRaw, Reducible(in order.Terms)) : order.LeavesRaw;

    private void Book(OpenOrder order, long quantityRaw, Price price, Money value, bool isMaker, ulong tradeId, long timeNanos)
    {
        order.CumulativeRaw += quantityRaw;
        order.ShownRaw = Math.Max(0, order.ShownRaw - quantityRaw);
        Positions.Add(order.Terms.AccountId, order.Terms.InstrumentId, order.Sign * quantityRaw);
        order.Market.NeedsSettling |= order.Market.ReduceOnlyCount > 0 || (order.IsIceberg && order.ShownRaw == 0);
        if (order.LeavesRaw == 0)
        {
            Close(order);
        }

        Money fee = _fees.Charge(order, isMaker, price, new Quantity(quantityRaw), value, out FeeAsset asset);
        VenueReport report = About(order, VenueReportKind.Fill, VenueRejectReason.None) with
        {
            TradeId = tradeId,
            IsMaker = isMaker,
            LastQuantity = new Quantity(quantityRaw),
            LastPrice = price,
            Fee = fee,
            FeeAsset = asset,
        };
        _reports.Send(in report, timeNanos);
    }

    private void Enqueue(OpenOrder order)
    {
        order.IsTaking = true;
        order.QueueAheadRaw = OpenOrder.UnknownQueue;
        order.Priority = ++_lastPriority;
        order.ShownRaw = Math.Min(order.Terms.DisplayQuantity.Raw, order.LeavesRaw);
        ListOf(order).Add(order);
    }

    private void Dequeue(OpenOrder order)
    {
        ListOf(order).Remove(order);
        DoNotWake(order);
    }

    private static OrderQueue ListOf(OpenOrder order) => order.IsPending ? order.Market.Pending : order.Market.Queue;

    private void Close(OpenOrder order)
    {
        _schedule.Forget(order);
        ListOf(order).Remove(order);
        order.Market.ReduceOnlyCount -= order.Terms.ReduceOnly ? 1 : 0;
        _orders.Close(order);
    }

    private void Report(OpenOrder order, VenueReportKind kind, VenueRejectReason reason, long timeNanos)
    {
        VenueReport report = About(order, kind, reason);
        _reports.Send(in report, timeNanos);
    }

    private static VenueReport About(OpenOrder order, VenueReportKind kind, VenueRejectReason reason) => new()
    {
        Kind = kind,
        Reason = reason,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = order.VenueOrderId,
        InstrumentId = order.Market.Rules.InstrumentId,
        Side = order.Side,
        CumulativeQuantity = new Quantity(order.CumulativeRaw),
        LeavesQuantity = new Quantity(order.IsOpen ? order.LeavesRaw : 0),
        LimitPrice = new Price(order.LimitRaw),
        PreventedQuantity = new Quantity(order.PreventedRaw),
    };
}
