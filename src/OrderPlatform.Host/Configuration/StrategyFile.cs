using OrderPlatform.Engine.Numbers;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Host.Configuration;

/// <summary>
/// Reads the strategy file of R169 with the sections that this platform adds
/// (client, signals, sizing, orders, execution, exits, limits, budgets, breakers, instrument, venue, data, process), YAML or JSON (R170).
/// Every key is checked; an unknown one is an error. Paths in it are relative to the file's own folder.
/// </summary>
public static class StrategyFile
{
    internal const ushort VenueId = 1;
    internal const uint InstrumentId = 1;
    internal const uint ClientId = 1;
    internal const uint AccountId = 1;
    internal const uint StrategyId = 1;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">It is missing or wrong; the text names file, line and what is allowed.</exception>
    public static RunConfiguration Load(string file)
    {
        YamlSection root = YamlSection.Load(file);
        string id = root.RequiredText("strategy_id");
        if (id.Length is 0 or > 32 || !char.IsAsciiLetterOrDigit(id[0]) || id.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')))
        {
            // It names folders: .. must not.
            throw root.Wrong("strategy_id", $"is '{id}'; allowed are at most 32 letters, digits, '_', '-' and '.', beginning with a letter or digit");
        }

        (string? exchange, Symbol symbol) = ReadSubscriptions(root);
        _ = root.Flag("paper_trading", true);
        string? stateFile = PathOf(file, root.Text("state_file"));
        bool saves = root.Flag("save_state_on_stop", false);
        if (saves && stateFile is null)
        {
            throw root.Wrong("save_state_on_stop", "is true but state_file is missing");
        }

        bool flattens = root.Choice("on_shutdown", false, ("keep", false), ("flatten", true));
        SignalSetup signals = ReadSignals(root, file);
        InstrumentSetup instrument = InstrumentSection.Read(root, symbol);
        ClientSection client = ClientSection.Read(root);
        AccountSetup account = ReadAccount(root, symbol);
        OrderSections orders = OrderSections.Read(root, id);
        VenueSection venue = VenueSection.Read(root, instrument, exchange ?? "simulated");
        LimitSetup limits = LimitSection.Read(root, orders.Orders.MaximumSlippage);
        string? positions = PathOf(file, root.Text("initial_positions_file"));
        var setup = new PlatformSetup(
            ShardId: 0,
            Epoch: 1,
            Venues: [venue.Setup],
            Instruments: [instrument],
            Clients: [client.Setup],
            Accounts: [account],
            Strategies: [orders.Strategy],
            Limits: LimitSection.ReadClient(root) is { } ofClient ? [limits, ofClient] : [limits],
            Seeds: PositionsFile.Read(positions, symbol, exchange, account.PositionMode))
        {
            SignalRules = orders.Signals is { } rules ? [rules] : [],
            Executions = orders.Execution is { } execution ? [execution] : [],
            Exits = orders.Exits is { } exits ? [exits] : [],
            Budgets = BudgetSection.Read(root, orders.Orders.Budget),
            Breakers = BreakerSection.Read(root),
        };
        var configuration = new RunConfiguration(
            file, root.Text("name", id), root.Text("version", "1.0.0"), id, symbol, root.Flag("enabled", true), setup, signals,
            DataSection.Read(root, file), WithPositions(venue, setup.Seeds), ReadDurability(root), ReadResendWithin(root), saves ? stateFile : null)
        {
            FlattensOnShutdown = flattens,
            Credentials = client.Credentials,
            Process = ProcessSection.Read(root),
            TracksExecution = orders.Orders.TracksExecution,
            Targets = TargetSection.Read(root),
            Keys = root.Effective,
        };
        root.End();
        return configuration;
    }

    /// <summary>A path of the file, relative to the file's folder.</summary>
    internal static string? PathOf(string file, string? path) =>
        path is null ? null : Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file))!);

    private static (string? Exchange, Symbol Symbol) ReadSubscriptions(YamlSection root)
    {
        YamlSection section = root.Section("subscriptions");
        IReadOnlyList<string> venues = section.Texts("exchanges");
        IReadOnlyList<string> symbols = section.Texts("symbols");
        foreach (string type in section.Texts("data_types"))
        {
            if (type is not ("tick" or "trade" or "orderbook" or "bar" or "kline"))
            {
                throw section.Wrong("data_types", $"has '{type}'; allowed are tick, trade, orderbook, bar and kline");
            }
        }

        if (venues.Count > 1)
        {
            throw section.Wrong("exchanges", "has more than one; a backtest has one venue: give each its own file");
        }

        if (symbols.Count != 1 || symbols[0].Split('/') is not [{ Length: > 0 and <= 8 } first, { Length: > 0 and <= 8 } second] || !symbols[0].All(char.IsAscii))
        {
            throw section.Wrong("symbols", "must have one symbol as BASE/QUOTE, such as BTC/USDT");
        }

        section.End();
        string? exchange = venues.Count == 0 ? null
            : venues[0].Length <= 32 && venues[0].All(char.IsAscii) ? venues[0]
            : throw section.Wrong("exchanges", $"is '{venues[0]}'; allowed are at most 32 ASCII characters");
        return (exchange, new Symbol(first.ToUpperInvariant(), second.ToUpperInvariant()));
    }

    // A venue that knows reduce-only orders must know what is held.
    private static SimulatedVenueOptions WithPositions(VenueSection venue, IReadOnlyList<SeedSetup> seeds) =>
        seeds.Count == 0 || !venue.Setup.Features.HasFlag(VenueFeatures.ReduceOnly) ? venue.Options
        : venue.Options with
        {
            InitialPositions = [new VenuePosition(AccountId, InstrumentId, seeds.Aggregate(Quantity.Zero, static (sum, seed) => sum + seed.Quantity))],
        };

    private static AccountSetup ReadAccount(YamlSection root, Symbol symbol) => new(
        AccountId,
        ClientId,
        VenueId,
        "main",
        symbol.Quote,
        new Money(root.Number("initial_capital", 100_000 * FixedPoint.One, 0, Bounds.MoneyMax)),
        new Ratio(root.Number("max_leverage", FixedPoint.One, 0, 1_000 * FixedPoint.One)))
    {
        PositionMode = root.Choice("position_mode", PositionMode.Netting, ("netting", PositionMode.Netting), ("hedging", PositionMode.Hedging)) is PositionMode.Hedging
            ? PositionMode.Hedging
            : null,
    };

    private static JournalDurability ReadDurability(YamlSection root)
    {
        YamlSection section = root.Section("journal");
        string text = section.Text("durability", "page-cache");
        section.End();
        try
        {
            return JournalDurability.Parse(text);
        }
        catch (FormatException failure)
        {
            throw section.Wrong("durability", failure.Message);
        }
    }

    private static TimeSpan ReadResendWithin(YamlSection root)
    {
        YamlSection section = root.Section("recovery");
        long millis = section.Integer("resend_within_ms", 1_000, 0, 3_600_000);
        section.End();
        return TimeSpan.FromMilliseconds(millis);
    }

    private static SignalSetup ReadSignals(YamlSection root, string file)
    {
        string? path = PathOf(file, root.Text("signals_file"));
        YamlSection parameters = root.Section("parameters");
        int fast = path is null ? (int)parameters.RequiredInteger("fast_period", 1, 99_999) : (int)parameters.Integer("fast_period", 1, 1, 99_999);
        int slow = path is null ? (int)parameters.RequiredInteger("slow_period", 2, 100_000) : (int)parameters.Integer("slow_period", 2, 2, 100_000);
        if (path is null && slow <= fast)
        {
            throw parameters.Wrong("slow_period", $"is {slow}; it must be more than fast_period, which is {fast}");
        }

        long interval = parameters.Integer("bar_interval_seconds", 60, 1, 86_400) * 1_000_000_000;
        return new SignalSetup(path, fast, slow, interval);
    }
}
