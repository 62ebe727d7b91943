using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// The recorded inputs of a journal that stay true in another world, as a feed: configuration, starts and reconciliations, signals, market data, funding,
/// requests and
/// commands of people, cash, outages of venues. Left out is what a simulated venue makes itself: reports and answers on orders, and ticks, which come
/// again when timers are due.
/// <para>
/// What venues know: a bar from its opening on, as in a backtest, where the journal has both; what came through a door, as
/// <see cref="MarketRelay"/> tells it, at its own input.
/// </para>
/// </summary>
public sealed class JournalFeed : IInputFeed, IDisposable
{
    private readonly JournalReader _reader;
    private readonly BarCloses _closes;
    private readonly long _lastSequence;
    private readonly HashSet<(uint Instrument, long OpenNanos)> _told = [];
    private FeedItem _item = new();
    private long _reports;
    private long _ticks;
    private long _usage;
    private long _selfChecks;
    private long _barsUnknown;

    private JournalFeed(JournalSetup setup, JournalReader reader, BarCloses closes)
    {
        _reader = reader;
        _closes = closes;
        _lastSequence = setup.LastSequence;
        FirstTimeNanos = setup.FirstTimeNanos;
    }

    /// <inheritdoc />
    public long FirstTimeNanos { get; }

    /// <inheritdoc />
    public long EventCount { get; private set; }

    /// <inheritdoc />
    public FeedItem Current => _item;

    /// <summary>What was left out so far.</summary>
    public LeftOut LeftOut => new(_reports, _ticks, _usage, _selfChecks, _barsUnknown);

    /// <summary>Opens a journal's feed.</summary>
    /// <param name="setup">What the journal says of itself; what was appended since is not looked at.</param>
    /// <param name="reading">How it is read.</param>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public static JournalFeed Open(JournalSetup setup, JournalReaderOptions reading)
    {
        JournalReader reader = JournalReader.Open(setup.Folder, reading with { FromSequence = 0 });
        try
        {
            return new JournalFeed(setup, reader, new BarCloses(JournalReader.Open(setup.Folder, reading with { FromSequence = 0 }), setup.LastSequence));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next item, which is made in a caller's place.</summary>
    internal bool MoveNext(FeedItem place)
    {
        _item = place;
        return MoveNext();
    }

    /// <inheritdoc />
    /// <exception cref="JournalException">The journal is damaged there.</exception>
    public bool MoveNext()
    {
        while (_reader.LastSequence < _lastSequence && _reader.TryRead(out JournalRecord record))
        {
            if (record.IsControl || IsLeftOut(record))
            {
                continue;
            }

            InputSource source = InputSources.Of(record.Flags);
            ReadOnlySpan<byte> message = JournaledInput.MessageOf(record);
            _item.SetJournaled(record.Sequence, record.TimestampNanos, source, message);
            if (record.TemplateId is BarDecoder.TemplateId or MarketTradeDecoder.TemplateId or TopOfBookDecoder.TemplateId)
            {
                EventCount++;
                Tell(record.Sequence, record.TimestampNanos, source, message);
            }

            return true;
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _reader.Dispose();
        _closes.Dispose();
    }

    private bool IsLeftOut(in JournalRecord record)
    {
        switch (record.TemplateId)
        {
            case ExecutionReportDecoder.TemplateId or OrderStatusReportDecoder.TemplateId:
                _reports++;
                return true;
            case OperatorOrderDecoder.TemplateId
                when OperatorOrderDecoder.TryWrap(JournaledInput.MessageOf(record), out OperatorOrderDecoder command) && command.Action == OperatorOrderAction.Resolve:
                // What a person found at the venue was the recorded order's fate.
                _reports++;
                return true;
            case TickDecoder.TemplateId:
                _ticks++;
                return true;
            case VenueStatusDecoder.TemplateId
                when VenueStatusDecoder.TryWrap(JournaledInput.MessageOf(record), out VenueStatusDecoder status)
                    && (status.TryGetUsed(out _) || status.TryGetRetryAfterNanos(out _)):
                _usage++;
                return true;
            default:
                bool isSelfCheck = InputSources.Of(record.Flags) == InputSource.SelfCheck;
                _selfChecks += isSelfCheck ? 1 : 0;
                return isSelfCheck;
        }
    }

    private void Tell(long sequence, long timestampNanos, InputSource source, ReadOnlySpan<byte> message)
    {
        bool isRelayed = source == InputSource.Publisher;
        if (!isRelayed && BarDecoder.TryWrap(message, out BarDecoder bar))
        {
            if (bar.Phase == BarPhase.Opened)
            {
                TellOpening(bar.InstrumentId, bar.OpenTimeNanos, sequence);
                return;
            }

            // The venue has known it since it opened; one that never opened is told as the door's are.
            if (_told.Remove((bar.InstrumentId, bar.OpenTimeNanos)))
            {
                return;
            }

            isRelayed = true;
        }

        if (isRelayed)
        {
            if (MarketRelay.TryTell(message, timestampNanos, out uint instrumentId, out MarketEvent told))
            {
                _item.SetVenueEvent(instrumentId, told);
            }
        }
        else if (MarketMessages.TryDecode(message, out uint id, out MarketEvent e) && MarketEventCheck.FaultOf(e) is null)
        {
            _item.SetVenueEvent(id, e);
        }
    }

    private void TellOpening(uint instrumentId, long openNanos, long sequence)
    {
        if (_closes.TryTake(instrumentId, openNanos, sequence, out MarketEvent bar) && MarketEventCheck.FaultOf(bar) is null)
        {
            _item.SetVenueEvent(instrumentId, bar);
            _told.Add((instrumentId, openNanos));
        }
        else
        {
            _barsUnknown++;
        }
    }
}
