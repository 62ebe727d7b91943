using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Sizing;

/// <summary>A size with everything that went into the choice, for the decision record (D4). All amounts in quote currency, zero or above.</summary>
/// <param name="Notional">The size: the least of the three below; zero is no trade.</param>
/// <param name="Wish">What the sizing rule itself asks for.</param>
/// <param name="RiskBound">Bound by the risk of one trade, or <see cref="Unbounded"/>.</param>
/// <param name="PositionBound">Bound by the largest position, or <see cref="Unbounded"/>.</param>
/// <param name="DecidedBy">Whose number the size is; of equal ones the first in this order: the rule, the risk, the position. None if no number fits.</param>
public readonly record struct SizingResult(Money Notional, Money Wish, Money RiskBound, Money PositionBound, SizingBound DecidedBy)
{
    /// <summary>A bound that is not set, or too large for 64 bits and so never the least.</summary>
    public static readonly Money Unbounded = new(long.MaxValue);
}
