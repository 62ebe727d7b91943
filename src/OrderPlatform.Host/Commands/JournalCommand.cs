using System.CommandLine;
using System.Globalization;
using OrderPlatform.Journal;

namespace OrderPlatform.Host.Commands;

/// <summary><c>journal verify</c> and <c>journal truncate</c>: what an operator can ask of a journal and do to it.</summary>
internal static class JournalCommand
{
    public static Command Create() => new("journal", "Verify a journal, or end it at a sequence.") { Verify(), Truncate() };

    private static Command Verify()
    {
        Argument<string> folder = CommandLine.File("journal", "Folder of a journal.");
        var command = new Command("verify", "Read all of a journal and say what it is worth: exit code 0 good, 3 torn tail, 4 damage.") { folder };
        command.SetAction(parsed => Failures.Guard(() => Verify(parsed.GetRequiredValue(folder))));
        return command;
    }

    private static Command Truncate()
    {
        Argument<string> folder = CommandLine.File("journal", "Folder of a journal that no writer has open.");
        var at = new Option<long>("--at") { Description = "The last input to keep; the original is kept beside the journal.", Required = true };
        var command = new Command("truncate", "End a journal behind a sequence, so that a damaged one can be opened again.") { folder, at };
        command.SetAction(parsed => Failures.Guard(() => Truncate(parsed.GetRequiredValue(folder), parsed.GetValue(at))));
        return command;
    }

    private static int Verify(string folder)
    {
        JournalReport report = JournalInspection.Inspect(folder);
        Print("journal", folder);
        Print("segments", Number(report.Segments));
        Print("records", $"{Number(report.Inputs)} inputs, {Number(report.Controls)} control records");
        Print("sequences", report.Inputs == 0 ? "none" : $"{Number(report.FirstSequence)} to {Number(report.LastSequence)}");
        Print("durable", !report.IsSynced ? "not marked: the journal was written under page-cache" : $"marked up to sequence {Number(report.DurableSequence)}");
        Print("verdict", report.Verdict switch
        {
            JournalVerdict.Good => "good",
            JournalVerdict.TornTail => TextOf(report.Torn!),
            _ => $"damage ({report.Damage!.Kind}): {report.Damage.Message}",
        });
        return report.Verdict switch { JournalVerdict.Good => 0, JournalVerdict.TornTail => Failures.TornTail, _ => Failures.Damage };
    }

    private static int Truncate(string folder, long sequence)
    {
        JournalTruncated done = JournalTruncation.At(folder, sequence);
        Console.WriteLine($"{folder} now ends with sequence {Number(done.LastSequence)}, in {done.File} at offset {Number(done.Offset)}");
        foreach (string kept in done.KeptFiles)
        {
            Console.WriteLine($"kept {kept}");
        }

        return 0;
    }

    private static string TextOf(JournalTail torn) =>
        $"torn tail: {torn.File}: {Number(torn.TornBytes)} bytes at offset {Number(torn.Offset)}, after sequence {Number(torn.LastSequence)}, are no whole record"
        + (torn.UnsyncedSegments.Count == 0 ? "" : $", and {torn.UnsyncedSegments.Count} segments behind them were never durable")
        + ": the next writer cuts them and keeps them beside the journal";

    private static void Print(string label, string text) => Console.WriteLine($"{label,-10} {text}");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
