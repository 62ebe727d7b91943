using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// Publishes the feed: in lockstep an item at a time when the gateway agrees; at a pace when the clock has reached an item's time; else as fast as the rings
/// take it. What the venue learns goes to the venue first. The setup enters at once; the data wait until the orders in doubt after a restart are known.
/// </summary>
internal sealed class FeedAgent : IAgent
{
    private const int ItemsPerCycle = 64;

    private readonly InputFeed _feed;
    private readonly InputPublisher _publisher;
    private readonly RingBuffer<MarketSlot> _market;
    private readonly PipelineProgress _progress;
    private readonly Lockstep? _lockstep;
    private readonly PacedClock? _clock;
    private readonly bool _staysOpen;
    private volatile bool _stopped;
    private volatile byte[]? _closing;
    private bool _closes;
    private bool _isReady;
    private bool _hasItem;
    private bool _venueKnows;
    private bool _ended;
    private long _eventCount;
    private long _horizonNanos = long.MinValue;

    public FeedAgent(InputFeed feed, InputPublisher publisher, RingBuffer<MarketSlot> market, PipelineProgress progress, Lockstep? lockstep, PacedClock? clock,
        bool staysOpen = false)
    {
        _staysOpen = staysOpen;
        _feed = feed;
        _publisher = publisher;
        _market = market;
        _progress = progress;
        _lockstep = lockstep;
        _clock = clock;
    }

    public string Name => "feed";

    /// <summary>Market events read; any thread may ask.</summary>
    public long EventCount => Volatile.Read(ref _eventCount);

    /// <summary>Whether nothing more comes; any thread may ask.</summary>
    public bool HasEnded => Volatile.Read(ref _ended);

    /// <summary>No item that is still to be published is older; any thread may ask.</summary>
    public long HorizonNanos => Volatile.Read(ref _horizonNanos);

    /// <summary>Ends the feed after the item under way; one that still waits for its time is not under way. Any thread may say so.</summary>
    public void Stop() => _stopped = true;

    /// <summary>
    /// Puts a command in and goes on, one input at a time, until all that it closes is closed: the data are what the venue needs for it. Any thread may say so.
    /// </summary>
    public void Close(byte[] command) => _closing = command;

    public int DoWork()
    {
        int work = 0;
        if (_closing is { } command)
        {
            CloseDown(command);
        }

        while (work < ItemsPerCycle && !_ended && TryNext() && TryPublish())
        {
            work++;
        }

        return work;
    }

    public void OnClose()
    {
    }

    private void CloseDown(byte[] command)
    {
        if (!_closes)
        {
            _progress.IsClosing = true;
            _closes = _publisher.TryPublish(InputSource.Operator, long.MinValue, command);
            return;
        }

        if (_progress.IsFlat)
        {
            _stopped = true;
        }
    }

    private bool TryNext()
    {
        if (_hasItem)
        {
            return true;
        }

        _hasItem = !_stopped && _feed.MoveNext();
        Volatile.Write(ref _eventCount, _feed.EventCount);
        if (!_hasItem && _staysOpen && !_stopped)
        {
            // What enters now enters through the door, until somebody ends the run.
            Volatile.Write(ref _horizonNanos, long.MaxValue);
            return false;
        }

        if (!_hasItem)
        {
            _lockstep?.Ask(null);
            Volatile.Write(ref _horizonNanos, long.MaxValue);
            Volatile.Write(ref _ended, true);
            return false;
        }

        _venueKnows = !_feed.Current.HasVenueEvent;
        Volatile.Write(ref _horizonNanos, _feed.Current.TimeNanos);
        _lockstep?.Ask(_feed.Current);
        return true;
    }

    private bool TryPublish()
    {
        FeedItem item = _feed.Current;
        if (_lockstep is { IsAsked: true })
        {
            return false;
        }

        if (MustWait(item))
        {
            // Stopped: the next look ends the feed instead of waiting for the item's time, which may be a minute or a weekend away.
            bool stopped = _stopped;
            _hasItem = !stopped;
            return stopped;
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

        if (!item.IsJournaled && !_publisher.TryPublish(item.Source, item.TimeNanos, item.Message))
        {
            return false;
        }

        _hasItem = false;
        return true;
    }

    // Data enter when the setup is done and every order in doubt is known; what the journal has already moves the venue alone.
    private bool MustWait(FeedItem item)
    {
        if (item.Source == InputSource.Setup || item.IsJournaled)
        {
            return false;
        }

        _isReady = _isReady || _progress.IsReady;
        return !_isReady || (_closing is not null && !(_closes && _progress.IsQuiet)) || (_clock is not null && _clock.NowNanos < item.TimeNanos);
    }
}
