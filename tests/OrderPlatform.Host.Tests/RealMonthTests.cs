using System.Globalization;
using OrderPlatform.Analytics;
using OrderPlatform.Engine.Ledger;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.Replay;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Host.Tests;

/// <summary>
/// The documents' own configurations over real months of minute bars, and the sample of trades over a day of them: each ends where it did when it was pinned,
/// its books balance, its profit is what its fills say, and its journal alone gives the same digest. The data lie beside the repository, never in it.
/// </summary>
internal sealed class RealMonthTests
{
    private const string FileName = "pinned-real-months.json";
    private const string PaperTrader = "paper-trader";

    private static readonly string[] BitcoinMonths =
    [
        "klines_1m_binance_spot_BTCUSDT_2021-04-20_2021-05-20", "klines_1m_binance_spot_BTCUSDT_2021-11-11_2021-12-11",
        "klines_1m_binance_spot_BTCUSDT_2023-03-16_2023-05-01", "klines_1m_binance_spot_BTCUSDT_2025-06-01_2025-07-01",
        "klines_1m_binance_usdm_BTCUSDT_2025-05-04_2025-06-03",
    ];

    private static readonly string[] EtherMonths =
    [
        "klines_1m_binance_spot_ETHUSDT_2021-04-20_2021-05-20", "klines_1m_binance_spot_ETHUSDT_2023-03-16_2023-05-01",
        "klines_1m_binance_spot_ETHUSDT_2025-06-01_2025-07-01",
    ];

    private static readonly (string Sample, string[] Data)[] Runs =
    [
        ("btc-ma-cross", BitcoinMonths), ("christian", EtherMonths), ("eth-strategy", EtherMonths), ("ikenna", BitcoinMonths), ("odum", BitcoinMonths),
        ("order-params", BitcoinMonths), (PaperTrader, BitcoinMonths), ("trades-slow-venue", ["trades_binance_usdm_BTCUSDT_2020-02-22"]),
    ];

    private static IEnumerable<string> Names => Runs.SelectMany(static run => run.Data.Select(data => $"{run.Sample} {data}")).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    [Description("R5, R22, R49 to R58, R122 to R129, R169, N10")]
    public void A_sample_over_real_data_ends_where_it_did(string run)
    {
        using var folder = new WorkFolder();
        string sample = run.Split(' ')[0];
        string data = ReferenceFolder.PathOf("market", run.Split(' ')[1] + ".csv.gz");
        string journal = folder.PathOf("journal");
        using RunParts parts = RunParts.Create(sample == PaperTrader ? OnADayOf(data, folder) : SamplePath(sample), data, SymbolOf(sample));
        var recorder = new RunRecorder();
        BacktestRunner runner;
        using (JournalWriter writer = JournalWriter.Create(journal, JournalPlaces.Options()))
        {
            runner = new BacktestRunner(parts.Feed, parts.OpenGateway(), writer, recorder);
            runner.Run(null, CancellationToken.None);
        }

        RunRecord record = recorder.Complete(runner.Engine.DigestText(), TimeSpan.Zero, journal);
        bool balances = ConservationLedger.TryProve(runner.Engine.State, out LedgerGap gap);
        Assert.That(balances && !runner.Engine.State.LedgerBroken, Is.True, gap.ToString());
        HasTraded(sample, record);
        EarnsWhatItsFillsSay(sample, record);
        Assert.That(Replayed(journal), Is.EqualTo((record.FinalSequence, record.Digest)));
        PinnedDigests.Compare(FileName, run, new PinnedDigest(record.FinalSequence, record.Digest), Names);
    }

    [Test]
    public void No_digest_is_pinned_of_a_run_that_is_gone() => Assert.That(PinnedDigests.Read(FileName).Keys, Is.EqualTo(Names));

    private static string SamplePath(string sample) => Path.Combine(AppContext.BaseDirectory, "samples", sample + ".yaml");

    // The sample's own symbol: the data's name may say another currency of the same worth.
    private static string SymbolOf(string sample) => sample switch { "christian" => "ETH/USD", "eth-strategy" => "ETH/USDT", _ => "BTC/USDT" };

    // Its signals have dates of their own: they move by whole days to the first whole day of the data.
    private static string OnADayOf(string data, WorkFolder folder)
    {
        using MarketDataFile file = MarketDataFiles.Open(data);
        Assert.That(file.TryRead(out MarketEvent first), Is.True);
        DateTime day = DateTime.UnixEpoch.AddTicks(first.OpenTimeNanos / TimeSpan.NanosecondsPerTick).Date.AddDays(1);
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "paper-trader-signals.csv"));
        folder.Write("paper-trader-signals.csv", text.Replace("2025-09-01", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return folder.Write("paper-trader.yaml", File.ReadAllText(SamplePath(PaperTrader)));
    }

    private static void HasTraded(string sample, RunRecord record)
    {
        Assert.That(record.Signals, Is.Positive);
        if (sample == PaperTrader)
        {
            // R129: ten hours of signals, and what held each of them is said.
            Assert.That((record.Orders.Count, record.Fills.Count, record.Holds.Values.Sum()), Is.EqualTo((0, 0, record.Signals)));
            return;
        }

        Assert.That((record.Orders.Count, record.Fills.Count, record.Trades.Count), Is.GreaterThan((0, 0, 0)));
        Assert.That(record.Orders, Has.None.Matches<OrderRecord>(static order => order.Filled > order.Quantity));
        ILookup<ulong, FillRecord> fills = record.Fills.ToLookup(static fill => fill.ClientOrderId);
        Assert.That(record.Orders, Has.All.Matches<OrderRecord>(order => fills[order.ClientOrderId].Sum(static fill => fill.Quantity.Raw) == order.Filled.Raw));
        Assert.That(record.Orders.Count(static order => order.Filled > Quantity.Zero), Is.EqualTo(fills.Count));
    }

    // Decimals and the fills alone: what was paid and received, what is held at its mark, and what it was worth at first.
    private static void EarnsWhatItsFillsSay(string sample, RunRecord record)
    {
        decimal profit = record.Fills.Sum(static fill => ((fill.IsBuy ? -1 : 1) * Of(fill.Price.Raw) * Of(fill.Quantity.Raw)) - Of(fill.Fee.Raw));
        profit += record.OpenPositions.Sum(static position => Of(position.Quantity.Raw) * Of(position.Mark.Raw));
        profit -= sample == "eth-strategy" ? 2 * 3_000 : 0;
        decimal reported = Of(record.FinalEquity.Raw) - Of(record.InitialEquity.Raw);
        Assert.That(reported, Is.EqualTo(profit).Within(0.00000001m * (record.Fills.Count + 1)));
        Assert.That(record.OtherChange, Is.EqualTo(Money.Zero));
    }

    private static decimal Of(long raw) => raw / (decimal)FixedPoint.One;

    private static (long FinalSequence, string Digest) Replayed(string journal)
    {
        using JournalReader reader = JournalReader.Open(journal, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        var runner = new ReplayRunner(reader, null);
        runner.Run(null, CancellationToken.None);
        return (runner.Engine.State.Sequence, runner.Engine.DigestText());
    }
}
