using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Auditing;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.Auditing;

/// <summary><c>audit export|verify</c>: one client's part of a journal as a file with a hash chain, and its check (N12).</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "Export what concerns one client as a file that a third party can check, and check such a file.") { Export(), Verify() };

    private static Command Export()
    {
        Argument<string> journal = JournalArgument.Create();
        var client = new Option<string>("--client") { Description = "The client, by name or number.", Required = true };
        var file = new Option<string>("--out") { Description = "The file, JSON lines; one that is there is replaced.", Required = true };
        Option<string?> from = PlaceOption.Create("--from", "Only entries from this input or time on.");
        Option<string?> to = PlaceOption.Create("--to", "Only entries up to this input or time.");
        var command = new Command("export", "Write one client's inputs, decisions, orders and fills. Example: op-admin audit export journal/odum --client odum --out odum.jsonl")
        {
            journal, client, file, from, to,
        };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string path = JournalArgument.Resolve(parsed.GetRequiredValue(journal));
            JournalReaderOptions reading = JournalArgument.ReadingOf(path, out _);
            var names = JournalNames.Read(path, reading);
            uint id = names.Clients.Find(parsed.GetRequiredValue(client));
            AuditRange range = new(id, PlaceOption.Read(parsed.GetValue(from)), PlaceOption.Read(parsed.GetValue(to)));
            string target = parsed.GetRequiredValue(file);
            AuditSummary summary = WriteFile(path, reading, range, target);
            return new Answer("audit export", path)
                .Fact("client", "client", Value.Text(names.Clients[id]))
                .Fact("file", "file", Value.Text(target))
                .Fact("entries", "entries", Value.Number(summary.Entries))
                .Fact("firstSequence", "first input", Value.Number(summary.First))
                .Fact("lastSequence", "last input", Value.Number(summary.Last))
                .Fact("head", "head", Value.Text(summary.Head))
                .Note("tell the head by another way than the file: with it, or with the journal, a file whose hashes were all made anew is found")
                .Write(parsed);
        }));
        return command;
    }

    private static Command Verify()
    {
        Argument<string> file = CommandLine.File("file", "An audit file.");
        var journal = new Option<string?>("--journal") { Description = "Also that each entry is what this journal says." };
        var head = new Option<string?>("--head") { Description = "Also that the file ends with this hash, told by another way." };
        head.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && (text.Length != 64 || !text.All(char.IsAsciiHexDigit)))
            {
                result.AddError($"--head is '{text}': give the 64 hexadecimal digits that the export printed");
            }
        });
        var command = new Command("verify", "Check an audit file; names the first line that is not as it was written. Example: op-admin audit verify odum.jsonl --journal journal/odum")
        {
            file, journal, head,
        };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string path = parsed.GetRequiredValue(file);
            using var stop = new StopSignal();
            AuditVerdict verdict = AuditVerification.Chain(path, parsed.GetValue(head));
            if (parsed.GetValue(journal) is { } folder)
            {
                string resolved = JournalArgument.Resolve(folder);
                verdict = AuditVerification.WithJournal(path, verdict, resolved, JournalArgument.ReadingOf(resolved, out _), stop.Token);
            }

            return Answer(path, verdict, parsed.GetValue(journal) is not null, parsed.GetValue(head) is not null).Write(parsed, verdict.IsGood ? ExitCodes.Done : ExitCodes.No);
        }));
        return command;
    }

    private static Answer Answer(string file, AuditVerdict verdict, bool hasJournal, bool hasHead)
    {
        Answer answer = new Answer("audit verify", null)
            .Fact("file", "file", Value.Text(file))
            .Fact("good", "good", Value.Flag(verdict.IsGood))
            .Fact("client", "client", Value.Text(verdict.Header?.Name))
            .Fact("goodLines", "good lines", Value.Number(verdict.Lines))
            .Fact("head", "head", Value.Text(verdict.Head));
        if (verdict.Finding is { } finding)
        {
            answer.Fact("fault", "fault", Value.Enum(finding.Fault))
                .Fact("line", "line", Value.Number(finding.Line))
                .Fact("entry", "entry", Value.Number(finding.Entry))
                .Fact("what", "what", Value.Text(finding.What));
        }
        else if (!hasJournal && !hasHead)
        {
            answer.Note("the chain is whole; that its hashes were not all made anew is proven only by --head with a hash told by another way, or by --journal");
        }

        return answer;
    }

    // It appears whole or not at all.
    private static AuditSummary WriteFile(string journal, JournalReaderOptions reading, AuditRange range, string file)
    {
        using var stop = new StopSignal();
        string partial = file + ".partial";
        try
        {
            AuditSummary summary;
            using (var output = new BufferedStream(File.Create(partial), 1 << 16))
            {
                summary = AuditExport.Write(journal, reading, range, output, stop.Token);
            }

            File.Move(partial, file, overwrite: true);
            return summary;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
