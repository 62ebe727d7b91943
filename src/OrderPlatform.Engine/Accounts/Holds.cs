using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Accounts;

/// <summary>
/// Holds of spot accounts in whole numbers (R85, R120): an order holds what it can cost, a fill takes its part and gives back what it was cheaper, a
/// cancel gives back the rest. Each function changes all balances or none, and the sum over all accounts of each asset never changes. The hold of a
/// purchase is the value of what is left at its reserve price, rounded away from zero, and always worked out anew from what is left, so that no rest
/// stays held when nothing is left. Source of the rules: exchange-core, risk.feature and basic.feature.
/// </summary>
public static class Holds
{
    /// <summary>What a purchase holds, in quote.</summary>
    /// <returns><c>false</c> if it does not fit.</returns>
    public static bool TryForPurchase(in HeldPurchase purchase, out Money hold)
    {
        bool fits = ExactQuotient.TryDivide((Int128)purchase.Left.Raw * purchase.ReservePrice.Raw, FixedPoint.One, RoundingRule.AwayFromZero, out long raw);
        hold = new Money(raw);
        return fits;
    }

    /// <summary>Moves an amount from free to held.</summary>
    /// <returns><c>false</c> if it is below zero or more than is free: the order is refused.</returns>
    public static bool TryHold(ref SpotBalance balance, long amount)
    {
        if (amount < 0 || amount > balance.Free)
        {
            return false;
        }

        balance = new SpotBalance { Free = balance.Free - amount, Held = balance.Held + amount };
        return true;
    }

    /// <summary>Moves an amount from held to free: an order ended with a rest.</summary>
    /// <returns><c>false</c> if it is below zero or more than is held.</returns>
    public static bool TryRelease(ref SpotBalance balance, long amount)
    {
        if (amount < 0 || amount > balance.Held)
        {
            return false;
        }

        balance = new SpotBalance { Free = balance.Free + amount, Held = balance.Held - amount };
        return true;
    }

    /// <summary>Whether a purchase may be moved to a price: never above its reserve price, for the hold would not cover it.</summary>
    public static bool CanMove(in HeldPurchase purchase, Price price) => price.Raw > 0 && price <= purchase.ReservePrice;

    /// <summary>
    /// A purchase executes: quote leaves the hold, what the price was better than the reserve price becomes free, base comes in. The value of a fill is
    /// rounded half away from zero; where that is more than its part of the hold (by less than two units of 1e-8), free quote pays the rest. It never is
    /// where tick × step is a whole number of units of 1e-8.
    /// </summary>
    /// <param name="quote">Quote balance; holds the purchase's hold.</param>
    /// <param name="received">Base balance.</param>
    /// <param name="purchase">The purchase; its quantity left is less afterwards.</param>
    /// <param name="filled">Quantity, above zero, at most what is left.</param>
    /// <param name="price">Price, at most the reserve price.</param>
    /// <returns><c>false</c> if that cannot be or a number does not fit; then nothing has changed.</returns>
    public static bool TryFillPurchase(ref SpotBalance quote, ref SpotBalance received, ref HeldPurchase purchase, Quantity filled, Price price)
    {
        HeldPurchase after = purchase with { Left = new Quantity(purchase.Left.Raw - Math.Clamp(filled.Raw, 0, Math.Max(0, purchase.Left.Raw))) };
        if (filled.Raw <= 0 || filled > purchase.Left || !CanMove(purchase, price) || !price.TryValue(filled, out Money value)
            || !TryForPurchase(purchase, out Money before) || !TryForPurchase(after, out Money rest))
        {
            return false;
        }

        long released = before.Raw - rest.Raw;
        Int128 free = (Int128)quote.Free + released - value.Raw;
        Int128 got = (Int128)received.Free + filled.Raw;
        if (released > quote.Held || free < 0 || free > long.MaxValue || got > long.MaxValue)
        {
            return false;
        }

        quote = new SpotBalance { Free = (long)free, Held = quote.Held - released };
        received = received with { Free = (long)got };
        purchase = after;
        return true;
    }

    /// <summary>A sale executes: base leaves the hold, quote comes in.</summary>
    /// <param name="sold">Base balance; holds what the sale can still execute.</param>
    /// <param name="quote">Quote balance.</param>
    /// <param name="filled">Quantity, above zero, at most what is held.</param>
    /// <param name="price">Price, above zero.</param>
    /// <returns><c>false</c> if that cannot be or a number does not fit; then nothing has changed.</returns>
    public static bool TryFillSale(ref SpotBalance sold, ref SpotBalance quote, Quantity filled, Price price)
    {
        if (filled.Raw <= 0 || filled.Raw > sold.Held || price.Raw <= 0 || !price.TryValue(filled, out Money value)
            || (Int128)quote.Free + value.Raw > long.MaxValue)
        {
            return false;
        }

        sold = sold with { Held = sold.Held - filled.Raw };
        quote = quote with { Free = quote.Free + value.Raw };
        return true;
    }
}
