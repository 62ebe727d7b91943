using OrderPlatform.Host.Configuration;

namespace OrderPlatform.Host.Commands;

/// <summary>
/// Keeps the report's symbol true where --data names a file of another instrument: the symbol is taken from --symbol, or from the file's name where that has
/// the name of another common pair (…ETHUSDT…). Only names change: the venue's rules stay those of the configuration.
/// </summary>
internal static class SymbolOfData
{
    private static readonly string[] Bases = ["BTC", "ETH", "BNB", "SOL", "XRP", "ADA", "DOGE", "LTC"];
    private static readonly string[] Quotes = ["USDT", "USDC", "FDUSD", "USD", "EUR"];

    public static RunConfiguration Apply(RunConfiguration configuration, string? path, string? symbol)
    {
        Symbol? other = symbol is not null ? Parse(symbol) : path is not null ? FromName(Path.GetFileName(path)) : null;
        if (other is not { } found || found == configuration.Symbol)
        {
            return configuration;
        }

        return configuration with
        {
            Symbol = found,
            Setup = configuration.Setup with
            {
                Instruments = [configuration.Setup.Instruments[0] with { Symbol = found.AtVenue, BaseAsset = found.Base, QuoteAsset = found.Quote }],
                Accounts = [configuration.Setup.Accounts[0] with { QuoteAsset = found.Quote }],
            },
        };
    }

    private static Symbol Parse(string text) => text.Split('/') is [{ Length: > 0 and <= 8 } first, { Length: > 0 and <= 8 } second] && text.All(char.IsAscii)
        ? new Symbol(first.ToUpperInvariant(), second.ToUpperInvariant())
        : throw new ConfigurationException($"--symbol is '{text}'; allowed is BASE/QUOTE, such as ETH/USDT");

    private static Symbol? FromName(string name)
    {
        foreach (string first in Bases)
        {
            foreach (string second in Quotes)
            {
                if (name.Contains(first + second, StringComparison.OrdinalIgnoreCase))
                {
                    return new Symbol(first, second);
                }
            }
        }

        return null;
    }
}
