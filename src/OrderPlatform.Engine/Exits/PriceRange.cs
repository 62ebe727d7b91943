using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Exits;

/// <summary>The prices that a market event touched: a bar's low and high, a trade's price twice, a quote's bid and ask.</summary>
/// <param name="Low">Lowest.</param>
/// <param name="High">Highest.</param>
public readonly record struct PriceRange(Price Low, Price High);
