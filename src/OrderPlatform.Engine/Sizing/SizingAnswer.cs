using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Sizing;

/// <summary>A size with all that went into it (D4), or why there is none.</summary>
internal struct SizingAnswer
{
    /// <summary>To hold, without sign, rounded down to the lot; zero if there is none.</summary>
    public Quantity Quantity;

    /// <summary>Why there is none, or None.</summary>
    public ReasonCode Reason;

    /// <summary>What the reason compared.</summary>
    public long Value;

    /// <summary>With what.</summary>
    public long Limit;

    /// <summary>The price that it was made for; zero if none was made.</summary>
    public Price Price;

    /// <summary>The account's equity.</summary>
    public Money Equity;

    /// <summary>Kelly's share; below zero where there is no edge.</summary>
    public Ratio Kelly;

    /// <summary>Distance of the stop as a fraction of the price; zero for no stop.</summary>
    public Ratio StopDistance;

    /// <summary>The amounts: the rule's wish, the bounds, and which decided.</summary>
    public SizingResult Amounts;

    /// <summary>The same without a size.</summary>
    public readonly SizingAnswer Without(ReasonCode reason, long value = 0, long limit = 0) =>
        this with { Quantity = Quantity.Zero, Reason = reason, Value = value, Limit = limit };
}
