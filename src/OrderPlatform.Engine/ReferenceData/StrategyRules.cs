using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>A strategy's rules: what they are before any record, how its record is read, and which make no sense.</summary>
internal static class StrategyRules
{
    private const long SpanMaxNanos = 366L * 86_400_000_000_000;
    private const byte CloseWindow = 20;
    private const byte TrueRangePeriod = 14;
    private const byte ClosesMax = 64;

    /// <summary>A strategy without rules yet: immediate orders, no retry, no limit.</summary>
    public static Strategy New(uint id, int client, int account) => new()
    {
        Id = id,
        Client = client,
        Account = account,
        SignalRules = new SignalRules { MomentumWindowMinutes = 60 },
        Execution = new ExecutionRules { Algorithm = ExecutionAlgorithm.Immediate, Routing = RoutingMode.Direct },
        Exits = new ExitRules { Window = CloseWindow, AtrPeriod = TrueRangePeriod },
        Limits = RiskLimitSet.None,
        Breaker = Breaker.None,
        FirstPosition = -1,
    };

    /// <summary>Reads the strategy's record.</summary>
    public static void Read(in StrategyConfigurationDecoder record, ref Strategy strategy)
    {
        strategy.Mode = record.Mode;
        strategy.EntryTiming = record.EntryTiming;
        strategy.NeutralSignal = record.NeutralSignal;
        strategy.SignalRules.MinimumConfidence = new Ratio(record.TryGetMinimumConfidence(out long confidence) ? confidence : 0);
        strategy.Execution.OrderType = record.OrderType;
        strategy.Execution.TimeInForce = record.TimeInForce;
        strategy.Execution.LimitOffset = new Ratio(record.TryGetLimitOffset(out long offset) ? offset : 0);
        strategy.Exits.StopLoss = new Ratio(record.TryGetStopLoss(out long stop) ? stop : 0);
        strategy.Exits.TakeProfit = new Ratio(record.TryGetTakeProfit(out long profit) ? profit : 0);
        strategy.Sizing = new SizingRules
        {
            Mode = record.SizingMode,
            FixedQuantity = new Quantity(record.TryGetFixedQuantity(out long quantity) ? quantity : 0),
            EquityFraction = new Ratio(record.TryGetEquityFraction(out long fraction) ? fraction : 0),
            FixedNotional = new Money(record.TryGetFixedNotional(out long notional) ? notional : 0),
            TargetVolatility = new Ratio(record.TryGetTargetVolatility(out long volatility) ? volatility : 0),
            KellyMultiplier = new Ratio(record.TryGetKellyMultiplier(out long multiplier) ? multiplier : 0),
            KellyWinRate = new Ratio(record.TryGetKellyWinRate(out long rate) ? rate : 0),
            RiskPerTrade = new Ratio(record.TryGetRiskPerTrade(out long risk) ? risk : 0),
            MaximumFraction = new Ratio(record.TryGetKellyMaximumFraction(out long maximum) ? maximum : 0),
        };
    }

    /// <summary>The name of a rule that makes no sense, or null.</summary>
    public static string? WrongField(in Strategy strategy) =>
        strategy.Id == 0 ? "strategyId"
        : strategy.Mode is not (TradingMode.LongOnly or TradingMode.LongShort) ? "mode"
        : strategy.EntryTiming is not (EntryTiming.PreviousClose or EntryTiming.CurrentOpen or EntryTiming.AtTime) ? "entryTiming"
        : strategy.NeutralSignal is not (NeutralSignal.Hold or NeutralSignal.Flatten) ? "neutralSignal"
        : WrongSizing(strategy.Sizing) ?? WrongSignals(strategy.SignalRules) ?? WrongExecution(strategy.Execution) ?? WrongExits(strategy.Exits);

    private static string? WrongSizing(in SizingRules rules) =>
        rules.Mode is < SizingMode.FixedQuantity or > SizingMode.Kelly ? "sizingMode"
        : rules.Mode == SizingMode.FixedQuantity && !Bounds.IsQuantity(rules.FixedQuantity.Raw) ? "fixedQuantity"
        : rules.Mode == SizingMode.EquityFraction && !IsPositive(rules.EquityFraction) ? "equityFraction"
        : rules.Mode == SizingMode.FixedNotional && !(rules.FixedNotional.Raw > 0 && Bounds.IsMoney(rules.FixedNotional.Raw)) ? "fixedNotional"
        : rules.Mode == SizingMode.VolatilityTarget && !IsPositive(rules.TargetVolatility) ? "targetVolatility"
        : rules.Mode == SizingMode.Kelly && !IsPositive(rules.KellyMultiplier) ? "kellyMultiplier"
        : rules.Mode == SizingMode.Kelly && !(IsPositive(rules.KellyWinRate) && rules.KellyWinRate.Raw <= FixedPoint.One) ? "kellyWinRate"
        : rules.Mode == SizingMode.Kelly && !IsPositive(rules.RiskPerTrade) ? "riskPerTrade"
        : !Bounds.IsRatio(rules.MaximumFraction.Raw) ? "kellyMaximumFraction"
        : null;

    private static string? WrongSignals(in SignalRules rules) =>
        rules.MinimumConfidence.Raw is < 0 or > FixedPoint.One ? "minimumConfidence"
        : !Bounds.IsRatio(rules.MomentumMinimum.Raw) ? "momentumMinimum"
        : rules.MomentumWindowMinutes is < 1 or > 60 ? "momentumWindowMinutes"
        : !IsSpan(rules.MaximumAgeNanos) ? "maximumAgeNanos"
        : rules.ReversalConfidence.Raw is < 0 or > FixedPoint.One ? "reversalConfidence"
        : rules.VotingMethod > VotingMethod.Unanimous ? "votingMethod"
        : rules.VotesMinimum > 4 ? "votesMinimum"
        : !IsSpan(rules.VoteMaximumAgeNanos) ? "voteMaximumAgeNanos"
        : rules.VoteThreshold.Raw is < 0 or > FixedPoint.One ? "voteThreshold"
        : !Bounds.IsRatio(rules.EntryWeight.Raw) ? "entryWeight"
        : !Bounds.IsRatio(rules.PositionWeight.Raw) ? "positionWeight"
        : !Bounds.IsRatio(rules.ExitWeight.Raw) ? "exitWeight"
        : !Bounds.IsRatio(rules.ProfitWeight.Raw) ? "profitWeight"
        : null;

    private static string? WrongExecution(in ExecutionRules rules) =>
        rules.OrderType is not (OrderType.Market or OrderType.Limit) ? "orderType"
        : rules.TimeInForce is < TimeInForce.GoodTillCancelled or > TimeInForce.Day || rules.TimeInForce == TimeInForce.GoodTillDate ? "timeInForce"
        : !IsFraction(rules.LimitOffset.Raw) ? "limitOffset"
        : rules.Algorithm is < ExecutionAlgorithm.Immediate or > ExecutionAlgorithm.Iceberg ? "algorithm"
        : rules.Routing is < RoutingMode.Direct or > RoutingMode.Liquidity ? "routing"
        : !IsSpan(rules.DurationNanos) || (NeedsDuration(rules.Algorithm) && rules.DurationNanos == 0) ? "durationNanos"
        : rules.Slices == 0 && rules.Algorithm is ExecutionAlgorithm.Twap or ExecutionAlgorithm.Vwap ? "slices"
        : rules.VisibleFraction.Raw is < 0 or > FixedPoint.One || (rules.Algorithm == ExecutionAlgorithm.Iceberg && rules.VisibleFraction.IsZero) ? "visibleFraction"
        : !IsSpan(rules.RefreshNanos) ? "refreshNanos"
        : rules.Participation.Raw is < 0 or > FixedPoint.One || (rules.Algorithm == ExecutionAlgorithm.Pov && rules.Participation.IsZero) ? "participation"
        : !IsSpan(rules.LimitTimeoutNanos) || (rules.Algorithm == ExecutionAlgorithm.LimitThenMarket && rules.LimitTimeoutNanos == 0) ? "limitTimeoutNanos"
        : !IsSpan(rules.RetryDelayNanos) ? "retryDelayNanos"
        : !IsSpan(rules.ExecutionTimeoutNanos) ? "executionTimeoutNanos"
        : rules.MaximumVenueShare.Raw is < 0 or > FixedPoint.One ? "maximumVenueShare"
        : null;

    private static string? WrongExits(in ExitRules rules) =>
        rules.StopMode > ExitMode.SignalVolatility ? "stopMode"
        : rules.TakeProfitMode > ExitMode.SignalVolatility ? "takeProfitMode"
        : !(rules.StopMode == ExitMode.Fixed ? IsFraction(rules.StopLoss.Raw) : Bounds.IsRatio(rules.StopLoss.Raw)) ? "stopLoss"
        : !Bounds.IsRatio(rules.TakeProfit.Raw) ? "takeProfit"
        : rules.Window is < Volatility.CloseWindow.ClosesMin or > ClosesMax ? "window"
        : rules.AtrPeriod is < 1 or > ClosesMax ? "atrPeriod"
        : !IsFraction(rules.TrailingOffset.Raw) ? "trailingOffset"
        : !Bounds.IsRatio(rules.TrailingActivation.Raw) ? "trailingActivation"
        : !IsSpan(rules.MaximumHoldNanos) ? "maximumHoldNanos"
        : null;

    private static bool NeedsDuration(ExecutionAlgorithm algorithm) => algorithm is ExecutionAlgorithm.Twap or ExecutionAlgorithm.Vwap or ExecutionAlgorithm.Pov;

    private static bool IsFraction(long raw) => raw is >= 0 and < FixedPoint.One;

    private static bool IsPositive(Ratio ratio) => ratio.Raw > 0 && Bounds.IsRatio(ratio.Raw);

    private static bool IsSpan(long nanos) => nanos is >= 0 and <= SpanMaxNanos;
}
