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
    private readonly InstrumentMarket[] _places;
    private readonly OrderTable _orders;
    private readonly VenueCommandTable _commands;
    private readonly ActionSchedule _schedule;
    private readonly ReportChannel _reports;
    private readonly OrderDesk _desk;
    private readonly RequestDesk _requests;
    private readonly FaultSource? _faults;
    private readonly LatencySource _orderLatency;
    private long _nowNanos;

    /// <summary>A venue without orders and without a market.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the text names it, its value and the range.</exception>
    public SimulatedVenue(SimulatedVenueOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        FeeAssetCode = options.Commission?.Code ?? "";
        LatencyOptions reportLatency = options.ReportLatency ?? options.OrderLatency;
        _faults = options.Faults is null ? null : new FaultSource(options.Faults, options.Seed);
        _orderLatency = new LatencySource(options.OrderLatency, Prng.ForPart(options.Seed, OrderLatencyPart));
        var reports = new LatencySource(reportLatency, Prng.ForPart(options.Seed, ReportLatencyPart));
        _reports = new ReportChannel(options.MaxReportsInFlight, reports, _faults);
        _orders = new OrderTable(options.MaxOpenOrders, options.MaxClosedOrders);
        _commands = new VenueCommandTable(options.MaxCommandsInFlight);
        _schedule = new ActionSchedule(options);
        _desk = new OrderDesk(options, _orders, _schedule, _reports);
        _markets = new Dictionary<uint, InstrumentMarket>(options.Instruments.Count);
        _places = new InstrumentMarket[options.Instruments.Count];
        foreach (VenueInstrument instrument in options.Instruments)
        {
            var market = new InstrumentMarket(instrument, _desk, _markets.Count, Funding.Of(instrument, options.Seed));
            _places[market.Place] = market;
            _markets.Add(instrument.InstrumentId, market);
        }

        _requests = new RequestDesk(_markets, _orders, _desk, _faults);
    }

    /// <summary>When something next happens, in the venue or on the way back; <see cref="long.MaxValue"/> if nothing is scheduled.</summary>
    public long NextEventTimeNanos => Math.Min(_reports.NextTimeNanos, _schedule.NextTimeNanos);

    /// <summary>The time of what it did last: nothing can be sent to it before.</summary>
    public long NowNanos => _nowNanos;

    /// <summary>Name of the third asset that fees are taken in; empty if there is none.</summary>
    public string FeeAssetCode { get; }

    /// <summary>Whether an outage keeps everything from getting through now.</summary>
    public bool IsOut => _faults is not null && _faults.Options.IsOut(_nowNanos);

    /// <summary>Whether reports can be lost, late or repeated.</summary>
    public bool HasFaults => _faults is not null;

    /// <summary>Sends an order; it arrives a latency later, at least one nanosecond. Every order gets Accepted or Rejected, but for faults.</summary>
    /// <returns><c>false</c> if a fault loses it on its way: the venue will never know it.</returns>
    /// <exception cref="InvalidOperationException">The time of sending is before what the venue has already done.</exception>
    public bool Submit(in VenueOrder order, long sentAtNanos) =>
        Send(new VenueCommand(VenueCommandKind.Submit, order), sentAtNanos, VenueReportKind.Rejected);

    /// <summary>Sends a cancel. It can overtake its order, and is then answered with <see cref="VenueRejectReason.UnknownOrder"/>.</summary>
    /// <returns><c>false</c> if a fault loses it on its way.</returns>
    /// <exception cref="InvalidOperationException">The time of sending is before what the venue has already done.</exception>
    public bool Cancel(ulong clientOrderId, long sentAtNanos) =>
        Send(VenueCommand.Cancel(clientOrderId), sentAtNanos, VenueReportKind.CancelRejected);

    /// <summary>
    /// Sends a change of the whole quantity (executed part included), of the limit, and of a waiting order's trigger; the limit of a market order is not read.
    /// </summary>
    /// <param name="clientOrderId">The order.</param>
    /// <param name="quantity">The whole new quantity.</param>
    /// <param name="limitPrice">The limit.</param>
    /// <param name="sentAtNanos">When.</param>
    /// <param name="triggerPrice">The trigger; zero leaves it.</param>
    /// <returns><c>false</c> if a fault loses it on its way.</returns>
    /// <exception cref="InvalidOperationException">The time of sending is before what the venue has already done.</exception>
    public bool Amend(ulong clientOrderId, Quantity quantity, Price limitPrice, long sentAtNanos, Price triggerPrice = default) =>
        Send(VenueCommand.Amend(clientOrderId, quantity, limitPrice, triggerPrice), sentAtNanos, VenueReportKind.AmendRejected);

    /// <summary>Looks at an open order, as it is at the venue now.</summary>
    public bool TryGetOrder(ulong clientOrderId, out VenueOrderView view)
    {
        OpenOrder? order = _orders.Find(clientOrderId, out _);
        view = order is null ? default : new VenueOrderView(order);
        return order is not null;
    }

    /// <summary>The net quantity that an account has of an instrument, by its fills and the position it began with.</summary>
    public Quantity PositionOf(uint accountId, uint instrumentId) => new(_desk.Positions.Of(accountId, instrumentId));

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

        if (_schedule.NextTimeNanos < timeNanos)
        {
            throw new InvalidOperationException(
                $"the venue has something to do at {_schedule.NextTimeNanos} ns, before the market event at {timeNanos} ns: " +
                $"call {nameof(TryAdvance)} until it returns false first");
        }

        market.OnMarketEvent(in e);
        market.Settle(timeNanos);
        _nowNanos = timeNanos;
        if (market.Funding is not null)
        {
            market.Funding.KnownUntilNanos = e.TimeNanos;
            ScheduleFunding(market, timeNanos);
        }
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
        while (TryAdvanceToTruth(untilNanos, out report))
        {
            if (report.Delivery != ReportDelivery.Withheld)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// As <see cref="TryAdvance"/>, but stops also at what a fault keeps from the sender. Without what comes <see cref="ReportDelivery.Apart"/> these are
    /// all reports, each once and in order: what the venue can tell whoever asks.
    /// </summary>
    /// <param name="untilNanos">Last instant to look at.</param>
    /// <param name="report">The next report; only for the venue's own records if it is <see cref="ReportDelivery.Withheld"/>.</param>
    /// <returns><c>false</c> if nothing further is due by then.</returns>
    public bool TryAdvanceToTruth(long untilNanos, out VenueReport report)
    {
        while (true)
        {
            if (!_reports.IsEmpty && _reports.NextTimeNanos <= _schedule.NextTimeNanos)
            {
                bool isDue = _reports.NextTimeNanos <= untilNanos;
                report = isDue ? _reports.Take() : default;
                _nowNanos = Math.Max(_nowNanos, report.TimeNanos);
                return isDue;
            }

            if (_schedule.IsEmpty || _schedule.NextTimeNanos > untilNanos)
            {
                report = default;
                return false;
            }

            _nowNanos = _schedule.NextTimeNanos;
            Perform(_nowNanos);
        }
    }

    private bool Send(in VenueCommand command, long sentAtNanos, VenueReportKind refusal)
    {
        if (sentAtNanos < _nowNanos || sentAtNanos > MarketEventCheck.MaximumTimeNanos)
        {
            throw new InvalidOperationException(
                $"{command.Kind} of order {command.Order.ClientOrderId} is sent at {sentAtNanos} ns, but the venue is already at {_nowNanos} ns; " +
                $"send at the time of the report or market event that caused it, at most {MarketEventCheck.MaximumTimeNanos} ns");
        }

        VenueOrder order = command.Order;
        if (_faults is not null && _faults.LosesRequest(command.Kind, sentAtNanos))
        {
            _desk.SendUnknown(in order, _faults.GivesUpAt(sentAtNanos));
            return false;
        }

        if (_commands.TryAdd(in command, out int handle))
        {
            _schedule.Command(handle, sentAtNanos + Math.Max(1, _orderLatency.NextNanos()));
        }
        else
        {
            _desk.Refuse(in order, refusal, VenueRejectReason.TooManyOrders, sentAtNanos + 1);
        }

        return true;
    }

    private void Perform(long timeNanos)
    {
        VenueAction action = _schedule.Pop(out int index);
        InstrumentMarket? market;
        switch (action)
        {
            case VenueAction.Wake:
                market = _orders[index].Market;
                market.OnWake(_orders[index], timeNanos);
                break;
            case VenueAction.Command:
                VenueCommand command = _commands.Take(index);
                market = _requests.Take(in command, timeNanos);
                break;
            case VenueAction.Expire:
                market = _orders[index].Market;
                _desk.End(_orders[index], VenueReportKind.Expired, VenueRejectReason.TimeIsUp, timeNanos);
                break;
            default:
                market = _places[index];
                Fund(market, timeNanos);
                break;
        }

        market?.Settle(timeNanos);
    }

    private void Fund(InstrumentMarket market, long timeNanos)
    {
        Funding funding = market.Funding!;
        _desk.SendFunding(market.Rules.InstrumentId, funding.NextRate(), new Price(market.TriggerPriceRaw(OrderSide.Sell, timeNanos)), timeNanos);
        if (funding.NextAfter(timeNanos) <= funding.KnownUntilNanos)
        {
            ScheduleFunding(market, timeNanos);
        }
    }

    private void ScheduleFunding(InstrumentMarket market, long timeNanos) => _schedule.Fund(market.Place, market.Funding!.NextAfter(timeNanos));
}
