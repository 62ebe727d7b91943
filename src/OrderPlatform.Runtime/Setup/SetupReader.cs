using System.Text;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Setup;

/// <summary>Reads venues, instruments and rules of strategies from configuration inputs: what <see cref="SetupMessages"/> wrote. A null field is null.</summary>
internal static class SetupReader
{
    public static VenueSetup Venue(in VenueConfigurationDecoder record) =>
        new(record.VenueId, Text(record.Name), new Ratio(record.MakerFeeRate), new Ratio(record.TakerFeeRate))
        {
            Features = record.Features,
            BatchMaximum = record.BatchMaximum,
            DayEndNanos = record.DayEndNanos,
            SelfTradePrevention = record.SelfTradePrevention,
        };

    public static InstrumentSetup Instrument(in InstrumentConfigurationDecoder record) => new(
        record.InstrumentId, record.VenueId, Text(record.Symbol), Text(record.BaseAsset), Text(record.QuoteAsset), new Price(record.PriceTick), new Quantity(record.QuantityStep),
        record.TryGetMinimumQuantity(out long minimum) ? new Quantity(minimum) : null,
        record.TryGetMaximumQuantity(out long maximum) ? new Quantity(maximum) : null,
        record.TryGetMinimumNotional(out long notional) ? new Money(notional) : null)
    {
        Kind = record.TryGetKind(out InstrumentKind kind) ? kind : InstrumentKind.Spot,
        Multiplier = record.TryGetMultiplier(out long multiplier) ? new Quantity(multiplier) : null,
        MaximumNotional = record.TryGetMaximumNotional(out long most) ? new Money(most) : null,
        MaintenanceMarginRate = RatioOf(record.TryGetMaintenanceMarginRate(out long rate), rate),
        MaintenanceAmount = record.TryGetMaintenanceAmount(out long amount) ? new Money(amount) : null,
    };

    public static StrategySetup Strategy(in StrategyConfigurationDecoder record) => new(
        record.StrategyId, record.ClientId, record.AccountId, Text(record.Name), record.Mode, record.EntryTiming, record.NeutralSignal, record.SizingMode, record.OrderType,
        record.TimeInForce,
        record.TryGetFixedQuantity(out long quantity) ? new Quantity(quantity) : null,
        RatioOf(record.TryGetEquityFraction(out long fraction), fraction),
        RatioOf(record.TryGetLimitOffset(out long offset), offset),
        RatioOf(record.TryGetStopLoss(out long stop), stop),
        RatioOf(record.TryGetTakeProfit(out long profit), profit),
        RatioOf(record.TryGetMinimumConfidence(out long confidence), confidence))
    {
        FixedNotional = record.TryGetFixedNotional(out long notional) ? new Money(notional) : null,
        TargetVolatility = RatioOf(record.TryGetTargetVolatility(out long volatility), volatility),
        KellyMultiplier = RatioOf(record.TryGetKellyMultiplier(out long multiplier), multiplier),
        KellyWinRate = RatioOf(record.TryGetKellyWinRate(out long wins), wins),
        RiskPerTrade = RatioOf(record.TryGetRiskPerTrade(out long risk), risk),
        MaximumFraction = RatioOf(record.TryGetKellyMaximumFraction(out long most), most),
    };

    public static SignalRulesSetup Signals(in SignalConfigurationDecoder record) => new(record.StrategyId)
    {
        MomentumMinimum = RatioOf(record.TryGetMomentumMinimum(out long momentum), momentum),
        MomentumWindowMinutes = record.TryGetMomentumWindowMinutes(out byte minutes) ? minutes : null,
        MaximumAgeNanos = record.TryGetMaximumAgeNanos(out long age) ? age : null,
        ReversalConfidence = RatioOf(record.TryGetReversalConfidence(out long reversal), reversal),
        VotingMethod = record.VotingMethod,
        VotesMinimum = record.VotesMinimum,
        VoteMaximumAgeNanos = record.TryGetVoteMaximumAgeNanos(out long voteAge) ? voteAge : null,
        VoteThreshold = RatioOf(record.TryGetVoteThreshold(out long threshold), threshold),
        EntryWeight = RatioOf(record.TryGetEntryWeight(out long entry), entry),
        PositionWeight = RatioOf(record.TryGetPositionWeight(out long position), position),
        ExitWeight = RatioOf(record.TryGetExitWeight(out long exit), exit),
        ProfitWeight = RatioOf(record.TryGetProfitWeight(out long profit), profit),
    };

    public static ExecutionSetup Execution(in ExecutionConfigurationDecoder record) => new(record.StrategyId, record.Algorithm, record.Routing)
    {
        DurationNanos = record.TryGetDurationNanos(out long duration) ? duration : null,
        Slices = record.TryGetSlices(out ushort slices) ? slices : null,
        VisibleFraction = RatioOf(record.TryGetVisibleFraction(out long visible), visible),
        RefreshNanos = record.TryGetRefreshNanos(out long refresh) ? refresh : null,
        Participation = RatioOf(record.TryGetParticipation(out long participation), participation),
        LimitTimeoutNanos = record.TryGetLimitTimeoutNanos(out long timeout) ? timeout : null,
        FallbackToMarket = record.FallbackToMarket == YesNo.Yes,
        UseLimitOrders = record.UseLimitOrders == YesNo.Yes,
        PostOnly = record.PostOnly == YesNo.Yes,
        SplitOversized = record.SplitOversized == YesNo.Yes,
        RetryAttempts = record.RetryAttempts,
        RetryDelayNanos = record.RetryDelayNanos,
        ExecutionTimeoutNanos = record.ExecutionTimeoutNanos,
        MaximumVenueShare = RatioOf(record.TryGetMaximumVenueShare(out long share), share),
    };

    public static ExitSetup Exits(in ExitConfigurationDecoder record) => new(record.StrategyId, record.StopMode, record.TakeProfitMode, record.Window, record.AtrPeriod)
    {
        TrailingOffset = RatioOf(record.TryGetTrailingOffset(out long offset), offset),
        TrailingActivation = RatioOf(record.TryGetTrailingActivation(out long activation), activation),
        MaximumHoldNanos = record.TryGetMaximumHoldNanos(out long hold) ? hold : null,
    };

    public static LimitSetup Limits(in RiskLimitsDecoder record) => new(
        record.Scope, record.ScopeId,
        record.TryGetMinimumOrderQuantity(out long minimum) ? new Quantity(minimum) : null,
        record.TryGetMaximumOrderQuantity(out long maximum) ? new Quantity(maximum) : null,
        record.TryGetMaximumOrderNotional(out long notional) ? new Money(notional) : null,
        record.TryGetMaximumPositionQuantity(out long position) ? new Quantity(position) : null,
        record.TryGetMaximumPositionNotional(out long value) ? new Money(value) : null,
        RatioOf(record.TryGetMaximumPositionFraction(out long fraction), fraction),
        record.TryGetMaximumDailyLoss(out long loss) ? new Money(loss) : null)
    {
        MaximumDailyLossFraction = RatioOf(record.TryGetMaximumDailyLossFraction(out long lossFraction), lossFraction),
        MaximumDrawdown = record.TryGetMaximumDrawdown(out long drawdown) ? new Money(drawdown) : null,
        MaximumDrawdownFraction = RatioOf(record.TryGetMaximumDrawdownFraction(out long drawdownFraction), drawdownFraction),
        MaximumPriceDeviation = RatioOf(record.TryGetMaximumPriceDeviation(out long deviation), deviation),
        MaximumConcentration = RatioOf(record.TryGetMaximumConcentration(out long concentration), concentration),
        MaximumLeverage = RatioOf(record.TryGetMaximumLeverage(out long leverage), leverage),
        MaximumLossPerTrade = record.TryGetMaximumLossPerTrade(out long trade) ? new Money(trade) : null,
        MaximumOpenOrders = record.TryGetMaximumOpenOrders(out uint open) ? open : null,
        MaximumMessages = record.TryGetMaximumMessages(out uint messages) ? messages : null,
        MessageWindowNanos = record.TryGetMessageWindowNanos(out long window) ? window : null,
        MaximumPriceAgeNanos = record.TryGetMaximumPriceAgeNanos(out long age) ? age : null,
        ReduceOnBreach = record.TryGetReduceOnBreach(out YesNo reduces) ? reduces == YesNo.Yes : null,
        MaximumSlippage = RatioOf(record.TryGetMaximumSlippage(out long slippage), slippage),
    };

    public static string Text(ReadOnlySpan<byte> ascii) => Encoding.ASCII.GetString(ascii);

    private static Ratio? RatioOf(bool isThere, long raw) => isThere ? new Ratio(raw) : null;
}
