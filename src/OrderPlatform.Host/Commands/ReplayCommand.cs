using System.CommandLine;
using OrderPlatform.Analytics;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Commands;

/// <summary><c>replay &lt;journal&gt;</c>: the same engine, fed by a journal; same outputs, same digest.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var options = new ReplayOptions();
        var command = new Command("replay", "Replay a journal: verify it, print the same report, final sequence and digest.");
        options.AddTo(command);
        command.SetAction(parsed => Failures.Guard(() => Execute(options.Read(parsed))));
        return command;
    }

    /// <summary>Replays a journal with a report.</summary>
    public static (RunRecord Record, OrderLog Orders, ReplayRunner Runner, JournalTail? Torn) Replay(
        string path, CancellationToken cancellation, SnapshotTaker? taker = null) =>
        Replay(new ReplayArguments { Journal = path }, taker, cancellation);

    /// <summary>Says on the error stream how a replay ended.</summary>
    /// <returns>The exit code.</returns>
    public static int Conclude(ReplayRunner runner, JournalTail? torn, CancellationToken cancellation)
    {
        if (torn is not null)
        {
            Console.Error.WriteLine(
                $"warning: {torn.File}: torn tail at offset {torn.Offset}: {torn.TornBytes} bytes after sequence {torn.LastSequence} "
                + "are no whole record and were not replayed; a process was killed there, or the last record was altered");
            return Failures.BadJournal;
        }

        bool isWhole = !runner.HasPassedRange && !cancellation.IsCancellationRequested;
        Console.Error.WriteLine(
            runner.CheckpointsVerified > 0
                ? $"verified: {runner.CheckpointsVerified} checkpoint{(runner.CheckpointsVerified == 1 ? "" : "s")} of the recorded run agree"
            : isWhole ? "note: the journal has no checkpoint: its run did not end cleanly, and there is no recorded digest to compare"
            : $"note: the journal has no checkpoint up to sequence {runner.Engine.State.Sequence}, and there is no recorded digest to compare");
        if (isWhole && runner is { CheckpointsVerified: > 0, IsCleanEnd: false })
        {
            Console.Error.WriteLine("note: the journal does not end with a clean shutdown: its run was cut short, or goes on");
        }

        return cancellation.IsCancellationRequested ? Failures.Cancelled : 0;
    }

    private static (RunRecord Record, OrderLog Orders, ReplayRunner Runner, JournalTail? Torn) Replay(
        ReplayArguments arguments, SnapshotTaker? taker, CancellationToken cancellation)
    {
        using JournalReader reader = JournalReader.Open(arguments.Journal, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        var recorder = new RunRecorder();
        var runner = new ReplayRunner(reader, recorder, taker)
        {
            Range = arguments.Range,
            Pace = RangeReplay.PaceOf(arguments),
            Observers = arguments.PrintsOutputs ? [new OutputPrinter(Console.Out)] : [],
        };
        TimeSpan elapsed = RangeReplay.Run(runner, arguments, cancellation);
        RangeReplay.NoteRange(runner, reader, arguments.Range, cancellation);
        return (recorder.Complete(runner.Engine.DigestText(), elapsed, arguments.Journal), recorder.Orders, runner, reader.Torn);
    }

    private static int Execute(ReplayArguments arguments)
    {
        using var stop = new StopSignal();
        using SnapshotStore? store = arguments.SnapshotEvery is null ? null : SnapshotReplay.OpenStore(arguments.Journal);
        SnapshotTaker? taker = store is null ? null : new SnapshotTaker(store, arguments.SnapshotEvery!.Value);
        if (!arguments.HasReport)
        {
            return RangeReplay.Execute(arguments, taker, stop.Token);
        }

        RunOutput.Prepare(arguments.Out);
        (RunRecord record, OrderLog orders, ReplayRunner runner, JournalTail? torn) = Replay(arguments, taker, stop.Token);
        record.Title = "Replay";
        record.DataDescription = $"journal {arguments.Journal}";
        RunOutput.Write(record, orders, arguments.Out);
        return Conclude(runner, torn, stop.Token);
    }
}
