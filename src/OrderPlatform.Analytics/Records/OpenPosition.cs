using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>A position still held when the run ended.</summary>
/// <param name="Instrument">The instrument's name.</param>
/// <param name="Quantity">Signed quantity held.</param>
/// <param name="AveragePrice">Average cost.</param>
/// <param name="Mark">The price that values it.</param>
/// <param name="UnrealisedPnl">P&amp;L it would realise at the mark, before fees.</param>
public readonly record struct OpenPosition(string Instrument, Quantity Quantity, Price AveragePrice, Price Mark, Money UnrealisedPnl);
