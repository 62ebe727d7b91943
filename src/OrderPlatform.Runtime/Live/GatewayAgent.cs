using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Gateways.Simulated;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// The simulated venue's gateway in the live pipeline. It always empties its inbox, also while a report of its own waits for room in the input ring: so the
/// rings between it and the engine cannot hold each other up for ever.
/// </summary>
internal sealed class GatewayAgent : IAgent
{
    private const int OrdersPerCycle = 256;
    private const int StepsPerCycle = 64;

    private readonly SimulatedGateway _gateway;
    private readonly EventPoller<OutputSlot> _inbox;
    private readonly EventPoller<MarketSlot> _market;
    private readonly InputPublisher _publisher;
    private readonly PipelineProgress _progress;
    private readonly FeedAgent _feed;
    private readonly Lockstep? _lockstep;
    private readonly PacedClock? _clock;
    private readonly byte[] _report = new byte[InputSlot.PayloadLengthMax];
    private InputSource _reportSource;
    private int _reportLength;
    private long _reportTimeNanos;
    private long _marketTimeNanos = long.MinValue;
    private bool _hasMarketEvent;
    private MarketSlot _marketEvent;
    private bool _done;
    private OrderHandler _orders;
    private MarketHandler _marketHandler;

    public GatewayAgent(SimulatedGateway gateway, EventPoller<OutputSlot> inbox, EventPoller<MarketSlot> market, InputPublisher publisher,
        PipelineProgress progress, FeedAgent feed, Lockstep? lockstep, PacedClock? clock)
    {
        _gateway = gateway;
        _inbox = inbox;
        _market = market;
        _publisher = publisher;
        _progress = progress;
        _feed = feed;
        _lockstep = lockstep;
        _clock = clock;
        _orders = new OrderHandler(gateway);
        _marketHandler = new MarketHandler(this);
    }

    public string Name => "gateway";

    /// <summary>Whether feed and venue have nothing more to do and the pipeline is quiet; any thread may ask.</summary>
    public bool IsDone => Volatile.Read(ref _done);

    public int DoWork()
    {
        int work = TakeOrders();
        for (int step = 0; step < StepsPerCycle && !_done && TryFlush(); step++)
        {
            // Answers about orders in doubt wait for no market.
            if (!TryAnswer() && !(_lockstep is not null ? StepTogether() : StepAlone()))
            {
                break;
            }

            work++;
        }

        return work;
    }

    public void OnClose()
    {
    }

    private int TakeOrders() => _inbox.Poll(ref _orders, OrdersPerCycle);

    private bool TryFlush()
    {
        if (_reportLength > 0 && _publisher.TryPublish(_reportSource, _reportTimeNanos, _report.AsSpan(0, _reportLength)))
        {
            _reportLength = 0;
        }

        return _reportLength == 0;
    }

    private bool TryAnswer()
    {
        _reportSource = InputSource.Gateway;
        _reportLength = _gateway.TryTakeAnswer(_report, out _reportTimeNanos);
        return _reportLength > 0;
    }

    private bool TryReport(long untilNanos)
    {
        _reportSource = InputSource.Gateway;
        _reportLength = _gateway.TryAdvance(untilNanos, _report, out _reportTimeNanos);
        return _reportLength > 0;
    }

    // In lockstep, when all is settled: the venue up to the next timer, then the timer, as the backtest does.
    private bool TryReportOrTick(long horizonNanos)
    {
        long dueNanos = _progress.NextDueNanos.Value;
        return TryReport(Math.Min(horizonNanos, dueNanos))
            || (TimerTicks.IsNext(dueNanos, horizonNanos, _gateway.NextEventTimeNanos) && Tick(dueNanos));
    }

    // At a pace: a timer that is due by the clock, once the engine has processed all that was published, the tick before included.
    private bool TryTick() => _clock is not null && _progress.IsQuiet && _progress.NextDueNanos.Value <= _clock.NowNanos && Tick(_clock.NowNanos);

    private bool Tick(long timeNanos)
    {
        _reportSource = InputSource.Timer;
        _reportTimeNanos = timeNanos;
        _reportLength = TimerTicks.Encode(_report, timeNanos);
        return true;
    }

    // Quiet, and nothing in the inbox after that was seen: whatever the last inputs caused has reached the venue.
    private bool IsSettled() => _progress.IsQuiet && TakeOrders() == 0;

    private bool StepTogether()
    {
        if (!_lockstep!.IsAsked || !IsSettled())
        {
            return false;
        }

        if (TryReportOrTick(_lockstep.HorizonNanos))
        {
            return true;
        }

        if (_lockstep.Item is { HasVenueEvent: true } item)
        {
            _gateway.OnMarketEvent(item.InstrumentId, item.VenueEvent);
        }

        Volatile.Write(ref _done, _lockstep.Item is null);
        _lockstep.Agree();
        return true;
    }

    private bool StepAlone()
    {
        if (!_hasMarketEvent)
        {
            // Both read before the ring: what the feed published before it ended, or before it showed a later horizon, is then seen.
            bool feedEnded = _feed.HasEnded;
            long horizonNanos = _feed.HorizonNanos;
            if (_market.Poll(ref _marketHandler, 1) == 0)
            {
                // The clock may have passed the feed's next item before the feed looked: the venue must not.
                return feedEnded ? StepAtEnd()
                    : TryReport(_clock is null ? _marketTimeNanos : Math.Min(_clock.NowNanos, horizonNanos)) || TryTick();
            }
        }

        if (TryReport(_marketTimeNanos))
        {
            return true;
        }

        _gateway.OnMarketEvent(_marketEvent.InstrumentId, _marketEvent.Event);
        _hasMarketEvent = false;
        return true;
    }

    private bool StepAtEnd()
    {
        if (!IsSettled())
        {
            return false;
        }

        bool reported = TryReportOrTick(long.MaxValue);
        Volatile.Write(ref _done, !reported);
        return reported;
    }

    private void TakeMarketEvent(ref MarketSlot slot)
    {
        _marketEvent = slot;
        _hasMarketEvent = true;
        _marketTimeNanos = slot.Event.Kind == Simulation.MarketData.MarketEventKind.Bar ? slot.Event.OpenTimeNanos : slot.Event.TimeNanos;
    }

    private readonly struct OrderHandler(SimulatedGateway gateway) : IEventHandler<OutputSlot>
    {
        public void OnEvent(ref OutputSlot data, long sequence, bool endOfBatch) => gateway.OnOutput(data.Message);
    }

    private readonly struct MarketHandler(GatewayAgent agent) : IEventHandler<MarketSlot>
    {
        public void OnEvent(ref MarketSlot data, long sequence, bool endOfBatch) => agent.TakeMarketEvent(ref data);
    }
}
