using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// Publishes the feed: in lockstep an item at a time when the gateway agrees; at a pace when the clock has reached an item's time; else as fast as the rings
/// take it. What the venue learns goes to the venue first.
/// </summary>
internal sealed class FeedAgent : IAgent
{
    private const int ItemsPerCycle = 64;

    private readonly InputFeed _feed;
    private readonly InputPublisher _publisher;
    private readonly RingBuffer<MarketSlot> _market;
    private readonly Lockstep? _lockstep;
    private readonly PacedClock? _clock;
    private volatile bool _stopped;
    private bool _hasItem;
    private bool _venueKnows;
    private bool _ended;
    private long _eventCount;

    public FeedAgent(InputFeed feed, InputPublisher publisher, RingBuffer<MarketSlot> market, Lockstep? lockstep, PacedClock? clock)
    {
        _feed = feed;
        _publisher = publisher;
        _market = market;
        _lockstep = lockstep;
        _clock = clock;
    }

    public string Name => "feed";

    /// <summary>Market events read; any thread may ask.</summary>
    public long EventCount => Volatile.Read(ref _eventCount);

    /// <summary>Whether nothing more comes; any thread may ask.</summary>
    public bool HasEnded => Volatile.Read(ref _ended);

    /// <summary>Ends the feed after the item under way; any thread may say so.</summary>
    public void Stop() => _stopped = true;

    public int DoWork()
    {
        int work = 0;
        while (work < ItemsPerCycle && !_ended && TryNext() && TryPublish())
        {
            work++;
        }

        return work;
    }

    public void OnClose()
    {
    }

    private bool TryNext()
    {
        if (_hasItem)
        {
            return true;
        }

        _hasItem = !_stopped && _feed.MoveNext();
        Volatile.Write(ref _eventCount, _feed.EventCount);
        if (!_hasItem)
        {
            _lockstep?.Ask(null);
            Volatile.Write(ref _ended, true);
            return false;
        }

        _venueKnows = !_feed.Current.HasVenueEvent;
        _lockstep?.Ask(_feed.Current);
        return true;
    }

    private bool TryPublish()
    {
        FeedItem item = _feed.Current;
        if (_lockstep is { IsAsked: true } || (_clock is not null && _clock.NowNanos < item.TimeNanos))
        {
            return false;
        }

        if (!_venueKnows && _lockstep is null)
        {
            if (_market.TryClaim(out long sequence) != ClaimResult.Claimed)
            {
                return false;
            }

            _market[sequence] = new MarketSlot { Event = item.VenueEvent, InstrumentId = item.InstrumentId };
            _market.Publish(sequence);
            _venueKnows = true;
        }

        if (!_publisher.TryPublish(item.TimeNanos, item.Message))
        {
            return false;
        }

        _hasItem = false;
        return true;
    }
}
