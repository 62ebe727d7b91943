namespace OrderPlatform.Host.Tests.Crashes;

/// <summary>A run that is killed again and again.</summary>
/// <param name="Name">For people.</param>
/// <param name="Strategy">Its strategy file.</param>
/// <param name="Arguments">What follows the file on the command line.</param>
internal sealed record CrashScenario(string Name, StrategyText Strategy, params string[] Arguments)
{
    private const string Fast = "100000x";

    /// <summary>Whether the venue's gateway is a process of its own, over UDP, and is killed too.</summary>
    public bool HasGateway { get; init; }

    /// <summary>A month of the reference data that it runs on, in place of generated data; without them the test says that it was skipped.</summary>
    public string? Month { get; init; }

    /// <summary>Whether hours of the data pass while a process starts again.</summary>
    public bool IsFasterThanLife => Arguments.Contains(Fast);

    /// <summary>In lockstep the run without a kill is one that can be compared with: the order of events is the data's.</summary>
    public bool IsLockstep => Arguments.Contains("lockstep");

    public static IReadOnlyList<CrashScenario> All { get; } =
    [
        new("market orders, lockstep", Trading("{minutes: 3000}"), "--pace", "lockstep"),
        new("market orders, lockstep, on the disk, with snapshots", Trading("{minutes: 1500}"), "--pace", "lockstep", "--durability", "every-batch", "--snapshot-every", "300"),
        new("limit orders that fill in parts, lockstep",
            Trading("{minutes: 3000}").With("orders", "{mode: long_short, default_order_type: limit, limit_offset_bps: 2}")
                .With("parameters", "{fast_period: 2, slow_period: 5, position_size: 0.1}")
                .With("venue", "{fill_ratio: 0.4, latency_ms: 20000, latency_sd_ms: 15000, latency_distribution: log_normal, participation: 0.01}"),
            "--pace", "lockstep", "--snapshot-every", "500"),
        new("trades, as fast as they go", Trading("{kind: trades, minutes: 120}"), "--pace", "max"),
        new("slow venue, as fast as they go, on the disk",
            Trading("{minutes: 6000}").With("venue", "{latency_ms: 30000, latency_sd_ms: 30000, latency_distribution: log_normal, fill_ratio: 0.5}"),
            "--pace", "max", "--durability", "every-batch"),
        new("limit orders, a hundred thousand times as fast as life, synced in intervals",
            Trading("{minutes: 6000}").With("orders", "{mode: long_short, default_order_type: limit, limit_offset_bps: 3}").With("venue", "{latency_ms: 10000, touch_fills: true}"),
            "--pace", Fast, "--durability", "interval:1ms", "--snapshot-every", "1000"),
    ];

    /// <summary>The same with gateways as processes of their own.</summary>
    public static IReadOnlyList<CrashScenario> Linked { get; } =
    [
        new("gateway over UDP, lockstep", Trading("{minutes: 600}"), "--pace", "lockstep", "--snapshot-every", "300") { HasGateway = true },
        new("gateway over UDP, limit orders that fill in parts, lockstep",
            Trading("{minutes: 600}").With("orders", "{mode: long_short, default_order_type: limit, limit_offset_bps: 2}")
                .With("parameters", "{fast_period: 2, slow_period: 5, position_size: 0.1}")
                .With("venue", "{fill_ratio: 0.4, latency_ms: 20000, latency_sd_ms: 15000, latency_distribution: log_normal, participation: 0.01}"),
            "--pace", "lockstep") { HasGateway = true },
        new("gateway over UDP, slow venue, as fast as they go",
            Trading("{minutes: 6000}").With("venue", "{latency_ms: 30000, latency_sd_ms: 30000, latency_distribution: log_normal, fill_ratio: 0.5}"),
            "--pace", "max") { HasGateway = true },
        new("gateway over UDP, a hundred thousand times as fast as life",
            Trading("{minutes: 6000}"), "--pace", Fast, "--durability", "interval:1ms") { HasGateway = true },
    ];

    /// <summary>Gateways as processes, over real months.</summary>
    public static IReadOnlyList<CrashScenario> LinkedMonths { get; } =
    [
        new("gateway over UDP, a real month, lockstep", Crossing, "--pace", "lockstep", "--snapshot-every", "5000")
        {
            HasGateway = true, Month = "klines_1m_binance_spot_BTCUSDT_2025-06-01_2025-07-01",
        },
        new("gateway over UDP, a real month, as fast as it goes", Crossing.With("venue", "{latency_ms: 30000, latency_sd_ms: 30000, latency_distribution: log_normal, fill_ratio: 0.5}"),
            "--pace", "max")
        {
            HasGateway = true, Month = "klines_1m_binance_spot_BTCUSDT_2023-03-16_2023-05-01",
        },
    ];

    private static StrategyText Crossing => StrategyText.Runs
        .With("orders", "{mode: long_short}")
        .With("parameters", "{fast_period: 5, slow_period: 15, position_size: 0.1}")
        .With("exits", "{stop_loss: 0.004, take_profit: 0.006}");

    public override string ToString() => Name;

    private static StrategyText Trading(string generator) => StrategyText.Runs
        .With("data", $"{{generator: {generator}}}")
        .With("orders", "{mode: long_short}")
        .With("parameters", "{fast_period: 1, slow_period: 2, position_size: 0.1}")
        .With("exits", "{stop_loss: 0.004, take_profit: 0.006}");
}
