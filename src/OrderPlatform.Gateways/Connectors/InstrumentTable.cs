using System.Diagnostics.CodeAnalysis;

namespace OrderPlatform.Gateways.Connectors;

/// <summary>An instrument's names.</summary>
/// <param name="InstrumentId">The number in messages.</param>
/// <param name="Symbol">Ours, BASE/QUOTE.</param>
/// <param name="VenueSymbol">The venue's.</param>
public readonly record struct InstrumentNames(uint InstrumentId, string Symbol, string VenueSymbol);

/// <summary>Names of a venue's instruments in a table that is made once: as many as it is given, looked up without allocating.</summary>
public sealed class InstrumentTable : IInstrumentMapper
{
    private readonly Dictionary<uint, InstrumentNames> _byId = [];
    private readonly Dictionary<string, uint> _byVenueSymbol = new(StringComparer.Ordinal);

    /// <summary>Makes the table.</summary>
    /// <exception cref="ArgumentException">An id or a venue's name comes twice: the venue's messages would be taken for another instrument's.</exception>
    public InstrumentTable(IEnumerable<InstrumentNames> instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        foreach (InstrumentNames names in instruments)
        {
            if (!_byId.TryAdd(names.InstrumentId, names) || !_byVenueSymbol.TryAdd(names.VenueSymbol, names.InstrumentId))
            {
                throw new ArgumentException($"instrument {names.InstrumentId} ({names.VenueSymbol}) is there already, by id or by name: give each once");
            }
        }
    }

    /// <inheritdoc />
    public bool TryGetId(string venueSymbol, out uint instrumentId) => _byVenueSymbol.TryGetValue(venueSymbol, out instrumentId);

    /// <inheritdoc />
    public bool TryGetVenueSymbol(uint instrumentId, [NotNullWhen(true)] out string? venueSymbol)
    {
        venueSymbol = _byId.TryGetValue(instrumentId, out InstrumentNames names) ? names.VenueSymbol : null;
        return venueSymbol is not null;
    }

    /// <inheritdoc />
    public bool TryGetSymbol(uint instrumentId, [NotNullWhen(true)] out string? symbol)
    {
        symbol = _byId.TryGetValue(instrumentId, out InstrumentNames names) ? names.Symbol : null;
        return symbol is not null;
    }
}
