using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>
/// The section execution: how an order is carried out (R71 to R82).
/// A strategy whose orders simply leave has no record of execution.
/// </summary>
/// <param name="Rules">The record, or null.</param>
internal sealed record ExecutionSection(ExecutionSetup? Rules)
{
    private const long TimeoutSeconds = 60;
    private const long DurationSeconds = 300;
    private const long SliceCount = 10;
    private const long RefreshSeconds = 30;
    private const long SlicesMax = 1_000;
    private const long VisibleDefault = FixedPoint.One / 10;
    private const long ParticipationDefault = FixedPoint.One / 10;

    private const string Sliced = "algorithm twap, vwap or pov";

    public static ExecutionSection Read(YamlSection root, OrderSection orders)
    {
        YamlSection section = root.Section("execution");
        ExecutionAlgorithm algorithm = section.Choice("algorithm", ExecutionAlgorithm.Immediate, ("immediate", ExecutionAlgorithm.Immediate),
            ("limit_then_market", ExecutionAlgorithm.LimitThenMarket), ("twap", ExecutionAlgorithm.Twap), ("vwap", ExecutionAlgorithm.Vwap),
            ("pov", ExecutionAlgorithm.Pov), ("iceberg", ExecutionAlgorithm.Iceberg));
        RoutingMode routing = section.Choice("routing", RoutingMode.Direct,
            ("direct", RoutingMode.Direct), ("best_price", RoutingMode.BestPrice), ("liquidity", RoutingMode.Liquidity));
        bool hasDuration = algorithm is ExecutionAlgorithm.Twap or ExecutionAlgorithm.Vwap or ExecutionAlgorithm.Pov;
        bool hasSlices = algorithm is ExecutionAlgorithm.Twap or ExecutionAlgorithm.Vwap;
        bool isIceberg = algorithm == ExecutionAlgorithm.Iceberg;
        bool isPov = algorithm == ExecutionAlgorithm.Pov;
        bool isTimed = algorithm == ExecutionAlgorithm.LimitThenMarket;
        bool isRouted = routing != RoutingMode.Direct;
        long timeout = section.Seconds("timeout_s", TimeoutSeconds);
        bool fallsBack = section.Flag("fallback_to_market", true);
        long duration = section.Seconds("duration_s", DurationSeconds);
        long slices = section.Integer("num_slices", SliceCount, 1, SlicesMax);
        bool usesLimits = section.Flag("use_limit_orders", isIceberg);
        long visible = section.Number("visible_pct", VisibleDefault, 1, FixedPoint.One);
        long refresh = section.Seconds("max_refresh_time_s", RefreshSeconds);
        long participation = section.Number("participation", ParticipationDefault, 1, FixedPoint.One);
        Ratio? share = section.Ratio("max_venue_share", 1, FixedPoint.One);
        section.OnlyWith("timeout_s", isTimed, "algorithm limit_then_market");
        section.OnlyWith("fallback_to_market", isTimed, "algorithm limit_then_market");
        section.OnlyWith("duration_s", hasDuration, Sliced);
        section.OnlyWith("num_slices", hasSlices, "algorithm twap or vwap");
        section.OnlyWith("use_limit_orders", hasDuration || isIceberg, Sliced + ", or iceberg");
        section.OnlyWith("visible_pct", isIceberg, "algorithm iceberg");
        section.OnlyWith("max_refresh_time_s", isIceberg, "algorithm iceberg");
        section.OnlyWith("participation", isPov, "algorithm pov");
        section.OnlyWith("max_venue_share", isRouted, "routing best_price or liquidity");
        section.End();
        bool hasLimitOrders = orders.Type == OrderType.Limit || isTimed || ((hasDuration || isIceberg) && usesLimits);
        orders.Section.OnlyWith("limit_offset_bps", hasLimitOrders, "default_order_type limit, or an execution with limit orders");
        orders.Section.OnlyWith("post_only", hasLimitOrders, "default_order_type limit, or an execution with limit orders");
        bool isNeeded = algorithm != ExecutionAlgorithm.Immediate || isRouted || orders.NeedsExecution;
        bool splits = orders.Section.Flag("split_oversized", isNeeded);
        return new ExecutionSection(!isNeeded && !splits ? null : new ExecutionSetup(StrategyFile.StrategyId, algorithm, routing)
        {
            DurationNanos = hasDuration ? duration : null,
            Slices = hasSlices ? (ushort)slices : null,
            VisibleFraction = isIceberg ? new Ratio(visible) : null,
            RefreshNanos = isIceberg ? refresh : null,
            Participation = isPov ? new Ratio(participation) : null,
            LimitTimeoutNanos = isTimed ? timeout : null,
            FallbackToMarket = isTimed && fallsBack,
            UseLimitOrders = (hasDuration || isIceberg) && usesLimits,
            PostOnly = orders.PostOnly,
            SplitOversized = splits,
            RetryAttempts = orders.RetryAttempts,
            RetryDelayNanos = orders.RetryAttempts > 0 ? orders.RetryDelayNanos : 0,
            ExecutionTimeoutNanos = orders.ExecutionTimeoutNanos,
            MaximumVenueShare = share,
        });
    }
}
