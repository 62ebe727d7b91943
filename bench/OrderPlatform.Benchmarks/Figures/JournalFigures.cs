using System.Diagnostics;
using System.Globalization;
using OrderPlatform.Benchmarks.Durability;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Micro;
using OrderPlatform.HdrHistogram;
using OrderPlatform.Journal;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>
/// What an append costs beside the copy and the checksum that no journal can avoid; how long each policy takes to call an input durable, beside a bare
/// sync on the same file system; and how long an append can be held up at a fixed rate, beside the same loop without a journal.
/// </summary>
internal static class JournalFigures
{
    private const int RoundCount = 18;
    private const int Rate = 100_000;

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan PolicyTime = TimeSpan.FromSeconds(1.5);
    private static readonly string[] Policies = ["page-cache", "interval:1ms", "every-batch"];

    public static void Run()
    {
        Appends();
        Acknowledgements();
        Stalls(Rate, TimeSpan.FromSeconds(4));
    }

    /// <summary>
    /// The worst append and the time to durable in an open loop, by policy, beside the same loop without a journal: alone, and with one thread that syncs
    /// without pause, as the policies that sync have one.
    /// </summary>
    public static void Stalls(int rate, TimeSpan time)
    {
        var work = new JournalAppendBenchmark();
        LongHistogram alone = OpenLoop.RunBare(rate, time, () => work.CopyAndChecksumOne()).Appended;
        LongHistogram beside = InFolder(folder => BareSync.Beside(folder, () => OpenLoop.RunBare(rate, time, () => work.CopyAndChecksumOne()).Appended));
        foreach ((string name, double percentile) in new[] { ("p50", 50d), ("p99.9", 99.9), ("worst", 100) })
            Print($"no-journal-beside-fdatasync-{name}", beside, "no-journal", alone, percentile);
        foreach (string policy in Policies)
        {
            (string baseline, LongHistogram bare) = policy == "every-batch" ? ("no-journal-beside-fdatasync", beside) : ("no-journal", alone);
            OpenLoopResult result = InFolder(folder => OpenLoop.Run(folder, JournalDurability.Parse(policy), rate, time));
            Figure.Note(string.Create(
                CultureInfo.InvariantCulture, $"{policy} at {rate}/s for {time.TotalSeconds} s, open loop: {result.Segments} segments of 16 MiB"));
            foreach ((string name, double percentile) in new[] { ("p50", 50d), ("p99.9", 99.9), ("p99.99", 99.99), ("worst", 100) })
                Print($"append-{policy}-{name}", result.Appended, baseline, bare, percentile);
            foreach ((string name, double percentile) in new[] { ("p50", 50d), ("p99", 99), ("p99.9", 99.9), ("worst", 100) })
                Print($"loaded-{policy}-{name}", result.Durable, baseline, bare, percentile);
        }
    }

    private static void Appends()
    {
        var append = new JournalAppendBenchmark();
        var synced = new JournalAppendBenchmark { Durability = JournalDurability.EveryBatch };
        var read = new JournalReadBenchmark();
        read.Fill();
        Rounds rounds = Rounds.Run(
            [
                Loop.Once("append", JournalAppendBenchmark.Records, append.Create, () => append.Append(), append.Remove),
                Loop.Once("append-every-batch", JournalAppendBenchmark.Records, synced.Create, () => synced.Append(), synced.Remove),
                Loop.Of("copy-and-crc", JournalAppendBenchmark.Records, () => append.CopyAndChecksum()),
                Loop.Of("read", JournalReadBenchmark.Records, () => read.Read()),
            ],
            RoundCount, RoundTime);
        read.Remove();
        Figure.PrintTime("journal.append", rounds, "append", "copy-and-crc");
        Figure.PrintTime("journal.append-every-batch", rounds, "append-every-batch", "copy-and-crc");
        Figure.PrintTime("journal.read", rounds, "read", "copy-and-crc");
        append.Create();
        long before = GC.GetAllocatedBytesForCurrentThread();
        append.Append();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        append.Remove();
        Figure.Print("journal.append-allocated", bytes, "bytes", "copy-and-crc", 0, bytes == 0 ? 1 : 0);
    }

    private static void Acknowledgements()
    {
        LongHistogram bare = InFolder(static folder => BareSync.Run(folder, PolicyTime));
        foreach (string policy in Policies)
        {
            LongHistogram times = InFolder(folder => Acknowledge(folder, JournalDurability.Parse(policy)));
            foreach ((string name, double percentile) in new[] { ("p50", 50d), ("p99", 99), ("p99.9", 99.9) })
                Print($"durable-{policy}-{name}", times, "fdatasync", bare, percentile);
        }
    }

    // One input after the other, each when the last is durable: nothing to group.
    private static LongHistogram Acknowledge(string folder, JournalDurability durability)
    {
        var times = new LongHistogram(60_000_000_000, 3);
        byte[] payload = new byte[96];
        using JournalWriter writer = JournalWriter.Create(folder, new JournalOptions { SegmentLengthBytes = 16 << 20, Durability = durability });
        long began = Stopwatch.GetTimestamp();
        for (long sequence = 1; sequence <= 500_000 && Stopwatch.GetElapsedTime(began) < PolicyTime; sequence++)
        {
            long start = Stopwatch.GetTimestamp();
            writer.Append(sequence, sequence, 1, 0, payload);
            writer.EndBatch();
            writer.WaitUntilDurable(sequence, TimeSpan.FromSeconds(10));
            times.RecordValue(OpenLoop.NanosSince(start));
        }

        return times;
    }

    private static void Print(string name, LongHistogram times, string baseline, LongHistogram baselineTimes, double percentile)
    {
        long nanos = times.GetValueAtPercentile(percentile);
        long baselineNanos = baselineTimes.GetValueAtPercentile(percentile);
        Figure.Print($"journal.{name}", nanos, "ns", baseline, baselineNanos, baselineNanos / (double)Math.Max(nanos, 1));
    }

    private static T InFolder<T>(Func<string, T> measure)
    {
        string folder = Directory.CreateTempSubdirectory("journal-bench-").FullName;
        try
        {
            return measure(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
