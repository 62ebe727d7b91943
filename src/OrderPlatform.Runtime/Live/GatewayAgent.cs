using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Links;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// The venues' part of the live pipeline: hands requests to their gateways, and says how far time goes for venues that are simulated. In a run over data there
/// is one venue, which sees the feed's market; in lockstep it answers before the next item enters. Where inputs come through the door there may be any number,
/// and time is the clock's. It also lets the engine's timers fire when nothing else arrives.
/// </summary>
internal sealed class GatewayAgent : IAgent
{
    private const int StepsPerCycle = 64;

    private readonly IReadOnlyList<IVenueLink> _venues;
    private readonly IVenueLink _venue;
    private readonly EventPoller<MarketSlot> _market;
    private readonly InputPublisher _publisher;
    private readonly PipelineProgress _progress;
    private readonly FeedAgent _feed;
    private readonly Lockstep? _lockstep;
    private readonly PacedClock? _clock;
    private readonly bool _isLive;
    private readonly byte[] _tick = new byte[TimerTicks.LengthBytes];
    private bool _hasTick;
    private long _tickNanos;
    private long _marketTimeNanos = long.MinValue;
    private bool _hasMarketEvent;
    private MarketSlot _marketEvent;
    private bool _done;
    private MarketHandler _marketHandler;

    /// <param name="venues">The venues; one, unless inputs come through the door.</param>
    /// <param name="market">What the feed's market does.</param>
    /// <param name="publisher">For ticks.</param>
    /// <param name="progress">How far each stage is.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="lockstep">The hand-shake with the feed, in lockstep.</param>
    /// <param name="clock">The clock, at a pace.</param>
    /// <param name="isLive">Whether inputs come through the door.</param>
    public GatewayAgent(IReadOnlyList<IVenueLink> venues, EventPoller<MarketSlot> market, InputPublisher publisher, PipelineProgress progress, FeedAgent feed,
        Lockstep? lockstep, PacedClock? clock, bool isLive)
    {
        _venues = venues;
        _venue = venues[0];
        _market = market;
        _publisher = publisher;
        _progress = progress;
        _feed = feed;
        _lockstep = lockstep;
        _clock = clock;
        _isLive = isLive;
        _marketHandler = new MarketHandler(this);
    }

    public string Name => "gateway";

    /// <summary>Whether feed and venues have nothing more to do and the pipeline is quiet; any thread may ask.</summary>
    public bool IsDone => Volatile.Read(ref _done);

    public int DoWork()
    {
        int work = 0;
        foreach (IVenueLink venue in _venues)
        {
            work += Math.Max(0, venue.TakeRequests()) + venue.DoWork();
        }

        for (int step = 0; step < StepsPerCycle && !_done && TryFlush(); step++)
        {
            if (!TryAnswer() && !(_lockstep is not null ? StepTogether() : _isLive ? StepLive() : StepAlone()))
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

    private bool TryFlush()
    {
        if (_hasTick && _publisher.TryPublish(InputSource.Timer, _tickNanos, _tick))
        {
            _hasTick = false;
        }

        bool isFlushed = !_hasTick;
        foreach (IVenueLink venue in _venues)
        {
            isFlushed &= venue.TryFlush();
        }

        return isFlushed;
    }

    private bool TryAnswer()
    {
        foreach (IVenueLink venue in _venues)
        {
            if (venue.TryAnswer())
            {
                return true;
            }
        }

        return false;
    }

    // When all is settled: the venue up to the next timer, then the timer, as the backtest does.
    private VenueStep ReportOrTick(long horizonNanos)
    {
        long dueNanos = _progress.NextDueNanos.Value;
        VenueStep step = _venue.Advance(Math.Min(horizonNanos, dueNanos));
        return step == VenueStep.Idle && TimerTicks.IsNext(dueNanos, horizonNanos, _venue.NextEventTimeNanos) && Tick(dueNanos) ? VenueStep.Reported : step;
    }

    // At a pace: a timer that is due by the clock, once the engine has processed all that was published, the tick before included.
    private bool TryTick() => _clock is not null && _progress.IsQuiet && _progress.NextDueNanos.Value <= _clock.NowNanos && Tick(_clock.NowNanos);

    private bool Tick(long timeNanos)
    {
        TimerTicks.Encode(_tick, timeNanos);
        _tickNanos = timeNanos;
        _hasTick = true;
        return true;
    }

    // Quiet, and nothing in an inbox after that was seen: whatever the last inputs caused has reached the gateways.
    private bool IsSettled()
    {
        if (!_progress.IsQuiet)
        {
            return false;
        }

        bool isSettled = true;
        foreach (IVenueLink venue in _venues)
        {
            isSettled &= venue.TakeRequests() == 0;
        }

        return isSettled;
    }

    private bool StepTogether()
    {
        if (!_lockstep!.IsAsked || !IsSettled())
        {
            return false;
        }

        VenueStep step = ReportOrTick(_lockstep.HorizonNanos);
        if (step != VenueStep.Idle)
        {
            return step == VenueStep.Reported;
        }

        if (_lockstep.Item is { HasVenueEvent: true } item && !_venue.TryShow(item.InstrumentId, item.VenueEvent))
        {
            return false;
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
                    : _venue.Follow(_clock is null ? _marketTimeNanos : Math.Min(_clock.NowNanos, horizonNanos)) || TryTick();
            }
        }

        if (!_venue.ReportsByItself && _venue.Follow(_marketTimeNanos))
        {
            return true;
        }

        _hasMarketEvent = !_venue.TryShow(_marketEvent.InstrumentId, _marketEvent.Event);
        return !_hasMarketEvent;
    }

    private bool StepAtEnd()
    {
        if (!IsSettled())
        {
            return false;
        }

        VenueStep step = ReportOrTick(long.MaxValue);
        Volatile.Write(ref _done, step == VenueStep.Idle);
        return step == VenueStep.Reported;
    }

    // The clock goes on for everybody, as far as nothing earlier is under way: read before it is seen that all is settled, since what is sequenced then is
    // later. Else market events that wait in the pipeline would be older than their venue. An end needs nothing but quiet: venues live longer than the run.
    private bool StepLive()
    {
        long nowNanos = _clock!.NowNanos;
        bool isSettled = IsSettled();
        bool worked = false;
        foreach (IVenueLink venue in _venues)
        {
            worked |= isSettled && venue.IsSimulated && venue.Follow(nowNanos);
        }

        if (isSettled && !worked && _feed.HasEnded)
        {
            Volatile.Write(ref _done, true);
        }

        return worked || TryTick();
    }

    private void TakeMarketEvent(ref MarketSlot slot)
    {
        _marketEvent = slot;
        _hasMarketEvent = true;
        _marketTimeNanos = slot.Event.Kind == Simulation.MarketData.MarketEventKind.Bar ? slot.Event.OpenTimeNanos : slot.Event.TimeNanos;
    }

    private readonly struct MarketHandler(GatewayAgent agent) : IEventHandler<MarketSlot>
    {
        public void OnEvent(ref MarketSlot data, long sequence, bool endOfBatch) => agent.TakeMarketEvent(ref data);
    }
}
