using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Venue;

/// <summary>One instrument of the venue: its rules, its open orders, and how they are matched, which its first market event decides.</summary>
internal sealed class InstrumentMarket
{
    private readonly OrderDesk _desk;
    private readonly OwnMatching _own;
    private IMatching? _matching;
    private bool _isBars;

    public InstrumentMarket(VenueInstrument rules, OrderDesk desk, int place, Funding? funding)
    {
        Rules = rules;
        Place = place;
        Funding = funding;
        _desk = desk;
        _own = new OwnMatching(Queue, desk);
    }

    public VenueInstrument Rules { get; }

    /// <summary>Its number among the venue's, from 0.</summary>
    public int Place { get; }

    public Funding? Funding { get; }

    /// <summary>The live orders.</summary>
    public OrderQueue Queue { get; } = new();

    /// <summary>The orders that wait for a trigger.</summary>
    public OrderQueue Pending { get; } = new(byArrival: true);

    public int ReduceOnlyCount { get; set; }

    /// <summary>Whether fills have left reduce-only orders or icebergs to look after, once all fills of the instant are done.</summary>
    public bool NeedsSettling { get; set; }

    public long ReferenceRaw(OrderSide side, long timeNanos) => _matching?.ReferenceRaw(side, timeNanos) ?? 0;

    public long TriggerPriceRaw(OrderSide side, long timeNanos) => _matching?.TriggerPriceRaw(side, timeNanos) ?? 0;

    /// <summary>Whether an order would take, from the market or from the platform's own orders.</summary>
    public bool WouldTake(in VenueOrder order, long timeNanos) =>
        (_matching?.WouldTake(order.Side, order.LimitPrice.Raw, timeNanos) ?? false) || _own.WouldMeet(in order);

    /// <summary>An order that has just opened, or lost its priority: it waits for its trigger or is matched.</summary>
    public void OnArrival(OpenOrder order, long timeNanos)
    {
        if (order.IsPending)
        {
            _matching?.OnWaiting(order, timeNanos);
        }
        else if (order.Terms.PostOnly)
        {
            order.IsTaking = false;
            _matching?.OnRest(order, timeNanos);
        }
        else
        {
            Match(order, timeNanos);
        }
    }

    /// <summary>A waiting order's price has come.</summary>
    /// <param name="order">The order.</param>
    /// <param name="priceRaw">The price of its first opportunity, where a bar's path tells it; else zero.</param>
    /// <param name="timeNanos">Now.</param>
    public void Trigger(OpenOrder order, long priceRaw, long timeNanos)
    {
        _desk.Trigger(order, priceRaw, timeNanos);
        if (order.Terms.PostOnly && WouldTake(in order.Terms, timeNanos))
        {
            _desk.End(order, VenueReportKind.Expired, VenueRejectReason.WouldTake, timeNanos);
            return;
        }

        OnArrival(order, timeNanos);
    }

    public void OnWake(OpenOrder order, long timeNanos) => _matching!.OnWake(order, timeNanos);

    /// <exception cref="MarketDataException">The event is malformed, or of a kind that does not go with the earlier ones.</exception>
    public void OnMarketEvent(in MarketEvent marketEvent)
    {
        MarketEventCheck.Require(Rules.InstrumentId, in marketEvent);
        bool isBar = marketEvent.Kind == MarketEventKind.Bar;
        _matching ??= isBar ? new BarMatching(this, _desk) : new TickMatching(this, _desk);
        _isBars = _matching is BarMatching;
        if (_isBars != isBar)
        {
            throw new MarketDataException(
                $"instrument {Rules.InstrumentId}: {marketEvent.Kind} at {marketEvent.TimeNanos} ns after {(_isBars ? "bars" : "trades or quotes")}; " +
                "the same volume would fill twice: give the venue either bars, or trades and quotes");
        }

        _matching.OnMarketEvent(in marketEvent);
    }

    /// <summary>After all fills of an instant: reduce-only orders without anything to reduce expire, icebergs show their next part.</summary>
    public void Settle(long timeNanos)
    {
        if (!NeedsSettling)
        {
            return;
        }

        NeedsSettling = false;
        SettleReduceOnly(Queue, timeNanos);
        SettleReduceOnly(Pending, timeNanos);
        ulong lastPriority = _desk.LastPriority;
        for (OpenOrder? order = Queue.First, next; order is not null; order = next)
        {
            next = order.Next;
            if (order.IsIceberg && order.ShownRaw == 0 && order.Priority <= lastPriority)
            {
                _desk.Refill(order);
                if (!order.IsTaking)
                {
                    _matching?.OnRefill(order);
                }
            }
        }
    }

    private void SettleReduceOnly(OrderQueue orders, long timeNanos)
    {
        for (OpenOrder? order = ReduceOnlyCount > 0 ? orders.First : null, next; order is not null; order = next)
        {
            next = order.Next;
            if (order.Terms.ReduceOnly && _desk.Reducible(in order.Terms) == 0)
            {
                _desk.End(order, VenueReportKind.Expired, VenueRejectReason.NothingToReduce, timeNanos);
            }
        }
    }

    // The platform's own better orders first, then the market, then what of its own is left: the best price each time.
    private void Match(OpenOrder order, long timeNanos)
    {
        _own.Meet(order, ReferenceRaw(order.Side, timeNanos), timeNanos);
        if (order.IsOpen)
        {
            _matching?.OnArrival(order, timeNanos);
        }

        if (order.IsOpen)
        {
            _own.Meet(order, 0, timeNanos);
        }

        if (order is { IsOpen: true, TimeInForce: VenueTimeInForce.ImmediateOrCancel or VenueTimeInForce.FillOrKill })
        {
            bool isKill = order.TimeInForce == VenueTimeInForce.FillOrKill;
            VenueRejectReason reason = isKill ? VenueRejectReason.WouldNotFill : VenueRejectReason.NoLiquidity;
            _desk.End(order, VenueReportKind.Expired, reason, timeNanos);
        }
    }
}
