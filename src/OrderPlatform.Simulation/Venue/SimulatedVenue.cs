using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// A venue that exists only in simulated time: it takes orders and market data, and gives execution reports, each a pure function of the options and the
/// calls so far. One caller, a loop over time: before each market event at t, <see cref="TryAdvance"/> to t until it returns <c>false</c>, submitting
/// with each report's time as the time of sending; then <see cref="OnMarketEvent"/>. Allocates nothing after the first market event of each
/// instrument. Not for several threads.
/// </summary>
public sealed class SimulatedVenue
{
    private const uint OrderLatencyPart = 1;
    private const uint ReportLatencyPart = 2;

    private readonly Dictionary<uint, InstrumentMarket> _markets;
    private readonly OrderTable _orders;
    private readonly VenueCommandTable _commands;
    private readonly EventHeap _actions;
    private readonly ReportChannel _reports;
    private readonly OrderDesk _desk;
    private readonly LatencySource _orderLatency;
    private readonly int _firstCommandHandle;
    private long _nowNanos;

    /// <summary>A venue without orders and without a market.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the text names it, its value and the range.</exception>
    public SimulatedVenue(SimulatedVenueOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        LatencyOptions reportLatency = options.ReportLatency ?? options.OrderLatency;
        _orderLatency = new LatencySource(options.OrderLatency, Prng.ForPart(options.Seed, OrderLatencyPart));
        _reports = new ReportChannel(options.MaxReportsInFlight, new LatencySource(reportLatency, Prng.ForPart(options.Seed, ReportLatencyPart)));
        _orders = new OrderTable(options.MaxOpenOrders, options.MaxClosedOrders);
        _commands = new VenueCommandTable(options.MaxCommandsInFlight);
        _firstCommandHandle = options.MaxOpenOrders;
        _actions = new EventHeap(options.MaxOpenOrders + options.MaxCommandsInFlight);
        _desk = new OrderDesk(options, _orders, _actions, _reports);
        _markets = new Dictionary<uint, InstrumentMarket>(options.Instruments.Count);
        foreach (VenueInstrument instrument in options.Instruments)
        {
            _markets.Add(instrument.InstrumentId, new InstrumentMarket(instrument, _desk));
        }
    }

    /// <summary>When something next happens, in the venue or on the way back; <see cref="long.MaxValue"/> if nothing is scheduled.</summary>
    public long NextEventTimeNanos => Math.Min(_reports.NextTimeNanos, _actions.NextTimeNanos);

    /// <summary>The time of what it did last: nothing can be sent to it before.</summary>
    public long NowNanos => _nowNanos;

    /// <summary>Sends an order; it arrives a latency later, at least one nanosecond. Every order gets Accepted or Rejected.</summary>
    /// <exception cref="InvalidOperationException">The time of sending is before what the venue has already done.</exception>
    public void Submit(in VenueOrder order, long sentAtNanos) =>
        Send(new VenueCommand(VenueCommandKind.Submit, order), sentAtNanos, VenueReportKind.Rejected);

    /// <summary>Sends a cancel. It can overtake its order, and is then answered with <see cref="VenueRejectReason.UnknownOrder"/>.</summary>
    /// <exception cref="InvalidOperationException">The time of sending is before what the venue has already done.</exception>
    public void Cancel(ulong clientOrderId, long sentAtNanos) =>
        Send(VenueCommand.Cancel(clientOrderId), sentAtNanos, VenueReportKind.CancelRejected);

    /// <summary>Sends a change of the whole quantity (executed part included) and of the limit; the limit of a market order is not read.</summary>
    /// <exception cref="InvalidOperationException">The time of sending is before what the venue has already done.</exception>
    public void Amend(ulong clientOrderId, Quantity quantity, Price limitPrice, long sentAtNanos) =>
        Send(VenueCommand.Amend(clientOrderId, quantity, limitPrice), sentAtNanos, VenueReportKind.AmendRejected);

    /// <summary>Moves the market of an instrument: trades and quotes at their time, a bar when it opens.</summary>
    /// <exception cref="MarketDataException">The event is malformed, late, of an unknown instrument, or does not go with the earlier ones.</exception>
    /// <exception cref="InvalidOperationException">Something is due before the event: <see cref="TryAdvance"/> comes first.</exception>
    public void OnMarketEvent(uint instrumentId, in MarketEvent e)
    {
        if (!_markets.TryGetValue(instrumentId, out InstrumentMarket? market))
        {
            throw new MarketDataException($"instrument {instrumentId} is not one of the venue's; add it to {nameof(SimulatedVenueOptions.Instruments)}");
        }

        long timeNanos = e.Kind == MarketEventKind.Bar ? e.OpenTimeNanos : e.TimeNanos;
        if (timeNanos < _nowNanos)
        {
            throw new MarketDataException(
                $"instrument {instrumentId}: {e.Kind} at {timeNanos} ns, but the venue is already at {_nowNanos} ns; sort the sources by time");
        }

        if (_actions.NextTimeNanos < timeNanos)
        {
            throw new InvalidOperationException(
                $"the venue has something to do at {_actions.NextTimeNanos} ns, before the market event at {timeNanos} ns: " +
                $"call {nameof(TryAdvance)} until it returns false first");
        }

        market.OnMarketEvent(in e);
        _nowNanos = timeNanos;
    }

    /// <summary>
    /// Does what is due, in order of time, and stops at the next report. It never does anything later than the report that it returns, so whatever is sent
    /// on that report's account still arrives in time.
    /// </summary>
    /// <param name="untilNanos">Last instant to look at.</param>
    /// <param name="report">The next report; its time is not after <paramref name="untilNanos"/>.</param>
    /// <returns><c>false</c> if nothing further is due by then.</returns>
    public bool TryAdvance(long untilNanos, out VenueReport report)
    {
        while (true)
        {
            if (!_reports.IsEmpty && _reports.NextTimeNanos <= _actions.NextTimeNanos)
            {
                bool isDue = _reports.NextTimeNanos <= untilNanos;
                report = isDue ? _reports.Take() : default;
                _nowNanos = Math.Max(_nowNanos, report.TimeNanos);
                return isDue;
            }

            if (_actions.IsEmpty || _actions.NextTimeNanos > untilNanos)
            {
                report = default;
                return false;
            }

            _nowNanos = _actions.NextTimeNanos;
            Perform(_actions.Pop(), _nowNanos);
        }
    }

    private void Send(in VenueCommand command, long sentAtNanos, VenueReportKind refusal)
    {
        if (sentAtNanos < _nowNanos || sentAtNanos > MarketEventCheck.MaximumTimeNanos)
        {
            throw new InvalidOperationException(
                $"{command.Kind} of order {command.Order.ClientOrderId} is sent at {sentAtNanos} ns, but the venue is already at {_nowNanos} ns; " +
                $"send at the time of the report or market event that caused it, at most {MarketEventCheck.MaximumTimeNanos} ns");
        }

        if (_commands.TryAdd(in command, out int handle))
        {
            _actions.Set(_firstCommandHandle + handle, sentAtNanos + Math.Max(1, _orderLatency.NextNanos()));
        }
        else
        {
            VenueOrder order = command.Order;
            _desk.Refuse(in order, refusal, VenueRejectReason.TooManyOrders, sentAtNanos + 1);
        }
    }

    private void Perform(int handle, long timeNanos)
    {
        if (handle < _firstCommandHandle)
        {
            OpenOrder order = _orders[handle];
            order.Market.OnWake(order, timeNanos);
            return;
        }

        VenueCommand command = _commands.Take(handle - _firstCommandHandle);
        VenueOrder request = command.Order;
        switch (command.Kind)
        {
            case VenueCommandKind.Submit:
                OnSubmit(in request, timeNanos);
                break;
            case VenueCommandKind.Cancel:
                OnCancel(in request, timeNanos);
                break;
            default:
                OnAmend(in request, timeNanos);
                break;
        }
    }

    private void OnSubmit(in VenueOrder request, long timeNanos)
    {
        bool isKnown = _markets.TryGetValue(request.InstrumentId, out InstrumentMarket? market);
        VenueRejectReason reason = !isKnown ? VenueRejectReason.UnknownInstrument
            : _orders.IsKnown(request.ClientOrderId) ? VenueRejectReason.DuplicateClientOrderId
            : OrderRules.Check(market!.Rules, in request, market.ReferenceRaw(request.Side, timeNanos));
        reason = reason == VenueRejectReason.None && _orders.IsFull ? VenueRejectReason.TooManyOrders : reason;
        if (reason != VenueRejectReason.None)
        {
            _desk.Refuse(in request, VenueReportKind.Rejected, reason, timeNanos);
            return;
        }

        market!.OnArrival(_desk.Open(in request, market, timeNanos), timeNanos);
    }

    private void OnCancel(in VenueOrder request, long timeNanos)
    {
        OpenOrder? order = _orders.Find(request.ClientOrderId, out VenueRejectReason reason);
        if (order is null)
        {
            _desk.Refuse(in request, VenueReportKind.CancelRejected, reason, timeNanos);
            return;
        }

        _desk.End(order, VenueReportKind.Cancelled, VenueRejectReason.None, timeNanos);
    }

    private void OnAmend(in VenueOrder request, long timeNanos)
    {
        OpenOrder? order = _orders.Find(request.ClientOrderId, out VenueRejectReason reason);
        if (order is null)
        {
            _desk.Refuse(in request, VenueReportKind.AmendRejected, reason, timeNanos);
            return;
        }

        VenueOrder amended = request with
        {
            Side = order.Side,
            Type = order.IsLimit ? VenueOrderType.Limit : VenueOrderType.Market,
            TimeInForce = order.TimeInForce,
        };
        reason = OrderRules.Check(order.Market.Rules, in amended, order.Market.ReferenceRaw(order.Side, timeNanos));
        reason = reason == VenueRejectReason.None && request.Quantity.Raw <= order.CumulativeRaw ? VenueRejectReason.QuantityBelowExecuted : reason;
        if (reason != VenueRejectReason.None)
        {
            _desk.Refuse(order, VenueReportKind.AmendRejected, reason, timeNanos);
        }
        else if (_desk.Amend(order, request.Quantity.Raw, order.IsLimit ? request.LimitPrice.Raw : 0, timeNanos))
        {
            order.Market.OnArrival(order, timeNanos);
        }
    }
}
