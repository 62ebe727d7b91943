using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>
/// A venue driven as the runtime drives it, and all that it reported. By default: no fees, no latency (so an order sent at t arrives at t + 1 and a report's
/// time is the instant of the venue's action), tick 0.01, step 1.
/// </summary>
internal sealed class VenueRun(SimulatedVenueOptions options)
{
    public const uint Instrument = 7;

    public static readonly VenueInstrument DefaultInstrument = new() { InstrumentId = Instrument, Tick = P(0.01m), Step = Q(1) };

    public static readonly SimulatedVenueOptions DefaultOptions = new()
    {
        Seed = 20261121,
        Instruments = [DefaultInstrument],
        MakerFee = Ratio.Zero,
        TakerFee = Ratio.Zero,
        OrderLatency = LatencyOptions.Constant(0),
    };

    public VenueRun()
        : this(DefaultOptions)
    {
    }

    public SimulatedVenue Venue { get; } = new(options);

    public List<VenueReport> Reports { get; } = [];

    public IEnumerable<VenueReport> Fills => Reports.Where(r => r.Kind == VenueReportKind.Fill);

    public VenueReport Last => Reports[^1];

    public static Price P(decimal price) => new((long)(price * FixedPoint.One));

    public static Quantity Q(decimal quantity) => new((long)(quantity * FixedPoint.One));

    public static Ratio R(decimal ratio) => new((long)(ratio * FixedPoint.One));

    public static MarketEvent Bar(long open, long close, decimal o, decimal h, decimal l, decimal c, decimal volume = 4000) =>
        MarketEvent.Bar(open, close, P(o), P(h), P(l), P(c), Q(volume));

    public static MarketEvent Trade(long time, decimal price, decimal quantity, Aggressor aggressor = Aggressor.Unknown) =>
        MarketEvent.Trade(time, P(price), Q(quantity), aggressor, 1);

    public static MarketEvent Quote(long time, decimal bid, decimal bidQuantity, decimal ask, decimal askQuantity) =>
        MarketEvent.TopOfBook(time, P(bid), Q(bidQuantity), P(ask), Q(askQuantity));

    public static VenueOrder Market(ulong id, OrderSide side, decimal quantity, VenueTimeInForce tif = VenueTimeInForce.GoodTillCancelled) =>
        new(id, Instrument, side, VenueOrderType.Market, tif, Q(quantity), Price.Zero);

    public static VenueOrder Limit(
        ulong id, OrderSide side, decimal quantity, decimal price, VenueTimeInForce tif = VenueTimeInForce.GoodTillCancelled) =>
        new(id, Instrument, side, VenueOrderType.Limit, tif, Q(quantity), P(price));

    public static VenueOrder Stop(ulong id, OrderSide side, decimal quantity, decimal trigger) =>
        Market(id, side, quantity) with { Type = VenueOrderType.Stop, TriggerPrice = P(trigger) };

    public static VenueOrder StopLimit(ulong id, OrderSide side, decimal quantity, decimal trigger, decimal price) =>
        Limit(id, side, quantity, price) with { Type = VenueOrderType.StopLimit, TriggerPrice = P(trigger) };

    /// <summary>A trailing stop by a fraction; it ends as a limit order if it has a limit.</summary>
    public static VenueOrder Trailing(ulong id, OrderSide side, decimal quantity, decimal offset, decimal limit = 0, decimal activation = 0) =>
        new(id, Instrument, side, VenueOrderType.TrailingStop, VenueTimeInForce.GoodTillCancelled, Q(quantity), P(limit))
        {
            TrailingOffset = R(offset),
            TriggerPrice = P(activation),
        };

    public VenueRun Submit(VenueOrder order, long sentAt)
    {
        AdvanceTo(sentAt);
        Venue.Submit(in order, sentAt);
        return this;
    }

    public VenueRun Cancel(ulong id, long sentAt)
    {
        AdvanceTo(sentAt);
        Venue.Cancel(id, sentAt);
        return this;
    }

    public VenueRun Amend(ulong id, decimal quantity, decimal price, long sentAt)
    {
        AdvanceTo(sentAt);
        Venue.Amend(id, Q(quantity), P(price), sentAt);
        return this;
    }

    public VenueRun Amend(ulong id, decimal quantity, decimal price, decimal trigger, long sentAt)
    {
        AdvanceTo(sentAt);
        Venue.Amend(id, Q(quantity), P(price), sentAt, P(trigger));
        return this;
    }

    /// <summary>An open order, as the venue has it now.</summary>
    public VenueOrderView View(ulong id) => Venue.TryGetOrder(id, out VenueOrderView view) ? view : throw new KeyNotFoundException($"order {id} is not open");

    public VenueRun Give(MarketEvent e, uint instrument = Instrument)
    {
        AdvanceTo(e.Kind == MarketEventKind.Bar ? e.OpenTimeNanos : e.TimeNanos);
        Venue.OnMarketEvent(instrument, in e);
        return this;
    }

    public VenueRun AdvanceTo(long until)
    {
        while (Venue.TryAdvance(until, out VenueReport report))
        {
            Reports.Add(report);
        }

        return this;
    }

    public VenueRun Finish() => AdvanceTo(long.MaxValue);

    /// <summary>Fills as text: quantity@price, time, M for maker; the whole story of an execution in one assertion.</summary>
    public string FillText() => string.Join("; ", Fills.Select(f => $"{f.LastQuantity}@{f.LastPrice} t{f.TimeNanos}{(f.IsMaker ? " M" : "")}"));

    /// <summary>Kinds and reasons as text.</summary>
    public string StoryText() => string.Join(" ", Reports.Select(r => r.Reason == VenueRejectReason.None ? $"{r.Kind}" : $"{r.Kind}:{r.Reason}"));
}
