using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;

namespace OrderPlatform.Admin.Journals;

/// <summary><c>journal truncate</c>: ends a journal behind a sequence; the original is kept beside it.</summary>
internal static class JournalTruncate
{
    public static Command Create()
    {
        Argument<string> folder = JournalArgument.Create();
        var at = new Option<long>("--at") { Description = "The last input to keep; the original is kept beside the journal.", Required = true };
        var command = new Command("truncate",
            "End a journal that no writer has open behind a sequence, so that a damaged one can be opened again.") { folder, at };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            // A folder of runs is not good enough for what changes a journal.
            string journal = parsed.GetRequiredValue(folder);
            JournalTruncated done = JournalTruncation.At(journal, parsed.GetValue(at));
            var answer = new Answer("journal truncate", journal);
            answer.Fact("lastSequence", "last sequence", Value.Number(done.LastSequence));
            answer.Fact("file", "file", Value.Text(done.File));
            answer.Fact("offset", "offset", Value.Number(done.Offset));
            AnswerTable kept = answer.Table("kept", "", "kept");
            foreach (string file in done.KeptFiles)
            {
                kept.Row(Value.Text(file));
            }

            return answer.Write(parsed);
        }));
        return command;
    }
}
