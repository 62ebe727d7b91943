using OrderPlatform.Engine.Numbers;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Strategies;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>
/// Everything that enters a run from outside its venue, as one sequence in order of time: the setup, the market data and the signals made from them or read
/// from a file. The backtest's loop and the live pipeline's feed agent pull from the same feed, so their inputs are the same.
/// A bar becomes two inputs: its first price when it opens and the whole of it when it closes; nobody but the simulated venue sees more at the opening.
/// </summary>
public sealed class InputFeed : IInputFeed, IDisposable
{
    private const int PendingMax = 8;

    private readonly IMarketDataSource? _source;
    private readonly SignalAddress _address;
    private readonly IBarStrategy? _strategy;
    private readonly SignalFile? _signals;
    private readonly BarBuilder _bars;
    private readonly FeedItem _setupItem = new();
    private IReadOnlyList<byte[]> _setup;
    private long _setupTimeNanos;
    private JournaledFeed? _journaled;
    private long _venueEventsKnown;
    private bool _isHeld;
    private readonly FeedItem[] _pending = Enumerable.Range(0, PendingMax).Select(_ => new FeedItem()).ToArray();
    private StrategySignal _nextSignal;
    private bool _hasSignal;
    private MarketEvent _nextEvent;
    private bool _hasEvent;
    private int _setupSent;
    private int _first;
    private int _count;
    private ulong _signalId;
    private long _lastTimeNanos = long.MinValue;

    /// <summary>A feed.</summary>
    /// <param name="setup">What is configured first, at the time of the first market event.</param>
    /// <param name="source">Market data of the address's instrument.</param>
    /// <param name="address">For whom the signals are.</param>
    /// <param name="strategy">Makes signals from bars, or null.</param>
    /// <param name="signals">Signals that were made elsewhere, or null.</param>
    /// <param name="barIntervalNanos">Bars that the strategy sees where the data are trades or quotes.</param>
    /// <exception cref="MarketDataException">The data cannot be read, or there are none.</exception>
    public InputFeed(PlatformSetup setup, IMarketDataSource source, SignalAddress address, IBarStrategy? strategy, SignalFile? signals, long barIntervalNanos)
    {
        _source = source;
        _address = address;
        _strategy = strategy;
        _signals = signals;
        _bars = new BarBuilder(barIntervalNanos);
        _hasEvent = source.TryRead(out _nextEvent);
        if (!_hasEvent)
        {
            throw new MarketDataException($"{source.Description}: no market data in it: name a file with rows, or give the generator more bars");
        }

        FirstTimeNanos = BeginOf(_nextEvent);
        Current = _setupItem;
        _setup = SetupMessages.Encode(setup, FirstTimeNanos);
        _setupTimeNanos = FirstTimeNanos;
        _hasSignal = _signals?.TryRead(out _nextSignal) ?? false;
    }

    /// <summary>A feed of the setup alone, for a run whose inputs come from elsewhere.</summary>
    /// <param name="setup">What is configured first.</param>
    /// <param name="startNanos">When the run begins.</param>
    public InputFeed(PlatformSetup setup, long startNanos)
    {
        _bars = new BarBuilder(1);
        FirstTimeNanos = startNanos;
        Current = _setupItem;
        _setup = SetupMessages.Encode(setup, startNanos);
        _setupTimeNanos = startNanos;
    }

    /// <summary>Time of the first market event.</summary>
    public long FirstTimeNanos { get; }

    /// <summary>Inputs of the setup, which come first.</summary>
    public int SetupCount => _setup.Count;

    /// <summary>Market events read.</summary>
    public long EventCount { get; private set; }

    /// <summary>The item that <see cref="MoveNext"/> moved to; valid until it is called again.</summary>
    public FeedItem Current { get; private set; }

    /// <summary>Moves to the next item.</summary>
    /// <exception cref="MarketDataException">The data are malformed.</exception>
    /// <exception cref="SignalFileException">A signal is malformed.</exception>
    public bool MoveNext()
    {
        if (_setupSent < _setup.Count)
        {
            Current = _setupItem;
            Current.SetSetup(_setupTimeNanos, _setup[_setupSent++]);
            return true;
        }

        if (_isHeld)
        {
            _isHeld = false;
            Current = _pending[_first - 1];
            return true;
        }

        return MoveNextOfData();
    }

    /// <summary>
    /// Goes on where a run ended: what its journal has is compared with the data, and not given again unless the venue has not seen it, nor is what the
    /// venue has seen shown to it again. Strategy and bars are then as they were. Before the first <see cref="MoveNext"/>.
    /// </summary>
    /// <param name="journaled">The feed's inputs in the journal.</param>
    /// <param name="venueEvents">Market events that the venue has seen.</param>
    /// <param name="setup">Given first, instead of a new journal's setup; made when it is known how much of the data the journal has.</param>
    /// <param name="setupTimeNanos">Its time.</param>
    /// <exception cref="FeedDiffersException">The journal has other inputs than the data give.</exception>
    /// <exception cref="MarketDataException">The data are malformed.</exception>
    public void Resume(JournaledFeed journaled, long venueEvents, Func<IReadOnlyList<byte[]>> setup, long setupTimeNanos)
    {
        _journaled = journaled;
        _venueEventsKnown = venueEvents;
        while (!_isHeld && MoveNextOfData())
        {
            _isHeld = !Current.IsJournaled || Current.HasVenueEvent;
        }

        _setup = setup();
        _setupTimeNanos = setupTimeNanos;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _source?.Dispose();
        _signals?.Dispose();
    }

    private static long BeginOf(in MarketEvent marketEvent) => marketEvent.Kind == MarketEventKind.Bar ? marketEvent.OpenTimeNanos : marketEvent.TimeNanos;

    private bool MoveNextOfData()
    {
        if (_count == 0 && !Fill())
        {
            _journaled?.RequireEnd();
            return false;
        }

        Current = _pending[_first++];
        _count--;
        if (_journaled is not null)
        {
            Current.IsJournaled = _journaled.TryMatch(Current.Message);
            ForgetKnownVenueEvent();
        }

        return true;
    }

    private void ForgetKnownVenueEvent()
    {
        if (Current.HasVenueEvent && _venueEventsKnown > 0)
        {
            _venueEventsKnown--;
            Current.ClearVenueEvent();
        }
    }

    private bool Fill()
    {
        _first = 0;
        if (_hasSignal && (!_hasEvent || _nextSignal.TimeNanos < BeginOf(_nextEvent)))
        {
            AddSignal(Later(_nextSignal));
            _hasSignal = _signals!.TryRead(out _nextSignal);
            return true;
        }

        if (!_hasEvent)
        {
            return false;
        }

        EventCount++;
        Add(_nextEvent);
        _hasEvent = _source!.TryRead(out _nextEvent);
        return true;
    }

    // A signal that is older than the data enters with their first event: time does not begin before them.
    private StrategySignal Later(in StrategySignal signal) => signal.TimeNanos >= FirstTimeNanos ? signal : signal with { TimeNanos = FirstTimeNanos };

    private void Add(in MarketEvent marketEvent)
    {
        switch (marketEvent.Kind)
        {
            case MarketEventKind.Bar:
                FeedItem opened = Next(marketEvent.OpenTimeNanos);
                opened.Length = MarketMessages.BarOpened(opened.Buffer, _address.InstrumentId, marketEvent);
                opened.SetVenueEvent(_address.InstrumentId, marketEvent);
                AddSignalsWithin(marketEvent);
                FeedItem closed = Next(marketEvent.TimeNanos);
                closed.Length = MarketMessages.BarClosed(closed.Buffer, _address.InstrumentId, marketEvent);
                Think(marketEvent.TimeNanos, marketEvent.Close);
                break;
            case MarketEventKind.Trade:
                FeedItem trade = Next(marketEvent.TimeNanos);
                trade.Length = MarketMessages.Trade(trade.Buffer, _address.InstrumentId, marketEvent);
                trade.SetVenueEvent(_address.InstrumentId, marketEvent);
                ThinkOfPrice(marketEvent.TimeNanos, marketEvent.Price);
                break;
            default:
                FeedItem quote = Next(marketEvent.TimeNanos);
                quote.Length = MarketMessages.TopOfBook(quote.Buffer, _address.InstrumentId, marketEvent);
                quote.SetVenueEvent(_address.InstrumentId, marketEvent);
                ThinkOfPrice(marketEvent.TimeNanos, new Price((marketEvent.Price.Raw + marketEvent.UpperPrice.Raw) / 2));
                break;
        }
    }

    // A bar's span may hold a few signals of a file; more of them than there is room for follow after its close, no later than the next bar's opening.
    private void AddSignalsWithin(in MarketEvent bar)
    {
        while (_hasSignal && _nextSignal.TimeNanos < bar.TimeNanos && _count < PendingMax - 2)
        {
            AddSignal(Later(_nextSignal));
            _hasSignal = _signals!.TryRead(out _nextSignal);
        }
    }

    private void ThinkOfPrice(long timeNanos, Price price)
    {
        if (_strategy is not null && _bars.OnPrice(timeNanos, price, out long closeTimeNanos, out Price close) && _strategy.OnBarClosed(closeTimeNanos, close, out StrategySignal signal))
        {
            // The bar ended before this event, but only this event tells: a wish cannot be older than what it was made from.
            AddSignal(signal with { TimeNanos = timeNanos });
        }
    }

    private void Think(long timeNanos, Price close)
    {
        if (_strategy is not null && _strategy.OnBarClosed(timeNanos, close, out StrategySignal signal))
        {
            AddSignal(signal);
        }
    }

    private void AddSignal(in StrategySignal signal)
    {
        FeedItem item = Next(signal.TimeNanos);
        item.Length = SignalMessages.Encode(item.Buffer, _address, ++_signalId, signal);
    }

    private FeedItem Next(long timeNanos)
    {
        _lastTimeNanos = Math.Max(_lastTimeNanos, timeNanos);
        FeedItem item = _pending[_count++];
        item.Clear(_lastTimeNanos);
        return item;
    }
}
