using System.CommandLine;
using OrderPlatform.Analytics;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Commands;

/// <summary><c>replay &lt;journal&gt;</c>: the same engine, fed by a journal; same outputs, same digest.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string> journal = CommandLine.File("journal", "Folder of a journal.");
        var output = new Option<string?>("--out") { Description = "Folder of report.html and the CSV files; default: none are written." };
        var command = new Command("replay", "Replay a journal: verify it, print the same report, final sequence and digest.") { journal, output };
        command.SetAction(parsed => Failures.Guard(() => Execute(parsed.GetRequiredValue(journal), parsed.GetValue(output))));
        return command;
    }

    /// <summary>Replays a journal with a report.</summary>
    public static (RunRecord Record, OrderLog Orders, ReplayRunner Runner, JournalTail? Torn) Replay(string path, CancellationToken cancellation)
    {
        using JournalReader reader = JournalReader.Open(path, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        var recorder = new RunRecorder();
        var runner = new ReplayRunner(reader, recorder);
        TimeSpan elapsed = ProgressBar.Show("replay", -1, onProgress => runner.Run(onProgress, cancellation));
        return (recorder.Complete(runner.Engine.DigestText(), elapsed, path), recorder.Orders, runner, reader.Torn);
    }

    private static int Execute(string path, string? output)
    {
        RunOutput.Prepare(output);
        using var stop = new StopSignal();
        (RunRecord record, OrderLog orders, ReplayRunner runner, JournalTail? torn) = Replay(path, stop.Token);
        record.Title = "Replay";
        record.DataDescription = $"journal {path}";
        RunOutput.Write(record, orders, output);
        if (torn is not null)
        {
            Console.Error.WriteLine(
                $"warning: {torn.File}: torn tail at offset {torn.Offset}: {torn.TornBytes} bytes after sequence {torn.LastSequence} are no whole record and were not replayed; a process was killed there, or the last record was altered");
            return Failures.BadJournal;
        }

        Console.Error.WriteLine(runner.CheckpointsVerified > 0
            ? $"verified: {runner.CheckpointsVerified} checkpoint{(runner.CheckpointsVerified == 1 ? "" : "s")} of the recorded run agree"
            : "note: the journal has no checkpoint: its run did not end cleanly, and there is no recorded digest to compare");
        return stop.Token.IsCancellationRequested ? Failures.Cancelled : 0;
    }
}
