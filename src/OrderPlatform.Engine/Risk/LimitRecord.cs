using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>Reads the record of limits; what is absent is not limited.</summary>
internal static class LimitRecord
{
    /// <summary>Reads the limits; <paramref name="wrong"/> is the name of one that is below zero or out of bounds, or null.</summary>
    public static RiskLimitSet Read(in RiskLimitsDecoder record, out string? wrong)
    {
        RiskLimitSet limits = RiskLimitSet.None;
        wrong = null;
        limits.MinimumOrderQuantity = new Quantity(record.TryGetMinimumOrderQuantity(out long raw) ? OfQuantity(raw, "minimumOrderQuantity", ref wrong) : 0);
        limits.MaximumOrderQuantity = new Quantity(record.TryGetMaximumOrderQuantity(out raw) ? OfQuantity(raw, "maximumOrderQuantity", ref wrong)
            : long.MaxValue);
        limits.MaximumOrderNotional = new Money(record.TryGetMaximumOrderNotional(out raw) ? OfMoney(raw, "maximumOrderNotional", ref wrong) : long.MaxValue);
        limits.MaximumPositionQuantity = new Quantity(record.TryGetMaximumPositionQuantity(out raw) ? OfQuantity(raw, "maximumPositionQuantity", ref wrong)
            : long.MaxValue);
        limits.MaximumPositionNotional = new Money(record.TryGetMaximumPositionNotional(out raw) ? OfMoney(raw, "maximumPositionNotional", ref wrong)
            : long.MaxValue);
        limits.MaximumPositionFraction = new Ratio(record.TryGetMaximumPositionFraction(out raw) ? OfRatio(raw, "maximumPositionFraction", ref wrong)
            : long.MaxValue);
        limits.MaximumDailyLoss = new Money(record.TryGetMaximumDailyLoss(out raw) ? OfMoney(raw, "maximumDailyLoss", ref wrong) : long.MaxValue);
        limits.MaximumDailyLossFraction = new Ratio(record.TryGetMaximumDailyLossFraction(out raw) ? OfRatio(raw, "maximumDailyLossFraction", ref wrong)
            : long.MaxValue);
        limits.MaximumDrawdown = new Money(record.TryGetMaximumDrawdown(out raw) ? OfMoney(raw, "maximumDrawdown", ref wrong) : long.MaxValue);
        limits.MaximumDrawdownFraction = new Ratio(record.TryGetMaximumDrawdownFraction(out raw) ? OfRatio(raw, "maximumDrawdownFraction", ref wrong)
            : long.MaxValue);
        limits.MaximumPriceDeviation = new Ratio(record.TryGetMaximumPriceDeviation(out raw) ? OfRatio(raw, "maximumPriceDeviation", ref wrong)
            : long.MaxValue);
        limits.MaximumConcentration = new Ratio(record.TryGetMaximumConcentration(out raw) ? OfRatio(raw, "maximumConcentration", ref wrong) : long.MaxValue);
        limits.MaximumLeverage = new Ratio(record.TryGetMaximumLeverage(out raw) ? OfRatio(raw, "maximumLeverage", ref wrong) : long.MaxValue);
        limits.MaximumLossPerTrade = new Money(record.TryGetMaximumLossPerTrade(out raw) ? OfMoney(raw, "maximumLossPerTrade", ref wrong) : long.MaxValue);
        limits.MaximumSlippage = new Ratio(record.TryGetMaximumSlippage(out raw) ? OfRatio(raw, "maximumSlippage", ref wrong) : long.MaxValue);
        limits.MaximumOpenOrders = record.TryGetMaximumOpenOrders(out uint count) ? count : uint.MaxValue;
        limits.MaximumMessages = record.TryGetMaximumMessages(out count) ? count : uint.MaxValue;
        limits.MessageWindowNanos = record.TryGetMessageWindowNanos(out raw) ? OfSpan(raw, "messageWindowNanos", ref wrong) : LimitField.MessageWindowNanos;
        limits.MaximumPriceAgeNanos = record.TryGetMaximumPriceAgeNanos(out raw) ? OfSpan(raw, "maximumPriceAgeNanos", ref wrong) : long.MaxValue;
        limits.ReduceOnBreach = record.ReduceOnBreach == YesNo.Yes;
        return limits;
    }

    private static long OfQuantity(long raw, string name, ref string? wrong) => Checked(raw, Bounds.IsQuantityOrZero(raw), name, ref wrong);

    private static long OfMoney(long raw, string name, ref string? wrong) => Checked(raw, raw >= 0 && Bounds.IsMoney(raw), name, ref wrong);

    private static long OfRatio(long raw, string name, ref string? wrong) => Checked(raw, Bounds.IsRatio(raw), name, ref wrong);

    private static long OfSpan(long raw, string name, ref string? wrong) => Checked(raw, raw is > 0 and <= LimitField.SpanMaxNanos, name, ref wrong);

    private static long Checked(long raw, bool isSound, string name, ref string? wrong)
    {
        wrong = isSound ? wrong : name;
        return raw;
    }
}
