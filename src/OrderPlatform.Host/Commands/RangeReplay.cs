using OrderPlatform.Analytics;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Commands;

/// <summary>A replay without a report: of a range, from a snapshot, or beside digests. It prints what happened in short, and where it ended.</summary>
internal static class RangeReplay
{
    private const int StateEveryDefault = 1_024;

    /// <summary>How fast a replay is wanted.</summary>
    public static ReplayPace? PaceOf(ReplayArguments arguments) => arguments.Pace is { } factor ? new ReplayPace(factor, TimeProvider.System) : null;

    /// <summary>Runs a replay, with a progress bar where nothing else is shown.</summary>
    public static TimeSpan Run(ReplayRunner runner, ReplayArguments arguments, CancellationToken cancellation) => arguments.PrintsOutputs
        ? runner.Run(null, cancellation)
        : ProgressBar.Show("replay", -1, onProgress => runner.Run(onProgress, cancellation));

    /// <summary>Says where a range and the journal do not meet.</summary>
    /// <exception cref="ConfigurationException">The range begins behind the journal's end.</exception>
    public static void NoteRange(ReplayRunner runner, JournalReader journal, ReplayRange range, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return;
        }

        string last = $"input {journal.LastSequence} at {TimeText.Iso(journal.LastTimestampNanos)}";
        if (runner.InputsInRange == 0 && runner.HasPassedRange)
        {
            Console.Error.WriteLine($"note: no input is in the range: {last} is the first behind it");
        }
        else if (runner.InputsInRange == 0 && range.From is { } from)
        {
            throw new ConfigurationException($"--from {from} is behind the end of the journal, whose last is {last}");
        }
        else if (!runner.HasPassedRange && range.To is { } to && !to.IsReachedBy(journal.LastSequence, journal.LastTimestampNanos))
        {
            Console.Error.WriteLine($"note: the journal ends before --to {to}: its last is {last}");
        }
    }

    /// <summary>Replays, writes and compares digests as asked, and prints where it ended.</summary>
    /// <returns>The exit code.</returns>
    public static int Execute(ReplayArguments arguments, SnapshotTaker? taker, CancellationToken cancellation)
    {
        // A snapshot has the state of the build that took it: what is compared with another build is made from the first record on, unless asked for.
        bool hasDigests = arguments.WriteDigests is not null || arguments.Against is not null;
        using ReplayComparison? comparison = arguments.Against is null ? null : Comparing.Open(arguments.Against);
        using DigestFileWriter? writer = arguments.WriteDigests is { } file ? DigestFileWriter.Create(file, arguments.StateEvery ?? StateEveryDefault) : null;
        using EngineStart start = arguments.FromSnapshot || !hasDigests
            ? SnapshotReplay.Start(arguments.Journal, arguments.Range.From)
            : SnapshotReplay.StartFromZero(arguments.Journal);
        var summary = new RangeSummary();
        bool differs = false;
        var runner = new ReplayRunner(start, taker)
        {
            Range = arguments.Range,
            Pace = PaceOf(arguments),
            Observers = Observers(summary, arguments, comparison, writer),
            OnDifference = hasDigests ? difference => differs = Warn(difference) : null,
        };
        TimeSpan elapsed = Run(runner, arguments, cancellation);
        NoteRange(runner, start.Journal, arguments.Range, cancellation);
        SnapshotReplay.Tell(start, arguments.FromSnapshot);
        bool isWhole = !runner.HasPassedRange && !cancellation.IsCancellationRequested;
        if (runner.InputsInRange > 0)
        {
            writer?.Complete(runner.Engine);
            comparison?.OnEnd(runner.Engine, isWhole);
        }

        Console.Out.Write($"journal {arguments.Journal}\n");
        summary.Write(Console.Out, elapsed);
        PortfolioText.Write(Console.Out, runner.Engine.State);
        Console.Out.Write($"final sequence {runner.Engine.State.Sequence}\ndigest {runner.Engine.DigestText()}\n");
        bool parts = comparison is not null && runner.InputsInRange > 0 && !Comparing.Conclude(comparison, runner.Engine, arguments);
        return parts || differs ? Failures.BadJournal : ReplayCommand.Conclude(runner, start.Journal.Torn, cancellation);
    }

    private static List<IReplayObserver> Observers(RangeSummary summary, ReplayArguments arguments, ReplayComparison? comparison, DigestFileWriter? writer)
    {
        var observers = new List<IReplayObserver> { summary };
        if (arguments.PrintsOutputs)
        {
            observers.Add(new OutputPrinter(Console.Out));
        }

        if (comparison is not null)
        {
            observers.Add(comparison);
        }

        if (writer is not null)
        {
            observers.Add(writer);
        }

        return observers;
    }

    private static bool Warn(string difference)
    {
        Console.Error.WriteLine($"warning: {difference}");
        return true;
    }
}
