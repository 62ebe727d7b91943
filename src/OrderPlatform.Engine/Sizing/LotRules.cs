using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Sizing;

/// <summary>What an instrument's venue asks of every order's size.</summary>
/// <param name="Step">Quantities are multiples of it; zero for no step.</param>
/// <param name="MinimumQuantity">Smallest quantity; zero for none.</param>
/// <param name="MinimumNotional">Smallest price × quantity; zero for none.</param>
public readonly record struct LotRules(Quantity Step, Quantity MinimumQuantity, Money MinimumNotional);
