using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>Reads limits from their record.</summary>
internal static class LimitRecord
{
    /// <summary>Reads the limits; <paramref name="sane"/> is <c>false</c> if one of them is below zero or out of bounds.</summary>
    public static RiskLimitSet Read(in RiskLimitsDecoder record, out bool sane)
    {
        RiskLimitSet limits = default;
        sane = true;
        if (record.TryGetMinimumOrderQuantity(out long raw))
        {
            limits.MinimumOrderQuantity = new Quantity(raw);
            sane &= Bounds.IsQuantityOrZero(raw);
        }

        if (record.TryGetMaximumOrderQuantity(out raw))
        {
            limits.MaximumOrderQuantity = new Quantity(raw);
            sane &= Bounds.IsQuantityOrZero(raw);
        }

        if (record.TryGetMaximumOrderNotional(out raw))
        {
            limits.MaximumOrderNotional = new Money(raw);
            sane &= raw >= 0 && Bounds.IsMoney(raw);
        }

        if (record.TryGetMaximumPositionQuantity(out raw))
        {
            limits.MaximumPositionQuantity = new Quantity(raw);
            sane &= Bounds.IsQuantityOrZero(raw);
        }

        if (record.TryGetMaximumPositionNotional(out raw))
        {
            limits.MaximumPositionNotional = new Money(raw);
            sane &= raw >= 0 && Bounds.IsMoney(raw);
        }

        if (record.TryGetMaximumPositionFraction(out raw))
        {
            limits.MaximumPositionFraction = new Ratio(raw);
            sane &= Bounds.IsRatio(raw);
        }

        if (record.TryGetMaximumDailyLoss(out raw))
        {
            limits.MaximumDailyLoss = new Money(raw);
            sane &= raw >= 0 && Bounds.IsMoney(raw);
        }

        return limits;
    }
}
