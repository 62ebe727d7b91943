using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary><c>snapshot list</c>: the snapshots of a journal, and which of them an engine would start from.</summary>
internal static class SnapshotList
{
    public static Command Create()
    {
        Argument<string> argument = JournalArgument.Create();
        var command = new Command("list", "The snapshots of a journal, newest first, and whether an engine can start from each.") { argument };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string journal = JournalArgument.Resolve(parsed.GetRequiredValue(argument));
            JournalReaderOptions reading = JournalArgument.ReadingOf(journal, out _);
            var answer = new Answer("snapshot list", journal);
            AnswerTable table = answer.Table("snapshots", "", "file", "sequence", new Column("takenAt", "taken"), "bytes", "usable", "reason");
            foreach (SnapshotJudgement one in SnapshotJudgement.All(journal, reading))
            {
                table.Row(
                    Value.Text(one.File), one.Sequence < 0 ? Value.None : Value.Number(one.Sequence), Value.Time(one.CreatedNanos), Value.Number(one.Bytes),
                        Value.Flag(one.IsUsable), Value.Text(one.Reason));
            }

            if (table.Rows.Count == 0)
            {
                answer.Note("there is no snapshot: op-admin snapshot take makes one, and so does a run or a replay with --snapshot-every");
            }

            return answer.Write(parsed);
        }));
        return command;
    }
}
