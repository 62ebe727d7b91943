using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Venue;

/// <summary>What an order could have at one instant. Numbers are raw (scaled by 1e8).</summary>
/// <param name="TimeNanos">The instant.</param>
/// <param name="PriceRaw">The price there, before slippage.</param>
/// <param name="AvailableRaw">How much there is, in whole steps.</param>
/// <param name="VolumeRaw">Volume of the bar, trade or level that it comes from.</param>
/// <param name="IsMaker">Whether the order rests; a resting order has no slippage.</param>
internal readonly record struct FillOpportunity(long TimeNanos, long PriceRaw, long AvailableRaw, long VolumeRaw, bool IsMaker);

/// <summary>Everything that happens to an order, in one place: it opens, fills, amends and ends here, and each of these makes its report.</summary>
internal sealed class OrderDesk
{
    private const uint FillProbabilityPart = 3;

    private readonly SimulatedVenueOptions _options;
    private readonly OrderTable _orders;
    private readonly EventHeap _wakes;
    private readonly ReportChannel _reports;
    private readonly Prng _fillPrng;
    private ulong _lastVenueOrderId;
    private ulong _lastTradeId;
    private ulong _lastPriority;

    /// <summary>The first handles of <paramref name="wakes"/> are the slots of <paramref name="orders"/>.</summary>
    public OrderDesk(SimulatedVenueOptions options, OrderTable orders, EventHeap wakes, ReportChannel reports)
    {
        _options = options;
        _orders = orders;
        _wakes = wakes;
        _reports = reports;
        _fillPrng = Prng.ForPart(options.Seed, FillProbabilityPart);
    }

    public SimulatedVenueOptions Options => _options;

    public void WakeAt(OpenOrder order, long timeNanos) => _wakes.Set(order.Slot, timeNanos);

    public void DoNotWake(OpenOrder order) => _wakes.Remove(order.Slot);

    public OpenOrder Open(in VenueOrder request, InstrumentMarket market, long timeNanos)
    {
        OpenOrder order = _orders.Open(request.ClientOrderId);
        order.Market = market;
        order.VenueOrderId = ++_lastVenueOrderId;
        order.Side = request.Side;
        order.TimeInForce = request.TimeInForce;
        order.IsLimit = request.Type == VenueOrderType.Limit;
        order.LimitRaw = order.IsLimit ? request.LimitPrice.Raw : 0;
        order.QuantityRaw = request.Quantity.Raw;
        order.CumulativeRaw = 0;
        Enqueue(order);
        Report(order, VenueReportKind.Accepted, VenueRejectReason.None, timeNanos);
        return order;
    }

    /// <summary>Changes an order; priority is kept only if nothing but the quantity changes, downwards.</summary>
    /// <returns>Whether the order has lost its priority and must be matched as if it had just arrived.</returns>
    public bool Amend(OpenOrder order, long quantityRaw, long limitRaw, long timeNanos)
    {
        bool losesPriority = limitRaw != order.LimitRaw || quantityRaw > order.QuantityRaw;
        if (losesPriority)
        {
            order.Market.Queue.Remove(order);
            DoNotWake(order);
        }

        order.QuantityRaw = quantityRaw;
        order.LimitRaw = limitRaw;
        if (losesPriority)
        {
            Enqueue(order);
        }

        Report(order, VenueReportKind.Amended, VenueRejectReason.None, timeNanos);
        return losesPriority;
    }

    /// <summary>Ends an open order: cancelled or expired.</summary>
    public void End(OpenOrder order, VenueReportKind kind, VenueRejectReason reason, long timeNanos)
    {
        Close(order);
        Report(order, kind, reason, timeNanos);
    }

    /// <summary>Refuses a request for an open order.</summary>
    public void Refuse(OpenOrder order, VenueReportKind kind, VenueRejectReason reason, long timeNanos) => Report(order, kind, reason, timeNanos);

    /// <summary>Refuses a request that has no open order.</summary>
    public void Refuse(in VenueOrder request, VenueReportKind kind, VenueRejectReason reason, long timeNanos) => _reports.Send(
        new VenueReport
        {
            Kind = kind,
            Reason = reason,
            ClientOrderId = request.ClientOrderId,
            InstrumentId = request.InstrumentId,
            Side = request.Side,
            LimitPrice = request.Type == VenueOrderType.Limit ? request.LimitPrice : Price.Zero,
        },
        timeNanos);

    /// <summary>Fills what an opportunity gives, within fill ratio, probability and time in force.</summary>
    /// <returns>The quantity taken from what was available; the order may have ended.</returns>
    public long Fill(OpenOrder order, in FillOpportunity opportunity)
    {
        long quantity = Math.Min(Math.Min(order.LeavesRaw, opportunity.AvailableRaw), LargestFill(order));
        bool isKilled = order.TimeInForce == VenueTimeInForce.FillOrKill && quantity < order.LeavesRaw;
        if (quantity <= 0 || isKilled || !IsLucky())
        {
            return 0;
        }

        var price = new Price(opportunity.IsMaker ? opportunity.PriceRaw : SlippedPrice(order, in opportunity, quantity));
        var filled = new Quantity(quantity);
        if (!price.TryValue(filled, out Money value))
        {
            End(order, VenueReportKind.Expired, VenueRejectReason.ValueOutOfRange, opportunity.TimeNanos);
            return 0;
        }

        order.CumulativeRaw += quantity;
        if (order.LeavesRaw == 0)
        {
            Close(order);
        }

        VenueReport report = About(order, VenueReportKind.Fill, VenueRejectReason.None) with
        {
            TradeId = ++_lastTradeId,
            IsMaker = opportunity.IsMaker,
            LastQuantity = filled,
            LastPrice = price,
            Fee = value.Times(opportunity.IsMaker ? _options.MakerFee : _options.TakerFee),
        };
        _reports.Send(in report, opportunity.TimeNanos);
        return quantity;
    }

    private void Enqueue(OpenOrder order)
    {
        order.IsTaking = true;
        order.QueueAheadRaw = OpenOrder.UnknownQueue;
        order.Priority = ++_lastPriority;
        order.Market.Queue.Add(order);
    }

    private void Close(OpenOrder order)
    {
        DoNotWake(order);
        order.Market.Queue.Remove(order);
        _orders.Close(order);
    }

    private long LargestFill(OpenOrder order)
    {
        long step = Math.Max(1, order.Market.Rules.Step.Raw);
        long share = (long)((Int128)order.QuantityRaw * _options.FillRatio.Raw / FixedPoint.One);
        return Math.Max(step, FixedPoint.FloorToStep(share, step));
    }

    private bool IsLucky() =>
        _options.FillProbability.Raw == FixedPoint.One || _fillPrng.NextBelow(FixedPoint.One) < (ulong)_options.FillProbability.Raw;

    private long SlippedPrice(OpenOrder order, in FillOpportunity opportunity, long quantityRaw)
    {
        VenueInstrument rules = order.Market.Rules;
        var input = new SlippageInput(new Price(opportunity.PriceRaw), new Quantity(quantityRaw), new Quantity(opportunity.VolumeRaw), rules.Tick);
        Int128 moved = opportunity.PriceRaw + ((Int128)order.Sign * _options.Slippage.Offset(in input).Raw);
        long price = AdversePrice.Round(moved, 1, order.Sign, rules.Tick.Raw);
        return order.Accepts(price) ? price : order.LimitRaw;
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
    };
}
