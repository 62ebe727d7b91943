using OrderPlatform.Analytics;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Host.Configuration.Deployments;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Simulation.Generator;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using OrderPlatform.Strategies;

namespace OrderPlatform.Host.Commands;

/// <summary>The parts that backtest and run have in common, made from a configuration.</summary>
internal sealed class RunParts : IDisposable
{
    private const long NanosPerTick = 100;

    private readonly IReadOnlyList<LocalVenueOptions> _venues;

    private RunParts(RunConfiguration configuration, IMarketDataSource source, MovingAverageCross? strategy, SignalAddress? address)
    {
        Configuration = configuration;
        Source = source;
        Strategy = strategy;
        _venues = [new LocalVenueOptions(StrategyFile.VenueId, configuration.Venue)];
        VenueSettings = [VenueText.Of(StrategyFile.VenueId, configuration.Keys)];
        SignalSetup signals = configuration.Signals;
        Feed = new InputFeed(
            configuration.Setup,
            source,
            address ?? new SignalAddress(StrategyFile.ClientId, StrategyFile.StrategyId, StrategyFile.InstrumentId),
            strategy,
            signals.File is null ? null : SignalFile.Open(signals.File),
            signals.BarIntervalNanos);
    }

    private RunParts(RunParts parts)
    {
        Configuration = parts.Configuration;
        Source = parts.Source;
        Strategy = parts.Strategy;
        Feed = parts.Feed;
        _venues = parts._venues;
        VenueSettings = parts.VenueSettings;
    }

    private RunParts(RunConfiguration configuration, Deployment deployment, IReadOnlyList<LocalVenueOptions> venues)
    {
        Configuration = configuration;
        Deployment = deployment;
        Source = new DoorSource();
        Feed = new InputFeed(configuration.Setup, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * NanosPerTick);
        _venues = venues;
    }

    /// <summary>What was configured.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>Which processes the run consists of.</summary>
    public Deployment Deployment { get; private init; } = Deployment.OneProcess;

    /// <summary>Simulated venues in this process.</summary>
    public IReadOnlyList<LocalVenueOptions> LocalVenues =>
        [.. _venues.Where(venue => Deployment.Gateways.All(place => place.Venue != Configuration.Setup.Venues.First(one => one.Id == venue.VenueId).Name))];

    /// <summary>How the simulated venues behave, for the journal.</summary>
    public IReadOnlyList<VenueSettings> VenueSettings { get; private init; } = [];

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
        RunConfiguration configuration = LoadEnabled(file);
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

    /// <summary>Makes the parts of a run of one or more processes.</summary>
    /// <param name="file">A deployment, or a strategy, which is then everything in one process.</param>
    /// <param name="dataFile">Market data instead of the configured ones, or null.</param>
    /// <param name="symbol">The data's symbol instead of the configured one, or null.</param>
    public static RunParts CreateDeployed(string file, string? dataFile, string? symbol)
    {
        if (!DeploymentFile.IsOne(file))
        {
            return Create(file, dataFile, symbol);
        }

        (Deployment deployment, IReadOnlyList<string> strategies) = DeploymentFile.Load(file);
        return deployment.IsLive ? CreateLive(file, deployment, strategies, dataFile) : Create(strategies[0], dataFile, symbol, deployment).Checked(file);
    }

    /// <inheritdoc />
    public void Dispose() => Feed.Dispose();

    /// <summary>A backtest over the feed.</summary>
    public BacktestRunner NewBacktest(JournalWriter? journal, RunRecorder? recorder) => new(Feed, OpenGateway(), journal, recorder) { VenueSettings = VenueSettings };

    /// <summary>A new venue that ends with the process.</summary>
    public SimulatedGateway OpenGateway() => new(new SimulatedVenue(Configuration.Venue), StrategyFile.VenueId);

    private static RunParts Create(string strategy, string? dataFile, string? symbol, Deployment deployment)
    {
        RunParts parts = Create(strategy, dataFile, symbol);
        return new RunParts(parts) { Deployment = deployment };
    }

    private static RunParts CreateLive(string file, Deployment deployment, IReadOnlyList<string> strategies, string? dataFile)
    {
        if (dataFile is not null)
        {
            throw new ConfigurationException($"{file}: inputs is door: --data has no meaning; publish the data (publish … --data), or set inputs: data");
        }

        var merge = new SetupMerge();
        RunConfiguration[] configurations = [.. strategies.Select(LoadEnabled)];
        foreach (RunConfiguration configuration in configurations)
        {
            merge.Add(configuration);
        }

        RunConfiguration whole = configurations[0] with
        {
            Name = deployment.Name,
            StrategyId = deployment.Name,
            Setup = merge.Setup,
            StateFile = null,
        };
        return new RunParts(whole, deployment, merge.Venues)
        {
            VenueSettings = [.. merge.Setup.Venues.Select(venue => VenueText.Of(venue.Id, configurations.First(one => one.Setup.Venues[0].Name == venue.Name).Keys))],
        }.Checked(file);
    }

    private static RunConfiguration LoadEnabled(string file)
    {
        RunConfiguration configuration = StrategyFile.Load(file);
        return configuration.Enabled ? configuration : throw new ConfigurationException($"{file}: enabled is false: set it to true to run this strategy");
    }

    // A gateway of a venue that nobody trades at is a mistyped name.
    private RunParts Checked(string file)
    {
        string[] venues = [.. Configuration.Setup.Venues.Select(static venue => venue.Name)];
        string[] clients = [.. Configuration.Setup.Clients.Select(static client => client.Name)];
        if (Deployment.Gateways.FirstOrDefault(place => !venues.Contains(place.Venue)) is { } place)
        {
            throw new ConfigurationException($"{file}: gateways has venue '{place.Venue}', which no strategy file has; they have {string.Join(", ", venues)}");
        }

        foreach (PublisherPlace publisher in Deployment.Door?.Publishers ?? [])
        {
            if (publisher.Clients.FirstOrDefault(name => name != PublisherPlace.AllClients && !clients.Contains(name)) is { } client)
            {
                throw new ConfigurationException($"{file}: publisher {publisher.Id} may speak for client '{client}', which no strategy file has; they have {string.Join(", ", clients)}");
            }
        }

        return this;
    }

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
