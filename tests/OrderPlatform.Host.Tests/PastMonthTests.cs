using System.Buffers;
using System.Security.Cryptography;
using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Host.Tests;

/// <summary>Random places of a real month's journal (N1). PAST_PLACES says how many: 1,000 in CI, otherwise 100.</summary>
public sealed class PastMonthTests
{
    private const int Seed = 9;
    private const int SnapshotEvery = 5_000;

    private static readonly int Places = int.TryParse(Environment.GetEnvironmentVariable("PAST_PLACES"), out int places) ? places
        : Environment.GetEnvironmentVariable("CI") == "true" ? 1_000 : 100;

    [TestCase("klines_1m_binance_spot_BTCUSDT_2025-06-01_2025-07-01")]
    public void Any_place_of_a_month_is_what_a_whole_replay_has_there_byte_for_byte(string month)
    {
        using var folder = new WorkFolder();
        string journal = folder.PathOf("journal");
        Record(journal, ReferenceFolder.PathOf("market", month + ".csv.gz"));
        var random = new Random(Seed);
        long last = LastOf(journal);
        long[] places = [.. Enumerable.Range(0, Places).Select(_ => random.NextInt64(0, last + 1))];
        Dictionary<long, string> whole = WholeAt(journal, [.. places]);
        using PastEngine past = PastEngine.Open(journal, new JournalReaderOptions(), SnapshotReplay.Options);
        foreach (long place in places)
        {
            Assert.That(past.GoTo(place), Is.True, $"seed {Seed}, {place}");
            Assert.That(HashOf(past.Engine), Is.EqualTo(whole[place]), $"seed {Seed}, {place}");
        }
    }

    private static void Record(string journal, string data)
    {
        using (RunParts parts = RunParts.Create(Path.Combine(AppContext.BaseDirectory, "samples", "btc-ma-cross.yaml"), data, null))
        using (JournalWriter writer = JournalWriter.Create(journal, JournalPlaces.Options()))
        {
            new BacktestRunner(parts.Feed, parts.OpenGateway(), writer, null).Run(null, CancellationToken.None);
        }

        using SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(journal), SnapshotReplay.Options with { CountMax = 1_000 });
        var taker = new SnapshotTaker(store, SnapshotEvery);
        Replay(journal, taker.OnInput);
        Assert.That(taker.Count, Is.GreaterThan(5));
    }

    private static long LastOf(string journal)
    {
        using JournalReader reader = JournalReader.Open(journal);
        while (reader.TryRead(out _))
        {
        }

        return reader.LastSequence;
    }

    private static Dictionary<long, string> WholeAt(string journal, HashSet<long> places)
    {
        var hashes = new Dictionary<long, string> { [0] = HashOf(new BusinessLogicProcessor()) };
        Replay(journal, (engine, _) =>
        {
            if (places.Contains(engine.State.Sequence))
            {
                hashes[engine.State.Sequence] = HashOf(engine);
            }
        });
        return hashes;
    }

    private static void Replay(string journal, Action<BusinessLogicProcessor, JournalReader> after)
    {
        var engine = new BusinessLogicProcessor();
        using JournalReader reader = JournalReader.Open(journal);
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                engine.Process(record.Sequence, record.TimestampNanos, JournaledInput.MessageOf(record));
                after(engine, reader);
            }
        }
    }

    private static string HashOf(BusinessLogicProcessor engine)
    {
        var sink = new ArrayBufferWriter<byte>();
        engine.Capture(sink);
        return Convert.ToHexString(SHA256.HashData(sink.WrittenSpan));
    }
}
