using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>What becomes of two orders of one client that meet. Prevented quantity is neither executed nor left.</summary>
/// <param name="Traded">Quantity that they trade with each other.</param>
/// <param name="MakerPrevented">Quantity that the resting order loses.</param>
/// <param name="TakerPrevented">Quantity that the incoming order loses.</param>
public readonly record struct SelfTradeOutcome(Quantity Traded, Quantity MakerPrevented, Quantity TakerPrevented);

/// <summary>
/// Self-trade prevention: before sending, on our side, and what a venue does (Binance's modes). The incoming order's rule decides, the resting one's
/// does not matter. Source: binance-spot-api-docs, faqs/stp_faq.md.
/// </summary>
public static class SelfTradeCheck
{
    /// <summary>Whether a new order would trade with a resting one of the same instrument and venue.</summary>
    /// <param name="side">Side of the new order.</param>
    /// <param name="limit">Its limit; null for a market order.</param>
    /// <param name="restingSide">Side of the resting order.</param>
    /// <param name="restingLimit">Limit of the resting order.</param>
    public static bool WouldCross(Side side, Price? limit, Side restingSide, Price restingLimit) =>
        side != restingSide && (limit is not { } price || (side == Side.Buy ? price >= restingLimit : price <= restingLimit));

    /// <summary>What becomes of the two.</summary>
    /// <param name="rule">Rule of the incoming order.</param>
    /// <param name="makerLeft">Available quantity of the resting order, zero or above.</param>
    /// <param name="takerLeft">Available quantity of the incoming order, zero or above.</param>
    public static SelfTradeOutcome Decide(SelfTradePrevention rule, Quantity makerLeft, Quantity takerLeft)
    {
        Quantity both = new(Math.Min(makerLeft.Raw, takerLeft.Raw));
        return rule switch
        {
            SelfTradePrevention.ExpireMaker => new SelfTradeOutcome(Quantity.Zero, makerLeft, Quantity.Zero),
            SelfTradePrevention.ExpireTaker => new SelfTradeOutcome(Quantity.Zero, Quantity.Zero, takerLeft),
            SelfTradePrevention.ExpireBoth => new SelfTradeOutcome(Quantity.Zero, makerLeft, takerLeft),
            SelfTradePrevention.Decrement => new SelfTradeOutcome(Quantity.Zero, both, both),
            _ => new SelfTradeOutcome(both, Quantity.Zero, Quantity.Zero),
        };
    }

    /// <summary>What an order can still execute: original - executed - prevented. At zero the order has ended.</summary>
    /// <exception cref="OverflowException">A difference does not fit in 64 bits.</exception>
    public static Quantity Available(Quantity original, Quantity executed, Quantity prevented) => original - executed - prevented;
}
