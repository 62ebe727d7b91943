using OrderPlatform.Engine.Numbers;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Generator;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using OrderPlatform.Strategies;

namespace OrderPlatform.Runtime.Tests;

/// <summary>A run in small: a strategy, its data and its venue. Each call of a factory makes fresh parts, so that one scenario can run many times.</summary>
internal sealed record Scenario
{
    public const uint Instrument = 1;

    private static readonly SignalAddress Address = new(1, 1, Instrument);

    public string Name { get; init; } = "bars, market orders";

    public ulong Seed { get; init; } = 7;

    public int Minutes { get; init; } = 2_000;

    public string Data { get; init; } = "bars";

    public TradingMode Mode { get; init; } = TradingMode.LongShort;

    public EntryTiming Entry { get; init; } = EntryTiming.PreviousClose;

    public OrderType OrderType { get; init; } = OrderType.Market;

    public Ratio? LimitOffset { get; init; }

    public Ratio? StopLoss { get; init; } = new(FixedPoint.One / 200);

    public Ratio? TakeProfit { get; init; } = new(FixedPoint.One / 100);

    public Quantity Size { get; init; } = new(FixedPoint.One / 10);

    public LatencyOptions Latency { get; init; } = LatencyOptions.Constant(50_000_000);

    public SlippageModel Slippage { get; init; } = SlippageModel.None;

    public Ratio Participation { get; init; } = new(FixedPoint.One);

    public Ratio FillProbability { get; init; } = new(FixedPoint.One);

    public int FastPeriod { get; init; } = 5;

    public int SlowPeriod { get; init; } = 15;

    /// <summary>Market data instead of generated ones.</summary>
    public Func<IMarketDataSource>? Source { get; init; }

    public override string ToString() => Name;

    /// <summary>Scenarios that differ in everything that decides the order of inputs.</summary>
    public static IEnumerable<Scenario> All()
    {
        yield return new Scenario();
        yield return new Scenario { Name = "bars, entry at the open", Entry = EntryTiming.CurrentOpen };
        yield return new Scenario { Name = "bars, long only, no latency", Mode = TradingMode.LongOnly, Latency = LatencyOptions.Constant(0) };
        yield return new Scenario { Name = "bars, limit orders", OrderType = OrderType.Limit, LimitOffset = new Ratio(FixedPoint.One / 5_000) };
        yield return new Scenario
        {
            Name = "bars, slow and fickle venue, partial fills",
            Latency = LatencyOptions.LogNormal(20_000_000_000, 30_000_000_000),
            Participation = new Ratio(FixedPoint.One / 1_000),
            FillProbability = new Ratio(FixedPoint.One / 2),
            Size = new Quantity(FixedPoint.One / 2),
            Slippage = SlippageModel.FixedRate(new Ratio(FixedPoint.One / 10_000)),
        };
        yield return new Scenario { Name = "trades", Data = "trades", Minutes = 240, Latency = LatencyOptions.Normal(50_000_000, 20_000_000) };
        yield return new Scenario { Name = "quotes", Data = "quotes", Minutes = 120 };
    }

    public IMarketDataSource OpenSource()
    {
        if (Source is not null)
        {
            return Source();
        }

        MarketGeneratorOptions options = MarketGeneratorOptions.ForBitcoin() with { Seed = Seed, DurationMinutes = Minutes };
        return Data switch
        {
            "trades" => MarketGenerator.OpenTrades(options),
            "quotes" => MarketGenerator.OpenTopOfBook(options),
            _ => MarketGenerator.OpenBars(options),
        };
    }

    public InputFeed OpenFeed(SignalFile? signals = null) =>
        new(Setup(), OpenSource(), Address, signals is null ? new MovingAverageCross(FastPeriod, SlowPeriod) : null, signals, 60_000_000_000);

    public SimulatedGateway OpenGateway(VenueLog? log = null) => new(new SimulatedVenue(Venue()), 1, log);

    public SimulatedVenueOptions Venue() => new()
    {
        Seed = Seed,
        Instruments = [new VenueInstrument { InstrumentId = Instrument, Tick = new Price(FixedPoint.One / 100), Step = new Quantity(1_000) }],
        OrderLatency = Latency,
        Slippage = Slippage,
        Participation = Participation,
        FillProbability = FillProbability,
        MaxQuoteAgeNanos = 60_000_000_000,
    };

    public PlatformSetup Setup() => new(
        ShardId: 3,
        Epoch: 1,
        [new VenueSetup(1, "simulated", new Ratio(FixedPoint.One / 1_000), new Ratio(FixedPoint.One / 1_000))],
        [new InstrumentSetup(Instrument, 1, "BTCUSDT", "BTC", "USDT", new Price(FixedPoint.One / 100), new Quantity(1_000))],
        [new ClientSetup(1, "ikenna")],
        [new AccountSetup(1, 1, 1, "main", "USDT", new Money(100_000 * FixedPoint.One), new Ratio(FixedPoint.One))],
        [new StrategySetup(1, 1, 1, "cross", Mode, Entry, NeutralSignal.Hold, SizingMode.FixedQuantity, OrderType, TimeInForce.GoodTillCancelled,
            Size, null, LimitOffset, StopLoss, TakeProfit, null)],
        [new LimitSetup(Scope.Strategy, 1, MaximumPositionQuantity: new Quantity(FixedPoint.One))],
        []);
}
