using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Fees;

/// <summary>A fill for which a fee is due.</summary>
/// <param name="Side">Bought or sold.</param>
/// <param name="Price">Price, above zero.</param>
/// <param name="Quantity">Quantity, above zero.</param>
/// <param name="IsMaker">Whether it rested.</param>
/// <param name="IsFirst">Whether it is its order's first.</param>
public readonly record struct ChargedFill(Side Side, Price Price, Quantity Quantity, bool IsMaker, bool IsFirst);

/// <summary>A fee.</summary>
/// <param name="Amount">Amount in <paramref name="Currency"/>, times 1e8; below zero for a rebate.</param>
/// <param name="Currency">In what it is taken.</param>
public readonly record struct Fee(long Amount, FeeCurrency Currency);

/// <summary>
/// Fees by a <see cref="FeeSchedule"/>. The part by rate and the fixed part are each exact and rounded once, by the schedule's rule and unit. Sources of
/// the venues' ways: see <see cref="FeeAssetRule"/>.
/// </summary>
public static class FeeCharge
{
    private const long UnitMax = FixedPoint.One;

    /// <summary>The fee of a fill.</summary>
    /// <param name="schedule">The venue's fees.</param>
    /// <param name="fill">The fill.</param>
    /// <param name="discountAssetPrice">Price of the discount asset in quote; zero where it is not known or not needed.</param>
    /// <param name="fee">The fee, or none.</param>
    /// <returns><c>false</c> if the discount asset's price is needed and not known, a number is out of bounds, or the fee does not fit.</returns>
    public static bool TryCompute(in FeeSchedule schedule, in ChargedFill fill, Price discountAssetPrice, out Fee fee)
    {
        fee = default;
        long unit = Math.Max(1, schedule.Unit);
        if (unit > UnitMax || !AreRates(schedule) || !Bounds.IsPrice(fill.Price.Raw) || !Bounds.IsQuantity(fill.Quantity.Raw)
            || !TryByRate(schedule, fill, discountAssetPrice, unit, out long units) || !TryFixed(schedule, fill, unit, out long fixedUnits))
        {
            return false;
        }

        Int128 amount = ((Int128)units + fixedUnits) * unit;
        if (amount < -long.MaxValue || amount > long.MaxValue)
        {
            return false;
        }

        fee = new Fee((long)amount, CurrencyOf(schedule.Asset, fill.Side));
        return true;
    }

    /// <summary>In what a schedule takes the fee of a side.</summary>
    public static FeeCurrency CurrencyOf(FeeAssetRule asset, Side side) =>
        asset switch
        {
            FeeAssetRule.Base => FeeCurrency.Base,
            FeeAssetRule.Received when side == Side.Buy => FeeCurrency.Base,
            FeeAssetRule.DiscountAsset => FeeCurrency.Other,
            _ => FeeCurrency.Quote,
        };

    /// <summary>
    /// The fee to expect of an order that is filled at once at one price, valued in quote at that price and rounded away from zero: what a balance must
    /// have besides the order's value (R38, R120).
    /// </summary>
    /// <param name="schedule">The venue's fees.</param>
    /// <param name="order">The order as one fill; a limit order that may take is no maker.</param>
    /// <param name="discountAssetPrice">Price of the discount asset in quote; used for its fixed fees only.</param>
    /// <param name="value">The value, or zero.</param>
    /// <returns><c>false</c> if a number is out of bounds or the value does not fit.</returns>
    public static bool TryExpect(in FeeSchedule schedule, in ChargedFill order, Price discountAssetPrice, out Money value)
    {
        value = Money.Zero;
        if (!AreRates(schedule) || !Bounds.IsPrice(order.Price.Raw) || !Bounds.IsQuantity(order.Quantity.Raw))
        {
            return false;
        }

        Int128 notional = (Int128)order.Price.Raw * order.Quantity.Raw;
        Int128 divisor = (Int128)FixedPoint.One * FixedPoint.One * (schedule.Asset == FeeAssetRule.DiscountAsset ? FixedPoint.One : 1);
        long fixedPrice = CurrencyOf(schedule.Asset, order.Side) switch
        {
            FeeCurrency.Base => order.Price.Raw,
            FeeCurrency.Other => discountAssetPrice.Raw,
            _ => FixedPoint.One,
        };
        if (!ExactQuotient.TryDivide(notional, Rate(schedule, order), divisor, RoundingRule.AwayFromZero, out long byRate)
            || !TryFixed(schedule, order, 1, out long fixedFee)
            || !ExactQuotient.TryDivide(fixedFee, fixedPrice, FixedPoint.One, RoundingRule.AwayFromZero, out long byFixed)
            || (fixedFee != 0 && fixedPrice <= 0))
        {
            return false;
        }

        Int128 sum = (Int128)byRate + byFixed;
        bool fits = sum >= -long.MaxValue && sum <= long.MaxValue;
        value = new Money(fits ? (long)sum : 0);
        return fits;
    }

    private static bool AreRates(in FeeSchedule schedule) =>
        Bounds.IsRate(schedule.MakerRate.Raw) && Bounds.IsRate(schedule.TakerRate.Raw)
        && (schedule.Asset != FeeAssetRule.DiscountAsset || schedule.DiscountFactor.Raw is > 0 and <= FixedPoint.One);

    /// <summary>The rate times 1e8, or times 1e16 where the discount's factor is in it.</summary>
    private static long Rate(in FeeSchedule schedule, in ChargedFill fill)
    {
        long rate = fill.IsMaker ? schedule.MakerRate.Raw : schedule.TakerRate.Raw;
        return schedule.Asset == FeeAssetRule.DiscountAsset ? rate * schedule.DiscountFactor.Raw : rate;
    }

    private static bool TryByRate(in FeeSchedule schedule, in ChargedFill fill, Price discountAssetPrice, long unit, out long units)
    {
        Int128 notional = (Int128)fill.Price.Raw * fill.Quantity.Raw;
        long rate = Rate(schedule, fill);
        switch (CurrencyOf(schedule.Asset, fill.Side))
        {
            case FeeCurrency.Base:
                return ExactQuotient.TryDivide(fill.Quantity.Raw, rate, (Int128)FixedPoint.One * unit, schedule.Rounding, out units);
            case FeeCurrency.Other:
                Int128 perUnit = (Int128)discountAssetPrice.Raw * unit;

                // Above 2^72 the divisor would not fit; a price of 4.5e7 with cents is below.
                units = 0;
                return perUnit > 0 && perUnit < (Int128)1 << 72
                    && ExactQuotient.TryDivide(notional, rate, perUnit * FixedPoint.One * FixedPoint.One, schedule.Rounding, out units);
            default:
                return ExactQuotient.TryDivide(notional, rate, (Int128)FixedPoint.One * FixedPoint.One * unit, schedule.Rounding, out units);
        }
    }

    private static bool TryFixed(in FeeSchedule schedule, in ChargedFill fill, long unit, out long units)
    {
        long count = schedule.FixedBasis switch
        {
            FixedFeeBasis.PerFill => FixedPoint.One,
            FixedFeeBasis.PerOrder when fill.IsFirst => FixedPoint.One,
            FixedFeeBasis.PerUnit => fill.Quantity.Raw,
            _ => 0,
        };
        return ExactQuotient.TryDivide(count, schedule.FixedFee, (Int128)FixedPoint.One * unit, schedule.Rounding, out units);
    }
}
