using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Setup;

/// <summary>Encodes the rules of strategies. A fresh record has null in every optional field; what is not configured stays so.</summary>
internal static class StrategyMessages
{
    public static byte[] Strategy(StrategySetup strategy)
    {
        var bytes = new byte[StrategyConfigurationEncoder.EncodedLength];
        var e = StrategyConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = strategy.Id;
        e.ClientId = strategy.ClientId;
        e.AccountId = strategy.AccountId;
        e.Mode = strategy.Mode;
        e.EntryTiming = strategy.EntryTiming;
        e.NeutralSignal = strategy.NeutralSignal;
        e.SizingMode = strategy.SizingMode;
        e.OrderType = strategy.OrderType;
        e.TimeInForce = strategy.TimeInForce;
        e.FixedQuantity = strategy.FixedQuantity?.Raw ?? StrategyConfigurationDecoder.FixedQuantityNullValue;
        e.EquityFraction = strategy.EquityFraction?.Raw ?? StrategyConfigurationDecoder.EquityFractionNullValue;
        e.LimitOffset = strategy.LimitOffset?.Raw ?? StrategyConfigurationDecoder.LimitOffsetNullValue;
        e.StopLoss = strategy.StopLoss?.Raw ?? StrategyConfigurationDecoder.StopLossNullValue;
        e.TakeProfit = strategy.TakeProfit?.Raw ?? StrategyConfigurationDecoder.TakeProfitNullValue;
        e.MinimumConfidence = strategy.MinimumConfidence?.Raw ?? StrategyConfigurationDecoder.MinimumConfidenceNullValue;
        e.SetName(strategy.Name);
        e.FixedNotional = strategy.FixedNotional?.Raw ?? StrategyConfigurationDecoder.FixedNotionalNullValue;
        e.TargetVolatility = strategy.TargetVolatility?.Raw ?? StrategyConfigurationDecoder.TargetVolatilityNullValue;
        e.KellyMultiplier = strategy.KellyMultiplier?.Raw ?? StrategyConfigurationDecoder.KellyMultiplierNullValue;
        e.KellyWinRate = strategy.KellyWinRate?.Raw ?? StrategyConfigurationDecoder.KellyWinRateNullValue;
        e.RiskPerTrade = strategy.RiskPerTrade?.Raw ?? StrategyConfigurationDecoder.RiskPerTradeNullValue;
        e.KellyMaximumFraction = strategy.MaximumFraction?.Raw ?? StrategyConfigurationDecoder.KellyMaximumFractionNullValue;
        return bytes;
    }

    public static byte[] Signals(SignalRulesSetup rules)
    {
        var bytes = new byte[SignalConfigurationEncoder.EncodedLength];
        var e = SignalConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = rules.StrategyId;
        e.MomentumMinimum = rules.MomentumMinimum?.Raw ?? SignalConfigurationDecoder.MomentumMinimumNullValue;
        e.MomentumWindowMinutes = rules.MomentumWindowMinutes ?? SignalConfigurationDecoder.MomentumWindowMinutesNullValue;
        e.MaximumAgeNanos = rules.MaximumAgeNanos ?? SignalConfigurationDecoder.MaximumAgeNanosNullValue;
        e.ReversalConfidence = rules.ReversalConfidence?.Raw ?? SignalConfigurationDecoder.ReversalConfidenceNullValue;
        e.VotingMethod = rules.VotingMethod;
        e.VotesMinimum = rules.VotesMinimum;
        e.VoteMaximumAgeNanos = rules.VoteMaximumAgeNanos ?? SignalConfigurationDecoder.VoteMaximumAgeNanosNullValue;
        e.VoteThreshold = rules.VoteThreshold?.Raw ?? SignalConfigurationDecoder.VoteThresholdNullValue;
        e.EntryWeight = rules.EntryWeight?.Raw ?? SignalConfigurationDecoder.EntryWeightNullValue;
        e.PositionWeight = rules.PositionWeight?.Raw ?? SignalConfigurationDecoder.PositionWeightNullValue;
        e.ExitWeight = rules.ExitWeight?.Raw ?? SignalConfigurationDecoder.ExitWeightNullValue;
        e.ProfitWeight = rules.ProfitWeight?.Raw ?? SignalConfigurationDecoder.ProfitWeightNullValue;
        return bytes;
    }

    public static byte[] Execution(ExecutionSetup rules)
    {
        var bytes = new byte[ExecutionConfigurationEncoder.EncodedLength];
        var e = ExecutionConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = rules.StrategyId;
        e.Algorithm = rules.Algorithm;
        e.Routing = rules.Routing;
        e.DurationNanos = rules.DurationNanos ?? ExecutionConfigurationDecoder.DurationNanosNullValue;
        e.Slices = rules.Slices ?? ExecutionConfigurationDecoder.SlicesNullValue;
        e.VisibleFraction = rules.VisibleFraction?.Raw ?? ExecutionConfigurationDecoder.VisibleFractionNullValue;
        e.RefreshNanos = rules.RefreshNanos ?? ExecutionConfigurationDecoder.RefreshNanosNullValue;
        e.Participation = rules.Participation?.Raw ?? ExecutionConfigurationDecoder.ParticipationNullValue;
        e.LimitTimeoutNanos = rules.LimitTimeoutNanos ?? ExecutionConfigurationDecoder.LimitTimeoutNanosNullValue;
        e.FallbackToMarket = YesNoOf(rules.FallbackToMarket);
        e.UseLimitOrders = YesNoOf(rules.UseLimitOrders);
        e.PostOnly = YesNoOf(rules.PostOnly);
        e.SplitOversized = YesNoOf(rules.SplitOversized);
        e.RetryAttempts = rules.RetryAttempts;
        e.RetryDelayNanos = rules.RetryDelayNanos;
        e.ExecutionTimeoutNanos = rules.ExecutionTimeoutNanos;
        e.MaximumVenueShare = rules.MaximumVenueShare?.Raw ?? ExecutionConfigurationDecoder.MaximumVenueShareNullValue;
        return bytes;
    }

    public static byte[] Exits(ExitSetup rules)
    {
        var bytes = new byte[ExitConfigurationEncoder.EncodedLength];
        var e = ExitConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = rules.StrategyId;
        e.StopMode = rules.StopMode;
        e.TakeProfitMode = rules.TakeProfitMode;
        e.Window = rules.Window;
        e.AtrPeriod = rules.AtrPeriod;
        e.TrailingOffset = rules.TrailingOffset?.Raw ?? ExitConfigurationDecoder.TrailingOffsetNullValue;
        e.TrailingActivation = rules.TrailingActivation?.Raw ?? ExitConfigurationDecoder.TrailingActivationNullValue;
        e.MaximumHoldNanos = rules.MaximumHoldNanos ?? ExitConfigurationDecoder.MaximumHoldNanosNullValue;
        return bytes;
    }

    private static YesNo YesNoOf(bool value) => value ? YesNo.Yes : YesNo.No;
}
