namespace OrderPlatform.Analytics;

/// <summary>A trade as a <see cref="TradeGrouping"/> made it.</summary>
/// <param name="Trade">The trade; its number counts from 1.</param>
/// <param name="OrderIds">The orders whose fills it holds, each once, in order of their first fill in it.</param>
public sealed record GroupedTrade(TradeRecord Trade, IReadOnlyList<ulong> OrderIds);
