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
        Argument<string> journal = CommandLine.File("journal", "Folder of a journal.");
        var output = new Option<string?>("--out") { Description = "Folder of report.html and the CSV files; default: none are written." };
        var fromSnapshot = new Option<bool>("--from-snapshot")
        {
            Description = "Start from the newest usable snapshot: final sequence and digest, but no report, which needs the whole journal.",
        };
        Option<long?> every = SnapshotReplay.EveryOption();
        var command = new Command("replay", "Replay a journal: verify it, print the same report, final sequence and digest.")
        {
            journal, output, fromSnapshot, every,
        };
        command.SetAction(parsed => Failures.Guard(() =>
            Execute(parsed.GetRequiredValue(journal), parsed.GetValue(output), parsed.GetValue(fromSnapshot), parsed.GetValue(every))));
        return command;
    }

    /// <summary>Replays a journal with a report.</summary>
    public static (RunRecord Record, OrderLog Orders, ReplayRunner Runner, JournalTail? Torn) Replay(
        string path, CancellationToken cancellation, SnapshotTaker? taker = null)
    {
        using JournalReader reader = JournalReader.Open(path, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        var recorder = new RunRecorder();
        var runner = new ReplayRunner(reader, recorder, taker);
        TimeSpan elapsed = ProgressBar.Show("replay", -1, onProgress => runner.Run(onProgress, cancellation));
        return (recorder.Complete(runner.Engine.DigestText(), elapsed, path), recorder.Orders, runner, reader.Torn);
    }

    /// <summary>Says on the error stream how a replay ended.</summary>
    /// <returns>The exit code.</returns>
    public static int Conclude(ReplayRunner runner, JournalTail? torn, CancellationToken cancellation)
    {
        if (torn is not null)
        {
            Console.Error.WriteLine(
                $"warning: {torn.File}: torn tail at offset {torn.Offset}: {torn.TornBytes} bytes after sequence {torn.LastSequence} are no whole record and were not replayed; a process was killed there, or the last record was altered");
            return Failures.BadJournal;
        }

        Console.Error.WriteLine(runner.CheckpointsVerified > 0
            ? $"verified: {runner.CheckpointsVerified} checkpoint{(runner.CheckpointsVerified == 1 ? "" : "s")} of the recorded run agree"
            : "note: the journal has no checkpoint: its run did not end cleanly, and there is no recorded digest to compare");
        if (runner is { CheckpointsVerified: > 0, IsCleanEnd: false } && !cancellation.IsCancellationRequested)
        {
            Console.Error.WriteLine("note: the journal does not end with a clean shutdown: its run was cut short, or goes on");
        }

        return cancellation.IsCancellationRequested ? Failures.Cancelled : 0;
    }

    private static int Execute(string path, string? output, bool fromSnapshot, long? every)
    {
        if (fromSnapshot && output is not null)
        {
            throw new ArgumentException("--out needs the whole journal: leave --from-snapshot or --out away");
        }

        using var stop = new StopSignal();
        using SnapshotStore? store = every is null ? null : SnapshotReplay.OpenStore(path);
        SnapshotTaker? taker = store is null ? null : new SnapshotTaker(store, every!.Value);
        if (fromSnapshot)
        {
            return SnapshotReplay.Run(path, taker, stop.Token);
        }

        RunOutput.Prepare(output);
        (RunRecord record, OrderLog orders, ReplayRunner runner, JournalTail? torn) = Replay(path, stop.Token, taker);
        record.Title = "Replay";
        record.DataDescription = $"journal {path}";
        RunOutput.Write(record, orders, output);
        return Conclude(runner, torn, stop.Token);
    }
}
