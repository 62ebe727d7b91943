using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Generator;

/// <summary>
/// Makes a plausible market from a seed. Bars, trades and quotes of the same options are three views of one market: the trades of a minute
/// add up to its bar exactly, and every trade happens at the best bid or ask of the quote before it.
/// </summary>
public static class MarketGenerator
{
    /// <summary>One-minute bars.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static IMarketDataSource OpenBars(MarketGeneratorOptions options) => new BarSource(options);

    /// <summary>Public trades, numbered from 1.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static IMarketDataSource OpenTrades(MarketGeneratorOptions options) => new TradeSource(options);

    /// <summary>Best bid and ask: at each trade what it met, and once between it and the next.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static IMarketDataSource OpenTopOfBook(MarketGeneratorOptions options) => new TopOfBookSource(options);
}
