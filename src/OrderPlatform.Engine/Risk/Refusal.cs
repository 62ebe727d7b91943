using System;
using OrderPlatform.Engine.Numbers;
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
/// <param name="Standing">With an amend, the part that increases the position and was ordered before; else zero.</param>
/// <param name="DecisionPrice">The mark when it was decided, for the slippage limit; zero where there was no decision before.</param>
/// <param name="IsMarket">Whether it takes whatever price it finds: it crosses every resting order.</param>
/// <param name="Repricing">With an amend, whether what stands and increases the position gets another price.</param>
/// <param name="AddedHold">With an amend, what the other price holds back more for it.</param>
public readonly record struct ProposedOrder(
    int Position, Side Side, Quantity Closing, Quantity Opening, Price Price, ulong RequestId, Quantity Standing = default, Price DecisionPrice = default,
    bool IsMarket = false, bool Repricing = false, Money AddedHold = default)
{
    /// <summary>The whole quantity, held to 64 bits: what is cut is above every maximum anyhow.</summary>
    public Quantity Quantity => Sum(Closing.Raw, Opening.Raw, Standing.Raw);

    /// <summary>All that increases the position: what limits of an order's size compare.</summary>
    public Quantity Increasing => Sum(0, Opening.Raw, Standing.Raw);

    private static Quantity Sum(long closing, long opening, long standing)
    {
        Int128 sum = (Int128)closing + opening + standing;
        return new(sum > long.MaxValue ? long.MaxValue : (long)sum);
    }
}
