using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Margin;

/// <summary>What is known of a liquidation price.</summary>
public enum LiquidationEstimate : byte
{
    /// <summary>There is no position, no model, or a number without sense: an entry that is no price, a rate outside 0..1.</summary>
    None = 0,

    /// <summary>A price.</summary>
    Price = 1,

    /// <summary>No price above zero liquidates the position: a long with all of its value as margin, an inverse short with as much.</summary>
    NotReachable = 2,

    /// <summary>The price is larger than 64 bits.</summary>
    DoesNotFit = 3,
}

/// <summary>
/// Liquidation prices of isolated positions (R85, R107). Exact in between and rounded once, half away from zero at 8 places. Sources: see
/// <see cref="LiquidationModel"/>.
/// </summary>
public static class LiquidationPrice
{
    /// <summary>Estimates the price at which the venue closes the position.</summary>
    /// <param name="model">The venue's formula.</param>
    /// <param name="position">The position.</param>
    /// <param name="price">The price, or zero.</param>
    public static LiquidationEstimate Estimate(LiquidationModel model, in IsolatedPosition position, out Price price)
    {
        price = Price.Zero;
        bool isLinear = model is LiquidationModel.BinanceIsolated or LiquidationModel.OkxGateIsolated;
        if ((!isLinear && model != LiquidationModel.InverseIsolated) || position.Quantity.IsZero || !Bounds.IsPrice(position.Entry.Raw)
            || !IsShare(position.MaintenanceRate) || !IsShare(position.TakerRate))
        {
            return LiquidationEstimate.None;
        }

        return isLinear ? Linear(model == LiquidationModel.OkxGateIsolated, position, out price) : Inverse(position, out price);
    }

    /// <summary>
    /// A liquidation price with a safety distance: moved towards the entry by a share of the distance between them, half away from zero. A stop that is
    /// to come before the liquidation lies here. Source: freqtrade, "liquidation_buffer".
    /// </summary>
    /// <exception cref="OverflowException">The result does not fit in 64 bits.</exception>
    public static Price WithBuffer(Price liquidation, Price entry, Ratio buffer) =>
        liquidation + new Price(FixedPoint.MultiplyDivide(entry.Raw - liquidation.Raw, buffer.Raw, FixedPoint.One));

    private static LiquidationEstimate Linear(bool isOkxGate, in IsolatedPosition position, out Price price)
    {
        // margin + cum + q × (P - entry) = |q| × P × rate, so P = (margin + cum - q × entry) / (|q| × rate - q), with q signed.
        // The form of OKX and Gate is the same with the fee added to the rate and without cum.
        long rate = position.MaintenanceRate.Raw + (isOkxGate ? position.TakerRate.Raw : 0);
        Int128 cushion = (Int128)position.Margin.Raw + (isOkxGate ? 0 : position.MaintenanceAmount.Raw);
        Int128 quantity = position.Quantity.Raw;
        Int128 numerator = (cushion * FixedPoint.One) - (quantity * position.Entry.Raw);
        Int128 divisor = (Int128.Abs(quantity) * rate) - (quantity * FixedPoint.One);
        return Quotient(numerator, FixedPoint.One, divisor, out price);
    }

    private static LiquidationEstimate Inverse(in IsolatedPosition position, out Price price)
    {
        // margin + cum + v × (1 / entry - 1 / P) = |v| × rate / P, so P = (|v| × rate + v) × entry / ((margin + cum) × entry + v), with v signed.
        Int128 value = position.Quantity.Raw;
        long side = position.Quantity.Raw > 0 ? FixedPoint.One : -FixedPoint.One;
        Int128 numerator = Int128.Abs(value) * position.Entry.Raw;
        Int128 cushion = ((Int128)position.Margin.Raw + position.MaintenanceAmount.Raw) * position.Entry.Raw;
        return Quotient(numerator, position.MaintenanceRate.Raw + side, cushion + (value * FixedPoint.One), out price);
    }

    private static LiquidationEstimate Quotient(Int128 left, long right, Int128 divisor, out Price price)
    {
        price = Price.Zero;
        bool isPositive = left != 0 && right != 0 && divisor != 0 && !((left < 0) ^ (right < 0) ^ (divisor < 0));
        if (!isPositive)
        {
            return LiquidationEstimate.NotReachable;
        }

        bool fits = ExactQuotient.TryDivide(left, right, divisor, RoundingRule.HalfAwayFromZero, out long raw);
        price = new Price(raw);
        return fits ? LiquidationEstimate.Price : LiquidationEstimate.DoesNotFit;
    }

    private static bool IsShare(Ratio rate) => rate.Raw is >= 0 and < FixedPoint.One;
}
