using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>Why a check refused, with its numbers.</summary>
/// <param name="Check">Which check.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="Value">What was compared, times 1e8.</param>
/// <param name="Limit">With what, times 1e8.</param>
public readonly record struct Refusal(CheckKind Check, ReasonCode Reason, long Value, long Limit);

/// <summary>What an order would do, for the checks.</summary>
/// <param name="Position">Row of the position.</param>
/// <param name="Side">Bought or sold.</param>
/// <param name="Closing">The part that reduces the position; never refused by a limit (D16).</param>
/// <param name="Opening">The part that increases it.</param>
/// <param name="Price">The limit price, or the mark.</param>
/// <param name="RequestId">The signal or request behind it.</param>
public readonly record struct ProposedOrder(int Position, Side Side, Numbers.Quantity Closing, Numbers.Quantity Opening, Numbers.Price Price, ulong RequestId)
{
    /// <summary>The whole quantity.</summary>
    public Numbers.Quantity Quantity => Closing + Opening;
}
