using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>Reads and writes the record of limits, which is an input and a part of snapshots.</summary>
internal static class LimitRecord
{
    /// <summary>Reads the limits; <paramref name="wrong"/> is the name of one that is below zero or out of bounds, or null.</summary>
    public static RiskLimitSet Read(in RiskLimitsDecoder record, out string? wrong)
    {
        RiskLimitSet limits = default;
        wrong = null;
        if (record.TryGetMinimumOrderQuantity(out long raw))
        {
            limits.MinimumOrderQuantity = new Quantity(raw);
            wrong = Bounds.IsQuantityOrZero(raw) ? wrong : "minimumOrderQuantity";
        }

        if (record.TryGetMaximumOrderQuantity(out raw))
        {
            limits.MaximumOrderQuantity = new Quantity(raw);
            wrong = Bounds.IsQuantityOrZero(raw) ? wrong : "maximumOrderQuantity";
        }

        if (record.TryGetMaximumOrderNotional(out raw))
        {
            limits.MaximumOrderNotional = new Money(raw);
            wrong = raw >= 0 && Bounds.IsMoney(raw) ? wrong : "maximumOrderNotional";
        }

        if (record.TryGetMaximumPositionQuantity(out raw))
        {
            limits.MaximumPositionQuantity = new Quantity(raw);
            wrong = Bounds.IsQuantityOrZero(raw) ? wrong : "maximumPositionQuantity";
        }

        if (record.TryGetMaximumPositionNotional(out raw))
        {
            limits.MaximumPositionNotional = new Money(raw);
            wrong = raw >= 0 && Bounds.IsMoney(raw) ? wrong : "maximumPositionNotional";
        }

        if (record.TryGetMaximumPositionFraction(out raw))
        {
            limits.MaximumPositionFraction = new Ratio(raw);
            wrong = Bounds.IsRatio(raw) ? wrong : "maximumPositionFraction";
        }

        if (record.TryGetMaximumDailyLoss(out raw))
        {
            limits.MaximumDailyLoss = new Money(raw);
            wrong = raw >= 0 && Bounds.IsMoney(raw) ? wrong : "maximumDailyLoss";
        }

        return limits;
    }

    /// <summary>Writes limits; what is not limited is absent.</summary>
    public static void Write(ref SnapshotWriter writer, Scope scope, uint scopeId, in RiskLimitSet limits)
    {
        var e = RiskLimitsEncoder.WrapForEncodeAndApplyHeader(writer.Claim(RiskLimitsEncoder.EncodedLength));
        e.Scope = scope;
        e.ScopeId = scopeId;
        e.MinimumOrderQuantity = limits.MinimumOrderQuantity?.Raw ?? RiskLimitsDecoder.MinimumOrderQuantityNullValue;
        e.MaximumOrderQuantity = limits.MaximumOrderQuantity?.Raw ?? RiskLimitsDecoder.MaximumOrderQuantityNullValue;
        e.MaximumOrderNotional = limits.MaximumOrderNotional?.Raw ?? RiskLimitsDecoder.MaximumOrderNotionalNullValue;
        e.MaximumPositionQuantity = limits.MaximumPositionQuantity?.Raw ?? RiskLimitsDecoder.MaximumPositionQuantityNullValue;
        e.MaximumPositionNotional = limits.MaximumPositionNotional?.Raw ?? RiskLimitsDecoder.MaximumPositionNotionalNullValue;
        e.MaximumPositionFraction = limits.MaximumPositionFraction?.Raw ?? RiskLimitsDecoder.MaximumPositionFractionNullValue;
        e.MaximumDailyLoss = limits.MaximumDailyLoss?.Raw ?? RiskLimitsDecoder.MaximumDailyLossNullValue;
        writer.Commit();
    }

    /// <summary>Reads the limits that follow a row of a snapshot.</summary>
    /// <exception cref="SnapshotException">The next record is another one, another row's, or out of bounds.</exception>
    public static RiskLimitSet Read(ref SnapshotReader reader, Scope scope, uint scopeId)
    {
        RiskLimitsDecoder record = RiskLimitsDecoder.WrapForDecodeAndApplyHeader(reader.Take(RiskLimitsDecoder.TemplateId, RiskLimitsDecoder.BlockLength));
        reader.Require(record.Scope == scope, "scope", (long)record.Scope);
        reader.Require(record.ScopeId == scopeId, "scopeId", record.ScopeId);
        RiskLimitSet limits = Read(record, out string? wrong);
        return wrong is null ? limits : throw new SnapshotException(reader.Record, wrong, "a limit is below zero or out of bounds");
    }
}
