using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;

namespace OrderPlatform.Admin.Journals;

/// <summary><c>journal verify</c>: reads all of a journal and says what it is worth.</summary>
internal static class JournalVerify
{
    public static Command Create()
    {
        Argument<string> folder = JournalArgument.Create();
        var command = new Command("verify", "Read all of a journal and say what it is worth: exit code 0 good, 3 torn tail, 4 damage.") { folder };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string journal = JournalArgument.Resolve(parsed.GetRequiredValue(folder));
            JournalReport report = JournalInspection.Inspect(journal);
            return AnswerOf(journal, report).Write(parsed, report.Verdict switch
            {
                JournalVerdict.Good => ExitCodes.Done,
                JournalVerdict.TornTail => ExitCodes.BadJournal,
                _ => ExitCodes.No
            });
        }));
        return command;
    }

    private static Answer AnswerOf(string journal, JournalReport report)
    {
        var answer = new Answer("journal verify", journal);
        answer.Fact("segments", "segments", Value.Number(report.Segments));
        answer.Fact("inputs", "inputs", Value.Number(report.Inputs));
        answer.Fact("controls", "control records", Value.Number(report.Controls));
        answer.Fact("firstSequence", "first sequence", report.Inputs == 0 ? Value.None : Value.Number(report.FirstSequence));
        answer.Fact("lastSequence", "last sequence", report.Inputs == 0 ? Value.None : Value.Number(report.LastSequence));
        answer.Fact("durableSequence", "marked durable", report.IsSynced ? Value.Number(report.DurableSequence) : Value.None);
        answer.Fact("running", "being written", Value.Flag(report.IsBeingWritten));
        answer.Fact("verdict", "verdict", Value.Text(report.Verdict switch
        {
            JournalVerdict.Good => "good",
            JournalVerdict.TornTail => "torn tail",
            _ => "damage"
        }));
        if (report.Torn is { } torn)
        {
            answer.Fact("file", "file", Value.Text(torn.File));
            answer.Fact("offset", "offset", Value.Number(torn.Offset));
            answer.Note(TornText.Of(torn));
        }

        if (report.Damage is { } damage)
        {
            answer.Fact("fault", "fault", Value.Enum(damage.Kind));
            answer.Note(damage.Message);
        }

        if (!report.IsSynced)
        {
            answer.Note("the journal was written under page-cache, which marks nothing durable");
        }

        return answer;
    }
}
