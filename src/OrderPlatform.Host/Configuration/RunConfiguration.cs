using OrderPlatform.Analytics;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Host.Configuration;

/// <summary>What one configuration file says: a strategy, its client and limits, its data and its simulated venue.</summary>
/// <param name="File">The file it came from.</param>
/// <param name="Name">Name of the strategy.</param>
/// <param name="Version">Its version.</param>
/// <param name="StrategyId">Its unique name.</param>
/// <param name="Symbol">BASE/QUOTE.</param>
/// <param name="Enabled">Whether it may run.</param>
/// <param name="Setup">Reference data as inputs.</param>
/// <param name="Signals">Where signals come from.</param>
/// <param name="Data">Where market data come from.</param>
/// <param name="Venue">The simulated venue.</param>
/// <param name="Durability">When a live run's input is safe.</param>
/// <param name="ResendWithin">How old an order may be to be sent again after a restart if its venue does not know it.</param>
/// <param name="StateFile">Where the strategy's state is saved when a live run stops, or null.</param>
public sealed record RunConfiguration(
    string File,
    string Name,
    string Version,
    string StrategyId,
    Symbol Symbol,
    bool Enabled,
    PlatformSetup Setup,
    SignalSetup Signals,
    DataSetup Data,
    SimulatedVenueOptions Venue,
    JournalDurability Durability,
    TimeSpan ResendWithin,
    string? StateFile)
{
    /// <summary>Whether a live run that is stopped closes its orders and positions first (D10).</summary>
    public bool FlattensOnShutdown { get; init; }

    /// <summary>Where credentials of exchanges are kept.</summary>
    public IReadOnlyList<ExchangeCredentials> Credentials { get; init; } = [];

    /// <summary>What a run may use and how much it logs.</summary>
    public ProcessSetup Process { get; init; } = new(RunLogLevel.Information, null, null);

    /// <summary>What the run is hoped to reach, or null.</summary>
    public PerformanceTargets? Targets { get; init; }

    /// <summary>Whether a run leaves its tables of orders and fills.</summary>
    public bool TracksExecution { get; init; } = true;

    /// <summary>Every key as it is in force.</summary>
    public IReadOnlyList<EffectiveKey> Keys { get; init; } = [];
}

/// <summary>A trading pair.</summary>
/// <param name="Base">What is bought and sold.</param>
/// <param name="Quote">In what it is priced.</param>
public readonly record struct Symbol(string Base, string Quote)
{
    /// <summary>As venues write it: BTCUSDT.</summary>
    public string AtVenue => Base + Quote;

    /// <summary>As people write it: BTC/USDT.</summary>
    public override string ToString() => $"{Base}/{Quote}";
}

/// <summary>Where signals come from: a file, or the moving-average cross.</summary>
/// <param name="File">A signal file, or null.</param>
/// <param name="FastPeriod">Bars of the fast average.</param>
/// <param name="SlowPeriod">Bars of the slow average.</param>
/// <param name="BarIntervalNanos">Bars that are made where the data are trades or quotes.</param>
public sealed record SignalSetup(string? File, int FastPeriod, int SlowPeriod, long BarIntervalNanos);

/// <summary>Where market data come from: a file, or the generator.</summary>
/// <param name="File">A file, or null.</param>
/// <param name="Generator">The generator's settings, where there is no file.</param>
public sealed record DataSetup(string? File, GeneratorSetup Generator);

/// <summary>Settings of the market generator.</summary>
/// <param name="Preset">bitcoin or ether.</param>
/// <param name="Kind">bars, trades or quotes.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="StartNanos">Time of the first bar.</param>
/// <param name="Minutes">How many minutes.</param>
public sealed record GeneratorSetup(string Preset, string Kind, ulong Seed, long StartNanos, int Minutes);
