using System.Diagnostics;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Recovery;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Past.Views;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>
/// Time travel in a journal of a million inputs with a snapshot every 50,000: to go to a random place and look at all of it, beside a whole replay to there; and steps back
/// beside steps forward, a hundred at a random place, and 20,000, most of which were not passed before.
/// </summary>
internal static class PastFigures
{
    private const int Inputs = 1_000_000;
    private const int SnapshotEvery = 50_000;
    private const int Trials = 15;
    private const int Seed = 9;

    private static readonly SnapshotStoreOptions Snapshots = new() { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version, CountMax = 100 };
    private static readonly JournalReaderOptions Reading = new() { SchemaId = MessagesSchema.SchemaId };

    public static void Run()
    {
        string folder = Directory.CreateTempSubdirectory("past-bench-").FullName;
        try
        {
            string journal = Path.Combine(folder, "journal");
            long count = Record(journal);
            Places(journal, count);
            Steps(journal, count, 100);
            Steps(journal, count, 20_000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Record(string journal)
    {
        long count = RecordedMonths.Record(journal, Inputs);
        using JournalReader reader = JournalReader.Open(journal);
        using SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(journal), Snapshots);
        new ReplayRunner(reader, null, new SnapshotTaker(store, SnapshotEvery)).Run(null, CancellationToken.None);
        return count;
    }

    private static void Places(string journal, long count)
    {
        var random = new Random(Seed);
        List<double> at = [], whole = [];
        for (int trial = 0; trial < Trials; trial++)
        {
            long place = random.NextInt64(1, count);
            at.Add(Millis(() => Look(journal, place)));
            whole.Add(Millis(() => Replay(journal, place)));
        }

        Figure.Print("past.at", Rounds.Median(at), "ms", "whole-replay", Rounds.Median(whole), Rounds.Median(whole) / Rounds.Median(at));
    }

    private static void Steps(string journal, long count, int steps)
    {
        var random = new Random(Seed);
        List<double> forward = [], back = [];
        for (int trial = 0; trial < Trials; trial++)
        {
            long place = random.NextInt64(2 * steps, count - steps);
            using PastEngine past = PastEngine.Open(journal, Reading, Snapshots);
            var walk = new PastWalk(past);
            walk.GoTo(place);
            forward.Add(Millis(() => Walk(walk.TryStep, steps)) / steps);
            walk = new PastWalk(past);
            walk.GoTo(place);
            back.Add(Millis(() => Walk(walk.TryStepBack, steps)) / steps);
            if (walk.Here.State.Sequence != place - steps)
                throw new InvalidOperationException($"{steps} steps back from {place} end at {walk.Here.State.Sequence}");
        }

        (double there, double here) = (Rounds.Median(forward) * 1_000, Rounds.Median(back) * 1_000);
        Figure.Print($"past.back-{steps}", here, "us/step", $"forward-{steps}", there, there / here);
    }

    private static void Look(string journal, long place)
    {
        using PastEngine past = PastEngine.Open(journal, Reading, Snapshots);
        if (!past.GoTo(place) || StateView.Of(past.Engine).Sequence != place)
            throw new InvalidOperationException($"{place} was not reached");
    }

    private static void Replay(string journal, long place)
    {
        using JournalReader reader = JournalReader.Open(journal, Reading);
        var runner = new ReplayRunner(reader, null) { Range = new ReplayRange(null, ReplayPlace.AtSequence(place)) };
        runner.Run(null, CancellationToken.None);
        if (StateView.Of(runner.Engine).Sequence != place)
            throw new InvalidOperationException($"{place} was not reached");
    }

    private static void Walk(Func<bool> move, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            if (!move())
                throw new InvalidOperationException("a wall where there is none");
        }
    }

    private static double Millis(Action work)
    {
        long began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
