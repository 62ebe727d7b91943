using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Simulated;

/// <summary>The simulated venue as a connector: the first one, and what the contract's tests run with. Its venue outlives the process by its log.</summary>
public sealed class SimulatedConnector : IExecutionConnector, ISteppedVenue, IDisposable
{
    private readonly SimulatedVenueOptions _options;
    private readonly VenueLog _log;
    private SimulatedGateway? _gateway;

    /// <summary>A connector; <see cref="Recover"/> makes its venue.</summary>
    /// <param name="options">The venue's options.</param>
    /// <param name="venueId">Its id in reports.</param>
    /// <param name="folder">Where its log is, or is begun.</param>
    /// <param name="journal">How the log is written; what a venue has seen need not survive the machine, a real one has its own disks.</param>
    /// <exception cref="JournalException">The log is damaged, or another process has it.</exception>
    /// <exception cref="ArgumentException">It is the log of a venue with other options, or an option is out of its range.</exception>
    public SimulatedConnector(SimulatedVenueOptions options, ushort venueId, string folder, JournalOptions journal)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(journal);
        options.Validate();
        _options = options;
        VenueId = venueId;
        _log = VenueLog.Open(
            folder,
            journal with { Durability = JournalDurability.PageCache, SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version },
            options);
    }

    /// <inheritdoc />
    public ushort VenueId { get; }

    /// <inheritdoc />
    public GatewayKind Kind => GatewayKind.Simulated;

    /// <inheritdoc />
    public long NextEventNanos => Gateway.NextEventTimeNanos;

    /// <inheritdoc />
    public ulong MarketEvents => (ulong)Gateway.MarketEventCount;

    private SimulatedGateway Gateway => _gateway ?? throw new InvalidOperationException($"call {nameof(Recover)} first: there is no venue before");

    /// <inheritdoc />
    public void Recover(ulong lastOrdinal)
    {
        _gateway = new SimulatedGateway(new SimulatedVenue(_options), VenueId, _log, lastOrdinal);
        if (_gateway.ToldCount < lastOrdinal)
        {
            throw new ArgumentException(
                $"the venue's log has {_gateway.ToldCount} reports, but the gateway's journal beside it has report {lastOrdinal}: they do not belong together; "
                + "put the right log back, or begin with an empty folder");
        }
    }

    /// <inheritdoc />
    public RequestFate FateOf(ReadOnlySpan<byte> request) => _log.IsLastRequest(request) ? RequestFate.Sent : RequestFate.NotSent;

    /// <inheritdoc />
    public bool TrySend(ReadOnlySpan<byte> request) => Gateway.OnOutput(request);

    /// <inheritdoc />
    public bool TryAsk(ReadOnlySpan<byte> question) => Gateway.OnOutput(question);

    /// <inheritdoc />
    public int TryTake(Span<byte> buffer, out VenueNews news)
    {
        int length = Gateway.TryTakeMissed(buffer, out long timeNanos, out ulong ordinal);
        if (length == 0)
        {
            length = Gateway.TryTakeAnswer(buffer, out timeNanos);
        }

        news = new VenueNews(timeNanos, ordinal);
        return length;
    }

    /// <inheritdoc />
    public int TryAdvance(long untilNanos, Span<byte> buffer, out VenueNews news)
    {
        int length = Gateway.TryAdvance(untilNanos, buffer, out long timeNanos);
        news = new VenueNews(timeNanos, length > 0 ? Gateway.ToldCount : 0);
        return length;
    }

    /// <inheritdoc />
    public bool TryBeginOf(ReadOnlySpan<byte> marketEvent, out long beginNanos)
    {
        bool isOne = MarketMessages.TryDecode(marketEvent, out _, out MarketEvent e);
        beginNanos = e.Kind == MarketEventKind.Bar ? e.OpenTimeNanos : e.TimeNanos;
        return isOne;
    }

    /// <inheritdoc />
    public void OnMarketEvent(ReadOnlySpan<byte> marketEvent)
    {
        if (!MarketMessages.TryDecode(marketEvent, out uint instrumentId, out MarketEvent e))
        {
            throw new MarketDataException("the message is no Bar, no MarketTrade and no TopOfBook: send nothing else as a market event");
        }

        Gateway.OnMarketEvent(instrumentId, e);
    }

    /// <inheritdoc />
    public void Dispose() => _log.Dispose();
}
