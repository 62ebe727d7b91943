using System.Diagnostics.CodeAnalysis;

namespace OrderPlatform.Gateways.Connectors;

/// <summary>Names of instruments (R132, R135): ours, such as BTC/USDT, the venue's, such as BTCUSDT, and the number in messages.</summary>
public interface IInstrumentMapper
{
    /// <summary>The number of an instrument by the venue's name.</summary>
    bool TryGetId(string venueSymbol, out uint instrumentId);

    /// <summary>The venue's name of an instrument.</summary>
    bool TryGetVenueSymbol(uint instrumentId, [NotNullWhen(true)] out string? venueSymbol);

    /// <summary>Our name of an instrument, BASE/QUOTE.</summary>
    bool TryGetSymbol(uint instrumentId, [NotNullWhen(true)] out string? symbol);
}
