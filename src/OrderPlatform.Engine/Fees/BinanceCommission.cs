using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Fees;

/// <summary>The four rates of one part of Binance's commission; a fill pays that of its liquidity plus that of its side.</summary>
/// <param name="Maker">Of a fill that rested.</param>
/// <param name="Taker">Of a fill that took.</param>
/// <param name="Buyer">Of a purchase.</param>
/// <param name="Seller">Of a sale.</param>
public readonly record struct CommissionRates(Ratio Maker, Ratio Taker, Ratio Buyer, Ratio Seller)
{
    /// <summary>What a fill pays.</summary>
    /// <exception cref="OverflowException">The sum does not fit in 64 bits.</exception>
    public Ratio Of(Side side, bool isMaker) => (isMaker ? Maker : Taker) + (side == Side.Buy ? Buyer : Seller);
}

/// <summary>A commission in its three parts, in one asset, times 1e8.</summary>
/// <param name="Standard">Standard part, discounted if it is paid in the discount asset.</param>
/// <param name="Tax">Tax part.</param>
/// <param name="Special">Special part.</param>
/// <param name="Currency">In what it is taken.</param>
public readonly record struct CommissionParts(long Standard, long Tax, long Special, FeeCurrency Currency)
{
    /// <summary>The whole commission: the sum of the parts as they are rounded.</summary>
    /// <exception cref="OverflowException">The sum does not fit in 64 bits.</exception>
    public long Total => Standard + Tax + Special;
}

/// <summary>
/// Binance's commission: three parts, each a rate of what the fill brings (base of a purchase, quote of a sale). Paid in BNB, each part is converted, and
/// the standard part alone is multiplied by the discount factor. Each part is exact and rounded once, half away from zero at 8 places (the venue's
/// document rounds half up, its BNB amounts at 9). Source: binance-spot-api-docs, faqs/commission_faq.md, whose example multiplies by 0.25; the
/// venue's field <c>discount</c> of 0.75 is such a factor: a quarter off.
/// </summary>
/// <param name="Standard">Standard rates.</param>
/// <param name="Tax">Tax rates.</param>
/// <param name="Special">Special rates.</param>
/// <param name="DiscountFactor">What the standard part is multiplied by when it is paid in the discount asset.</param>
public readonly record struct BinanceCommission(CommissionRates Standard, CommissionRates Tax, CommissionRates Special, Ratio DiscountFactor)
{
    /// <summary>The commission of a fill in the asset that the fill brings.</summary>
    /// <returns><c>false</c> if it does not fit.</returns>
    public bool TryInReceived(in ChargedFill fill, out CommissionParts parts)
    {
        bool isBuy = fill.Side == Side.Buy;
        Int128 received = isBuy ? fill.Quantity.Raw : (Int128)fill.Price.Raw * fill.Quantity.Raw;
        Int128 divisor = isBuy ? FixedPoint.One : (Int128)FixedPoint.One * FixedPoint.One;
        return TryParts(fill, received, divisor, isDiscounted: false, isBuy ? FeeCurrency.Base : FeeCurrency.Quote, out parts);
    }

    /// <summary>The commission of a fill in the discount asset.</summary>
    /// <param name="fill">The fill.</param>
    /// <param name="discountAssetPrice">Price of the discount asset in quote.</param>
    /// <param name="parts">The commission, or none.</param>
    /// <returns><c>false</c> if the price is not known or the commission does not fit.</returns>
    public bool TryInDiscountAsset(in ChargedFill fill, Price discountAssetPrice, out CommissionParts parts)
    {
        parts = default;
        return Bounds.IsPrice(discountAssetPrice.Raw) && TryParts(fill, (Int128)fill.Price.Raw * fill.Quantity.Raw,
            (Int128)FixedPoint.One * discountAssetPrice.Raw, isDiscounted: true, FeeCurrency.Other, out parts);
    }

    private bool TryParts(in ChargedFill fill, Int128 received, Int128 divisor, bool isDiscounted, FeeCurrency currency, out CommissionParts parts)
    {
        long factor = isDiscounted ? DiscountFactor.Raw : FixedPoint.One;
        long rate = Standard.Of(fill.Side, fill.IsMaker).Raw;
        parts = default;
        if (!Bounds.IsRate(rate) || factor is <= 0 or > FixedPoint.One
            || !ExactQuotient.TryDivide(received, rate * factor, divisor * FixedPoint.One, RoundingRule.HalfAwayFromZero, out long standard)
            || !ExactQuotient.TryDivide(received, Tax.Of(fill.Side, fill.IsMaker).Raw, divisor, RoundingRule.HalfAwayFromZero, out long tax)
            || !ExactQuotient.TryDivide(received, Special.Of(fill.Side, fill.IsMaker).Raw, divisor, RoundingRule.HalfAwayFromZero, out long special))
        {
            return false;
        }

        parts = new CommissionParts(standard, tax, special, currency);
        return true;
    }
}
