using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>Encodes the inputs of risk: breakers, budgets, news of venues.</summary>
internal static class RiskInputs
{
    public static byte[] Breaker(
        Scope scope, uint id, uint rejects = 0, uint timeouts = 0, uint losses = 0, long windowNanos = 60 * EngineHarness.SecondNanos,
        long cooldownNanos = 30 * EngineHarness.SecondNanos)
    {
        var bytes = new byte[BreakerConfigurationEncoder.EncodedLength];
        var e = BreakerConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Scope = scope;
        e.ScopeId = id;
        e.RejectsMaximum = rejects;
        e.TimeoutsMaximum = timeouts;
        e.LossesMaximum = losses;
        e.WindowNanos = windowNanos;
        e.CooldownNanos = cooldownNanos;
        return bytes;
    }

    public static byte[] Budget(
        uint id, Scope scope, uint scopeId, uint? account = null, BudgetKind kind = BudgetKind.TokenBucket, BudgetUnit unit = BudgetUnit.Orders,
        uint capacity = 10, long windowNanos = EngineHarness.SecondNanos, decimal? reserve = null)
    {
        var bytes = new byte[RateBudgetConfigurationEncoder.EncodedLength];
        var e = RateBudgetConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.BudgetId = id;
        e.Scope = scope;
        e.ScopeId = scopeId;
        e.AccountId = account ?? RateBudgetConfigurationDecoder.AccountIdNullValue;
        e.Kind = kind;
        e.Unit = unit;
        e.Capacity = capacity;
        e.WindowNanos = windowNanos;
        e.Reserve = Scaled.OrNull(reserve);
        return bytes;
    }

    public static byte[] VenueStatus(ushort venue, bool connected, uint? account = null)
    {
        var bytes = new byte[VenueStatusEncoder.EncodedLength];
        var e = VenueStatusEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.VenueId = venue;
        e.AccountId = account ?? VenueStatusDecoder.AccountIdNullValue;
        e.Connected = connected ? YesNo.Yes : YesNo.No;
        return bytes;
    }

    public static byte[] Client(uint id, SelfTradePrevention prevention, uint? orders = null, uint? positions = null)
    {
        var bytes = new byte[ClientConfigurationEncoder.EncodedLength];
        var e = ClientConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = id;
        e.MaximumOrders = orders ?? ClientConfigurationDecoder.MaximumOrdersNullValue;
        e.MaximumPositions = positions ?? ClientConfigurationDecoder.MaximumPositionsNullValue;
        e.SelfTradePrevention = prevention;
        return bytes;
    }

    public static byte[] Withdrawal(uint account, decimal amount)
    {
        var bytes = new byte[CashMovementEncoder.EncodedLength];
        var e = CashMovementEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.AccountId = account;
        e.Kind = CashKind.Withdrawal;
        e.Amount = -Scaled.Raw(amount);
        e.MovementId = 1;
        return bytes;
    }
}
