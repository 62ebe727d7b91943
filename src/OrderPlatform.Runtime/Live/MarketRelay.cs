using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// Where market data come through the door, simulated venues learn of them from the engine's stage, in the journal's order: each event with its input's own
/// time. A bar is told when it closes, as one trade at its last price: nobody knows before what was in it.
/// </summary>
internal sealed class MarketRelay
{
    private readonly Dictionary<uint, ushort> _venues;
    private readonly byte[] _message = new byte[256];
    private int _length;

    /// <param name="instruments">All of them.</param>
    /// <param name="venues">The venues that are to be told.</param>
    public MarketRelay(IEnumerable<InstrumentSetup> instruments, IReadOnlyCollection<ushort> venues) =>
        _venues = instruments.Where(instrument => venues.Contains(instrument.VenueId)).ToDictionary(static one => one.Id, static one => one.VenueId);

    /// <summary>What is to be told, or empty.</summary>
    public ReadOnlySpan<byte> Message => _message.AsSpan(0, _length);

    /// <summary>Whose market it is.</summary>
    public ushort VenueId { get; private set; }

    /// <summary>Looks at an input.</summary>
    public void Take(ReadOnlySpan<byte> message, long timestampNanos)
    {
        _length = 0;
        if (TryTell(message, timestampNanos, out uint instrumentId, out MarketEvent told) && _venues.TryGetValue(instrumentId, out ushort venueId))
        {
            VenueId = venueId;
            _length = MarketMessages.Encode(_message, instrumentId, told);
        }
    }

    /// <summary>What a venue is told of an input: nothing of a bar's opening, and of what is no market data or cannot be.</summary>
    public static bool TryTell(ReadOnlySpan<byte> message, long timestampNanos, out uint instrumentId, out MarketEvent told)
    {
        told = default;
        instrumentId = 0;
        MessageHeader.TryRead(message, out MessageHeader header);
        if (header.TemplateId is not (MarketTradeDecoder.TemplateId or TopOfBookDecoder.TemplateId or BarDecoder.TemplateId)
            || (BarDecoder.TryWrap(message, out BarDecoder bar) && bar.Phase != BarPhase.Closed)
            || !MarketMessages.TryDecode(message, out instrumentId, out MarketEvent e))
        {
            return false;
        }

        told = e.Kind == MarketEventKind.TopOfBook
            ? MarketEvent.TopOfBook(timestampNanos, e.Price, e.Quantity, e.UpperPrice, e.UpperQuantity)
            : MarketEvent.Trade(
                timestampNanos, e.Kind == MarketEventKind.Bar ? e.Close : e.Price, e.Quantity, e.Kind == MarketEventKind.Bar ? Aggressor.Unknown : e.Aggressor,
                e.Kind == MarketEventKind.Bar ? 0 : e.TradeId);
        return MarketEventCheck.FaultOf(told) is null;
    }

    /// <summary>It has been told.</summary>
    public void Clear() => _length = 0;
}
