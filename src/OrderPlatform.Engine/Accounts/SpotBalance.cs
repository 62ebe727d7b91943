using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Accounts;

/// <summary>What an account holds of one asset, in whole units of 1e-8.</summary>
public record struct SpotBalance
{
    /// <summary>What orders may use.</summary>
    public long Free { get; set; }

    /// <summary>What open orders hold.</summary>
    public long Held { get; set; }

    /// <summary>Both.</summary>
    /// <exception cref="System.OverflowException">The sum does not fit in 64 bits.</exception>
    public readonly long Total => Free + Held;
}

/// <summary>A purchase that is open at a venue.</summary>
/// <param name="Left">Quantity that can still execute.</param>
/// <param name="ReservePrice">Highest price that the order may ever be moved to; the hold is at this price.</param>
public readonly record struct HeldPurchase(Quantity Left, Price ReservePrice);
