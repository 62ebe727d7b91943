using OrderPlatform.Engine.Numbers;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Generator;
using OrderPlatform.Simulation.Venue;
using OrderPlatform.Strategies;

namespace OrderPlatform.Benchmarks.Recovery;

/// <summary>Journals of a moving-average cross on generated minute bars, as many inputs long as asked for.</summary>
internal static class RecordedMonths
{
    private const uint Instrument = 1;
    private const int SegmentLengthBytes = 16 << 20;

    /// <summary>Records a journal: about 2.1 inputs a minute, and not fewer than asked for.</summary>
    /// <returns>Its inputs.</returns>
    public static long Record(string folder, int inputs)
    {
        var options = new JournalOptions
        {
            SegmentLengthBytes = SegmentLengthBytes,
            SchemaId = MessagesSchema.SchemaId,
            SchemaVersion = MessagesSchema.Version,
        };
        using JournalWriter journal = JournalWriter.Create(folder, options);
        using InputFeed feed = Feed(inputs / 2);
        var runner = new BacktestRunner(feed, Gateway(), journal, null);
        runner.Run(null, CancellationToken.None);
        return runner.Engine.State.Sequence;
    }

    /// <summary>Its inputs in memory, one behind the other.</summary>
    public static InputsInMemory Load(string folder)
    {
        var inputs = new InputsInMemory();
        using JournalReader reader = JournalReader.Open(folder);
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
                inputs.Add(record.TimestampNanos, JournaledInput.MessageOf(record));
        }

        return inputs;
    }

    private static InputFeed Feed(int minutes) => new(
        Setup(),
        MarketGenerator.OpenBars(MarketGeneratorOptions.ForBitcoin() with { Seed = 42, DurationMinutes = minutes }),
        new SignalAddress(1, 1, Instrument),
        new MovingAverageCross(10, 30),
        null,
        60_000_000_000);

    private static SimulatedGateway Gateway() => new(new SimulatedVenue(new SimulatedVenueOptions
    {
        Seed = 1,
        Instruments = [new VenueInstrument { InstrumentId = Instrument, Tick = new Price(FixedPoint.One / 100), Step = new Quantity(1_000) }],
    }), 1);

    private static PlatformSetup Setup() => new(
        ShardId: 1,
        Epoch: 1,
        [new VenueSetup(1, "simulated", new Ratio(FixedPoint.One / 1_000), new Ratio(FixedPoint.One / 1_000))],
        [new InstrumentSetup(Instrument, 1, "BTCUSDT", "BTC", "USDT", new Price(FixedPoint.One / 100), new Quantity(1_000))],
        [new ClientSetup(1, "bench")],
        [new AccountSetup(1, 1, 1, "main", "USDT", new Money(1_000_000 * FixedPoint.One), new Ratio(FixedPoint.One))],
        [new StrategySetup(1, 1, 1, "cross", TradingMode.LongShort, EntryTiming.PreviousClose, NeutralSignal.Hold, SizingMode.FixedQuantity, OrderType.Market,
            TimeInForce.GoodTillCancelled, new Quantity(FixedPoint.One / 10), null, null,
            new Ratio(FixedPoint.One / 50), new Ratio(FixedPoint.One / 20), null)],
        [],
        []);
}
