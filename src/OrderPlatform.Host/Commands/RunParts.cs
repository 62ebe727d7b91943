using OrderPlatform.Host.Configuration;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Simulation.Generator;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using OrderPlatform.Strategies;

namespace OrderPlatform.Host.Commands;

/// <summary>The parts that backtest and run have in common, made from a configuration.</summary>
internal sealed class RunParts : IDisposable
{
    private RunParts(RunConfiguration configuration, IMarketDataSource source, MovingAverageCross? strategy, SignalAddress? address)
    {
        Configuration = configuration;
        Source = source;
        Strategy = strategy;
        SignalSetup signals = configuration.Signals;
        Feed = new InputFeed(
            configuration.Setup,
            source,
            address ?? new SignalAddress(StrategyFile.ClientId, StrategyFile.StrategyId, StrategyFile.InstrumentId),
            strategy,
            signals.File is null ? null : SignalFile.Open(signals.File),
            signals.BarIntervalNanos);
    }

    /// <summary>What was configured.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>The market data.</summary>
    public IMarketDataSource Source { get; }

    /// <summary>The strategy, or null where signals come from a file.</summary>
    public MovingAverageCross? Strategy { get; }

    /// <summary>What enters from outside the venue.</summary>
    public InputFeed Feed { get; }

    /// <summary>Makes the parts.</summary>
    /// <param name="file">The configuration.</param>
    /// <param name="dataFile">Market data instead of the configured ones, or null.</param>
    /// <param name="symbol">The data's symbol instead of the configured one, or null.</param>
    /// <param name="address">For whom and what the signals and the data are, or null for those of the configuration.</param>
    public static RunParts Create(string file, string? dataFile, string? symbol, SignalAddress? address = null)
    {
        RunConfiguration configuration = StrategyFile.Load(file);
        if (!configuration.Enabled)
        {
            throw new ConfigurationException($"{file}: enabled is false: set it to true to run this strategy");
        }

        string? path = dataFile ?? configuration.Data.File;
        configuration = SymbolOfData.Apply(configuration, path, symbol);
        IMarketDataSource source = path is null ? Generate(configuration.Data.Generator) : MarketDataFiles.Open(path);
        try
        {
            SignalSetup signals = configuration.Signals;
            return new RunParts(configuration, source, signals.File is null ? new MovingAverageCross(signals.FastPeriod, signals.SlowPeriod) : null, address);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => Feed.Dispose();

    /// <summary>A new venue that ends with the process.</summary>
    public SimulatedGateway OpenGateway() => new(new SimulatedVenue(Configuration.Venue), StrategyFile.VenueId);

    private static IMarketDataSource Generate(GeneratorSetup setup)
    {
        MarketGeneratorOptions options = setup.Preset == "ether" ? MarketGeneratorOptions.ForEther() : MarketGeneratorOptions.ForBitcoin();
        options = options with { Seed = setup.Seed, StartNanos = setup.StartNanos, DurationMinutes = setup.Minutes };
        return setup.Kind switch
        {
            "trades" => MarketGenerator.OpenTrades(options),
            "quotes" => MarketGenerator.OpenTopOfBook(options),
            _ => MarketGenerator.OpenBars(options),
        };
    }
}
