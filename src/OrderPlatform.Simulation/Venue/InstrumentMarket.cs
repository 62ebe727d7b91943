using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Venue;

/// <summary>How orders meet one kind of market data.</summary>
internal interface IMatching
{
    /// <summary>The price that a market order of this side would meet now, or 0.</summary>
    long ReferenceRaw(OrderSide side, long timeNanos);

    /// <summary>An order arrives, or has lost its priority.</summary>
    void OnArrival(OpenOrder order, long timeNanos);

    /// <summary>The instant for which an order asked to be woken.</summary>
    void OnWake(OpenOrder order, long timeNanos);

    /// <summary>The market moves.</summary>
    void OnMarketEvent(in MarketEvent marketEvent);
}

/// <summary>One instrument of the venue: its rules, its open orders, and how they are matched, which its first market event decides.</summary>
internal sealed class InstrumentMarket(VenueInstrument rules, OrderDesk desk)
{
    private IMatching? _matching;
    private bool _isBars;

    public VenueInstrument Rules { get; } = rules;

    public OrderQueue Queue { get; } = new();

    public long ReferenceRaw(OrderSide side, long timeNanos) => _matching?.ReferenceRaw(side, timeNanos) ?? 0;

    /// <summary>Matches an order on arrival; one that may not wait ends here.</summary>
    public void OnArrival(OpenOrder order, long timeNanos)
    {
        _matching?.OnArrival(order, timeNanos);
        if (order.IsOpen && order.TimeInForce != VenueTimeInForce.GoodTillCancelled)
        {
            bool isKill = order.TimeInForce == VenueTimeInForce.FillOrKill;
            VenueRejectReason reason = isKill ? VenueRejectReason.WouldNotFill : VenueRejectReason.NoLiquidity;
            desk.End(order, VenueReportKind.Expired, reason, timeNanos);
        }
    }

    public void OnWake(OpenOrder order, long timeNanos) => _matching!.OnWake(order, timeNanos);

    /// <exception cref="MarketDataException">The event is malformed, or of a kind that does not go with the earlier ones.</exception>
    public void OnMarketEvent(in MarketEvent marketEvent)
    {
        MarketEventCheck.Require(Rules.InstrumentId, in marketEvent);
        bool isBar = marketEvent.Kind == MarketEventKind.Bar;
        _matching ??= isBar ? new BarMatching(this, desk) : new TickMatching(this, desk);
        _isBars = _matching is BarMatching;
        if (_isBars != isBar)
        {
            throw new MarketDataException(
                $"instrument {Rules.InstrumentId}: {marketEvent.Kind} at {marketEvent.TimeNanos} ns after {(_isBars ? "bars" : "trades or quotes")}; " +
                "the same volume would fill twice: give the venue either bars, or trades and quotes");
        }

        _matching.OnMarketEvent(in marketEvent);
    }
}
