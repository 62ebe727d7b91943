using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Setup;

/// <summary>Encodes limits, budgets and breakers. A fresh record has null in every optional field; what is not configured stays so.</summary>
internal static class LimitMessages
{
    public static byte[] Limits(LimitSetup limits)
    {
        var bytes = new byte[RiskLimitsEncoder.EncodedLength];
        var e = RiskLimitsEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Scope = limits.Scope;
        e.ScopeId = limits.ScopeId;
        e.MinimumOrderQuantity = limits.MinimumOrderQuantity?.Raw ?? RiskLimitsDecoder.MinimumOrderQuantityNullValue;
        e.MaximumOrderQuantity = limits.MaximumOrderQuantity?.Raw ?? RiskLimitsDecoder.MaximumOrderQuantityNullValue;
        e.MaximumOrderNotional = limits.MaximumOrderNotional?.Raw ?? RiskLimitsDecoder.MaximumOrderNotionalNullValue;
        e.MaximumPositionQuantity = limits.MaximumPositionQuantity?.Raw ?? RiskLimitsDecoder.MaximumPositionQuantityNullValue;
        e.MaximumPositionNotional = limits.MaximumPositionNotional?.Raw ?? RiskLimitsDecoder.MaximumPositionNotionalNullValue;
        e.MaximumPositionFraction = limits.MaximumPositionFraction?.Raw ?? RiskLimitsDecoder.MaximumPositionFractionNullValue;
        e.MaximumDailyLoss = limits.MaximumDailyLoss?.Raw ?? RiskLimitsDecoder.MaximumDailyLossNullValue;
        e.MaximumDailyLossFraction = limits.MaximumDailyLossFraction?.Raw ?? RiskLimitsDecoder.MaximumDailyLossFractionNullValue;
        e.MaximumDrawdown = limits.MaximumDrawdown?.Raw ?? RiskLimitsDecoder.MaximumDrawdownNullValue;
        e.MaximumDrawdownFraction = limits.MaximumDrawdownFraction?.Raw ?? RiskLimitsDecoder.MaximumDrawdownFractionNullValue;
        e.MaximumPriceDeviation = limits.MaximumPriceDeviation?.Raw ?? RiskLimitsDecoder.MaximumPriceDeviationNullValue;
        e.MaximumConcentration = limits.MaximumConcentration?.Raw ?? RiskLimitsDecoder.MaximumConcentrationNullValue;
        e.MaximumLeverage = limits.MaximumLeverage?.Raw ?? RiskLimitsDecoder.MaximumLeverageNullValue;
        e.MaximumLossPerTrade = limits.MaximumLossPerTrade?.Raw ?? RiskLimitsDecoder.MaximumLossPerTradeNullValue;
        e.MaximumOpenOrders = limits.MaximumOpenOrders ?? RiskLimitsDecoder.MaximumOpenOrdersNullValue;
        e.MaximumMessages = limits.MaximumMessages ?? RiskLimitsDecoder.MaximumMessagesNullValue;
        e.MessageWindowNanos = limits.MessageWindowNanos ?? RiskLimitsDecoder.MessageWindowNanosNullValue;
        e.MaximumPriceAgeNanos = limits.MaximumPriceAgeNanos ?? RiskLimitsDecoder.MaximumPriceAgeNanosNullValue;
        e.ReduceOnBreach = limits.ReduceOnBreach switch { true => YesNo.Yes, false => YesNo.No, _ => YesNo.NULL_VALUE };
        e.MaximumSlippage = limits.MaximumSlippage?.Raw ?? RiskLimitsDecoder.MaximumSlippageNullValue;
        return bytes;
    }

    public static byte[] Budget(BudgetSetup budget)
    {
        var bytes = new byte[RateBudgetConfigurationEncoder.EncodedLength];
        var e = RateBudgetConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.BudgetId = budget.Id;
        e.Scope = budget.Scope;
        e.ScopeId = budget.ScopeId;
        e.AccountId = budget.AccountId ?? RateBudgetConfigurationDecoder.AccountIdNullValue;
        e.Kind = budget.Kind;
        e.Unit = budget.Unit;
        e.Capacity = budget.Capacity;
        e.WindowNanos = budget.WindowNanos;
        e.Reserve = budget.Reserve?.Raw ?? RateBudgetConfigurationDecoder.ReserveNullValue;
        return bytes;
    }

    public static byte[] Breaker(BreakerSetup breaker)
    {
        var bytes = new byte[BreakerConfigurationEncoder.EncodedLength];
        var e = BreakerConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Scope = breaker.Scope;
        e.ScopeId = breaker.ScopeId;
        e.RejectsMaximum = breaker.RejectsMaximum;
        e.TimeoutsMaximum = breaker.TimeoutsMaximum;
        e.LossesMaximum = breaker.LossesMaximum;
        e.WindowNanos = breaker.WindowNanos;
        e.CooldownNanos = breaker.CooldownNanos;
        return bytes;
    }
}
