using System.Diagnostics;
using System.Globalization;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Recovery;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>
/// Replay of a journal, plain, writing digests and comparing them, beside the engine alone over the same inputs in memory; and how long recovery takes by
/// the journal's length, from its first record and from a snapshot of which 1,000 inputs have come since.
/// </summary>
internal static class ReplayFigures
{
    private const int ReplayedInputs = 200_000;
    private const int RoundCount = 7;
    private const int Tail = 1_000;

    private static readonly int[] Lengths = [10_000, 100_000, 1_000_000];
    private static readonly SnapshotStoreOptions Snapshots = new() { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };

    public static void Run()
    {
        string folder = Directory.CreateTempSubdirectory("replay-bench-").FullName;
        try
        {
            Replays(Path.Combine(folder, "replay"));
            foreach (int length in Lengths)
                Recoveries(Path.Combine(folder, length.ToString(CultureInfo.InvariantCulture)), length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Replays(string folder)
    {
        long count = RecordedMonths.Record(folder, ReplayedInputs);
        InputsInMemory inputs = RecordedMonths.Load(folder);
        string expected = inputs.Run().DigestText();
        string digests = folder + ".digests";
        Rounds rounds = Rounds.Run(
            [
                Loop.Of("engine-alone", (int)count, () => Require(inputs.Run(), expected)),
                Loop.Of("replay", (int)count, () => Require(Replay(folder, []), expected)),
                Loop.Once("write-digests", (int)count, () => File.Delete(digests), () => Write(folder, digests, expected), static () => { }),
                Loop.Of("against", (int)count, () => Against(folder, digests, count, expected)),
            ],
            RoundCount, TimeSpan.FromMilliseconds(100));
        Figure.Note($"{count} inputs, 1 of 30 a signal or a report");
        foreach (string name in new[] { "replay", "write-digests", "against" })
            Figure.PrintRate($"replay.{name}", rounds, name, "engine-alone");
    }

    private static void Recoveries(string folder, int length)
    {
        long count = RecordedMonths.Record(folder, length);
        double fromZero = Seconds(() => Recover(folder, count));
        using (SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(folder), Snapshots))
        {
            using EngineStart start = EngineStart.First(folder, new JournalReaderOptions());
            var runner = new ReplayRunner(start)
            {
                Range = new ReplayRange(null, ReplayPlace.AtSequence(count - Tail)),
                Observers = [new SnapshotAt(store, count - Tail)],
            };
            runner.Run(null, CancellationToken.None);
        }

        double fromSnapshot = Seconds(() => Recover(folder, count));
        string name = length.ToString(CultureInfo.InvariantCulture);
        Figure.Print($"replay.recovery-{name}-with-snapshot", fromSnapshot * 1_000, "ms", "without-snapshot", fromZero * 1_000, fromZero / fromSnapshot);
    }

    private static void Recover(string folder, long count)
    {
        using EngineStart start = EngineStart.Newest(folder, new JournalReaderOptions(), Snapshots);
        var runner = new ReplayRunner(start);
        runner.Run(null, CancellationToken.None);
        if (runner.Engine.State.Sequence != count || runner.CheckpointsVerified != 1)
            throw new InvalidOperationException($"recovery ended at {runner.Engine.State.Sequence} of {count}");
    }

    private static BusinessLogicProcessor Replay(string folder, IReadOnlyList<IReplayObserver> observers)
    {
        using JournalReader reader = JournalReader.Open(folder);
        var runner = new ReplayRunner(reader, null) { Observers = observers };
        runner.Run(null, CancellationToken.None);
        return runner.Engine;
    }

    private static void Write(string folder, string digests, string expected)
    {
        using DigestFileWriter writer = DigestFileWriter.Create(digests, 1_024);
        BusinessLogicProcessor engine = Replay(folder, [writer]);
        writer.Complete(engine);
        Require(engine, expected);
    }

    private static void Against(string folder, string digests, long count, string expected)
    {
        using var comparison = new DigestComparison(DigestFileReader.Open(digests));
        BusinessLogicProcessor engine = Replay(folder, [comparison]);
        comparison.OnEnd(engine, isWhole: true);
        if (comparison.Agreed != count || comparison.Found is not null)
            throw new InvalidOperationException("a replay differs from its own digests");
        Require(engine, expected);
    }

    private static void Require(BusinessLogicProcessor engine, string digest)
    {
        if (engine.DigestText() != digest)
            throw new InvalidOperationException($"a replay ended with {engine.DigestText()} instead of {digest}");
    }

    private static double Seconds(Action work)
    {
        var times = new List<double>();
        for (int round = 0; round < 3; round++)
        {
            long began = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return Rounds.Median(times);
    }

    private sealed class SnapshotAt(SnapshotStore store, long sequence) : IReplayObserver
    {
        public void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
        {
        }

        public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
        {
            if (engine.State.Sequence == sequence)
                new SnapshotTaker(store, sequence).Take(engine, journal);
            return true;
        }
    }
}
