using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>The keys of a strategy's records of signals, execution and exits.</summary>
internal static class RuleSettings
{
    private const long DayMillis = 86_400_000;
    private const long HourMillis = 3_600_000;
    private const long WeightMax = 1_000 * FixedPoint.One;

    public static readonly IReadOnlyList<SettingKey> All =
    [
        Signals("momentum_min_pct_per_hour", SettingUnit.Percent(100, WeightMax), static (s, v) =>
            s with { MomentumMinimum = Raw.Ratio(v) }) with { AllowsNone = true },
        Signals("momentum_window_minutes", SettingUnit.Whole(1, 60), static (s, v) => s with { MomentumWindowMinutes = (byte?)v }) with
        {
            Needs = static s => s.MomentumMinimum is null ? "signals.momentum_min_pct_per_hour" : null,
        },
        Signals("max_age_ms", SettingUnit.Millis(1, DayMillis), static (s, v) => s with { MaximumAgeNanos = v }) with { AllowsNone = true },
        Signals("reversal_confidence", SettingUnit.Fraction(), static (s, v) => s with { ReversalConfidence = Raw.Ratio(v) }) with { AllowsNone = true },
        Signals("voting.method", SettingUnit.Choice(
            ("none", (long)VotingMethod.None), ("majority", (long)VotingMethod.Majority), ("weighted", (long)VotingMethod.Weighted),
                ("unanimous", (long)VotingMethod.Unanimous)),
            static (s, v) => s with { VotingMethod = (VotingMethod)v!, VotesMinimum = Math.Max(s.VotesMinimum, (byte)1) }),
        Signals("voting.votes_min", SettingUnit.Whole(1, 4), static (s, v) => s with { VotesMinimum = (byte)v! }) with { Needs = Votes },
        Signals("voting.vote_max_age_ms", SettingUnit.Millis(1, DayMillis), static (s, v) =>
            s with { VoteMaximumAgeNanos = v }) with { AllowsNone = true, Needs = Votes },
        Signals("voting.threshold", SettingUnit.Fraction(), static (s, v) =>
            s with { VoteThreshold = Raw.Ratio(v) }) with { AllowsNone = true, Needs = Weighted },
        Signals("voting.weights.entry", SettingUnit.Ratio(0, WeightMax), static (s, v) => s with { EntryWeight = Raw.Ratio(v) }) with { Needs = Weighted },
        Signals("voting.weights.position", SettingUnit.Ratio(0, WeightMax), static (s, v) =>
            s with { PositionWeight = Raw.Ratio(v) }) with { Needs = Weighted },
        Signals("voting.weights.exit", SettingUnit.Ratio(0, WeightMax), static (s, v) => s with { ExitWeight = Raw.Ratio(v) }) with { Needs = Weighted },
        Signals("voting.weights.profit", SettingUnit.Ratio(0, WeightMax), static (s, v) => s with { ProfitWeight = Raw.Ratio(v) }) with { Needs = Weighted },

        Execution("orders", "retry_attempts", SettingUnit.Whole(0, 100), static (s, v) => s with { RetryAttempts = (byte)v! }),
        Execution("orders", "retry_delay_ms", SettingUnit.Millis(0, HourMillis), static (s, v) => s with { RetryDelayNanos = (long)v! }) with
        {
            Needs = static s => s.RetryAttempts == 0 ? "orders.retry_attempts above 0" : null,
        },
        Execution("orders", "execution_timeout_ms", SettingUnit.Millis(0, HourMillis), static (s, v) => s with { ExecutionTimeoutNanos = (long)v! }),
        Execution("orders", "post_only", SettingUnit.Flag(), static (s, v) => s with { PostOnly = v == 1 }),
        Execution("orders", "split_oversized", SettingUnit.Flag(), static (s, v) => s with { SplitOversized = v == 1 }),
        Execution("execution", "timeout_s", SettingUnit.Seconds(), static (s, v) =>
            s with { LimitTimeoutNanos = v }) with { Needs = Algorithm(ExecutionAlgorithm.LimitThenMarket) },
        Execution("execution", "fallback_to_market", SettingUnit.Flag(), static (s, v) => s with { FallbackToMarket = v == 1 }) with
        {
            Needs = Algorithm(ExecutionAlgorithm.LimitThenMarket),
        },
        Execution("execution", "duration_s", SettingUnit.Seconds(), static (s, v) => s with { DurationNanos = v }) with
        {
            Needs = Algorithm(ExecutionAlgorithm.Twap, ExecutionAlgorithm.Vwap, ExecutionAlgorithm.Pov),
        },
        Execution("execution", "num_slices", SettingUnit.Whole(1, 1_000), static (s, v) => s with { Slices = (ushort?)v }) with
        {
            Needs = Algorithm(ExecutionAlgorithm.Twap, ExecutionAlgorithm.Vwap),
        },
        Execution("execution", "use_limit_orders", SettingUnit.Flag(), static (s, v) => s with { UseLimitOrders = v == 1 }) with
        {
            Needs = Algorithm(ExecutionAlgorithm.Twap, ExecutionAlgorithm.Vwap, ExecutionAlgorithm.Pov, ExecutionAlgorithm.Iceberg),
        },
        Execution("execution", "visible_pct", SettingUnit.Fraction(1), static (s, v) =>
            s with { VisibleFraction = Raw.Ratio(v) }) with { Needs = Algorithm(ExecutionAlgorithm.Iceberg) },
        Execution("execution", "max_refresh_time_s", SettingUnit.Seconds(), static (s, v) =>
            s with { RefreshNanos = v }) with { Needs = Algorithm(ExecutionAlgorithm.Iceberg) },
        Execution("execution", "participation", SettingUnit.Fraction(1), static (s, v) =>
            s with { Participation = Raw.Ratio(v) }) with { Needs = Algorithm(ExecutionAlgorithm.Pov) },
        Execution("execution", "max_venue_share", SettingUnit.Fraction(1), static (s, v) => s with { MaximumVenueShare = Raw.Ratio(v) }) with
        {
            AllowsNone = true,
            Needs = static s => s.Routing == RoutingMode.Direct ? "execution.routing best_price or liquidity" : null,
        },

        Exits("window", SettingUnit.Whole(2, 64), static (s, v) => s with { Window = (byte)v! }) with
        {
            Needs = static s => s.StopMode == ExitMode.StandardDeviation || s.TakeProfitMode == ExitMode.StandardDeviation
                ? null : "exits.stop_mode or take_profit_mode sd",
        },
        Exits("atr_period", SettingUnit.Whole(1, 64), static (s, v) => s with { AtrPeriod = (byte)v! }) with
        {
            Needs = static s => s.StopMode == ExitMode.AverageTrueRange || s.TakeProfitMode == ExitMode.AverageTrueRange
                ? null : "exits.stop_mode or take_profit_mode atr",
        },
        Exits("trailing_pct", SettingUnit.ProperFraction(), static (s, v) => s with { TrailingOffset = Raw.Ratio(v) }) with { AllowsNone = true },
        Exits("trailing_activation_pct", SettingUnit.Ratio(1), static (s, v) => s with { TrailingActivation = Raw.Ratio(v) }) with
        {
            AllowsNone = true,
            Needs = static s => s.TrailingOffset is null ? "exits.trailing_pct" : null,
        },
        Exits("max_hold_hours", SettingUnit.Hours(), static (s, v) => s with { MaximumHoldNanos = v }) with { AllowsNone = true },
    ];

    private static SettingKey<SignalRulesSetup> Signals(string name, SettingUnit unit, Func<SignalRulesSetup, long?, SignalRulesSetup> set) =>
        new("signals", name, unit, false, set);

    private static SettingKey<ExecutionSetup> Execution(string section, string name, SettingUnit unit, Func<ExecutionSetup, long?, ExecutionSetup> set) =>
        new(section, name, unit, false, set);

    private static SettingKey<ExitSetup> Exits(string name, SettingUnit unit, Func<ExitSetup, long?, ExitSetup> set) => new("exits", name, unit, false, set);

    private static string? Votes(SignalRulesSetup setup) =>
        setup.VotingMethod == VotingMethod.None ? "signals.voting.method majority, weighted or unanimous" : null;

    private static string? Weighted(SignalRulesSetup setup) => setup.VotingMethod == VotingMethod.Weighted ? null : "signals.voting.method weighted";

    private static Func<ExecutionSetup, string?> Algorithm(params ExecutionAlgorithm[] algorithms) => setup => algorithms.Contains(setup.Algorithm)
        ? null
        : $"execution.algorithm {string.Join(", ", algorithms)}, which the journal must have";
}
