using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section orders: what orders are like (R34 to R36, R48 to R58, D3, D8, D9, D15).</summary>
internal sealed record OrderSection
{
    private const long HourMillis = 3_600_000;

    public required TradingMode Mode { get; init; }

    public required EntryTiming Entry { get; init; }

    public required NeutralSignal Neutral { get; init; }

    public required OrderType Type { get; init; }

    public required TimeInForce TimeInForce { get; init; }

    public Ratio? LimitOffset { get; init; }

    public Ratio? MinimumConfidence { get; init; }

    /// <summary>Of a market order from the decision's price; a limit of the strategy.</summary>
    public Ratio? MaximumSlippage { get; init; }

    public byte RetryAttempts { get; init; }

    public long RetryDelayNanos { get; init; }

    public long ExecutionTimeoutNanos { get; init; }

    public bool PostOnly { get; init; }

    /// <summary>Whether orders need a record of execution: without one they leave at once, once.</summary>
    public bool NeedsExecution => PostOnly || RetryAttempts > 0 || ExecutionTimeoutNanos > 0;

    /// <summary>The client's bucket, or null.</summary>
    public BudgetSetup? Budget { get; init; }

    /// <summary>Whether a run leaves its table of orders and fills (R57).</summary>
    public bool TracksExecution { get; init; }

    /// <summary>The section, for keys that depend on others.</summary>
    public required YamlSection Section { get; init; }

    public static OrderSection Read(YamlSection root)
    {
        YamlSection section = root.Section("orders");
        var orders = new OrderSection
        {
            Section = section,
            Mode = section.Choice("mode", TradingMode.LongOnly, ("long_only", TradingMode.LongOnly), ("long_short", TradingMode.LongShort)),
            Entry = section.Choice(
                "entry", EntryTiming.PreviousClose, ("previous_close", EntryTiming.PreviousClose), ("current_open", EntryTiming.CurrentOpen)),
            Neutral = section.Choice("neutral_signal", NeutralSignal.Hold, ("hold", NeutralSignal.Hold), ("flatten", NeutralSignal.Flatten)),
            Type = section.Choice("default_order_type", OrderType.Market, ("market", OrderType.Market), ("limit", OrderType.Limit)),
            TimeInForce = section.Choice("time_in_force", TimeInForce.GoodTillCancelled, ("GTC", TimeInForce.GoodTillCancelled),
                ("IOC", TimeInForce.ImmediateOrCancel), ("FOK", TimeInForce.FillOrKill), ("DAY", TimeInForce.Day)),
            LimitOffset = section.BasisPoints("limit_offset_bps"),
            MinimumConfidence = section.Ratio("minimum_confidence", 0, FixedPoint.One),
            MaximumSlippage = section.BasisPoints("max_slippage_bps"),
            RetryAttempts = (byte)section.Integer("retry_attempts", 0, 0, 100),
            RetryDelayNanos = section.Millis("retry_delay_ms", 100, 0, HourMillis),
            ExecutionTimeoutNanos = section.Millis("execution_timeout_ms", 0, 0, HourMillis),
            PostOnly = section.Flag("post_only", false),
            Budget = ReadBudget(section),
            TracksExecution = section.Flag("track_execution_metrics", true),
        };
        section.OnlyWith("retry_delay_ms", orders.RetryAttempts > 0, "retry_attempts above 0");

        // Read where what they depend on is known.
        section.Has("split_oversized");
        section.Has("log_level");
        section.End();
        return orders;
    }

    private static BudgetSetup? ReadBudget(YamlSection section)
    {
        long? capacity = section.OptionalInteger("rate_limit_orders", 1, 1_000_000);
        long window = section.Millis("rate_limit_window_ms", 1_000, 1, 86_400_000);
        section.OnlyWith("rate_limit_window_ms", capacity is not null, "rate_limit_orders");
        return capacity is not { } count
            ? null
            : new BudgetSetup(0, Scope.Client, StrategyFile.ClientId, BudgetKind.FixedWindow, BudgetUnit.Orders, (uint)count, window);
    }
}
