using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics;

/// <summary>The names behind the ids of a run, and what its instruments are, from its configuration inputs.</summary>
internal sealed class RunNames
{
    private readonly Dictionary<uint, (string Symbol, uint Venue, Instrument Contract)> _instruments = [];
    private readonly Dictionary<uint, string> _clients = [];
    private readonly Dictionary<uint, string> _strategies = [];
    private readonly Dictionary<uint, string> _venues = [];

    private static Instrument Spot => new() { Kind = InstrumentKind.Spot, Multiplier = new Quantity(FixedPoint.One) };

    internal string Instruments => string.Join(", ", _instruments.OrderBy(static one => one.Key).Select(static one => one.Value.Symbol).Distinct());

    internal string Clients => Joined(_clients);

    internal string Strategies => Joined(_strategies);

    internal string Client(uint id) => NameOf(_clients, id);

    internal string Strategy(uint id) => NameOf(_strategies, id);

    internal string Instrument(uint id) => _instruments.TryGetValue(id, out (string Symbol, uint Venue, Instrument Contract) found) ? found.Symbol : $"#{id}";

    /// <summary>The venue, or that of the instrument if no venue is given.</summary>
    internal string Venue(uint id, uint instrumentId)
    {
        uint venue = id != 0 ? id : _instruments.GetValueOrDefault(instrumentId).Venue;
        return venue == 0 ? "" : NameOf(_venues, venue);
    }

    /// <summary>Kind and multiplier of an instrument, which its values follow from; spot if it is not known.</summary>
    internal Instrument Contract(uint id) =>
        _instruments.TryGetValue(id, out (string Symbol, uint Venue, Instrument Contract) found) ? found.Contract : Spot;

    internal void Add(in InstrumentConfigurationDecoder one) => _instruments[one.InstrumentId] = (Text(one.Symbol), one.VenueId, new Instrument
    {
        Kind = one.TryGetKind(out InstrumentKind kind) ? kind : InstrumentKind.Spot,
        Multiplier = new Quantity(one.TryGetMultiplier(out long multiplier) ? multiplier : FixedPoint.One),
    });

    internal void Add(in ClientConfigurationDecoder one) => _clients[one.ClientId] = Text(one.Name);

    internal void Add(in StrategyConfigurationDecoder one) => _strategies[one.StrategyId] = Text(one.Name);

    internal void Add(in VenueConfigurationDecoder one) => _venues[one.VenueId] = Text(one.Name);

    private static string NameOf(Dictionary<uint, string> names, uint id) => names.TryGetValue(id, out string? name) ? name : $"#{id}";

    private static string Joined(Dictionary<uint, string> names) => string.Join(", ", names.OrderBy(static one => one.Key).Select(static one => one.Value));

    private static string Text(ReadOnlySpan<byte> ascii) => System.Text.Encoding.ASCII.GetString(ascii);
}
