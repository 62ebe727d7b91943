using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;

namespace OrderPlatform.Admin.Journals;

/// <summary><c>journal list</c>: the journals there are.</summary>
internal static class JournalList
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Where journals lie.", DefaultValueFactory = static _ => "journal" };
        var command = new Command("list",
            "The journals in a folder and below it, each at a glance: its newest segment is verified, what comes before is not. Example: op-admin journal list") { folder };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string below = parsed.GetRequiredValue(folder);
            if (!Directory.Exists(below))
            {
                // Says that there is none.
                JournalReader.Open(below).Dispose();
            }

            var answer = new Answer("journal list", null);
            answer.Fact("folder", "folder", Value.Text(below));
            AnswerTable table = answer.Table(
                "journals", "", "journal", "shard", new Column("firstSequence", "first"), new Column("lastSequence", "last"),
                new Column("firstTime", "from"), new Column("lastTime", "to"), "bytes",
                "segments", "snapshots", "running", new Column("cleanEnd", "clean end"), "verdict");
            foreach (JournalSummary one in JournalSummary.Below(below))
            {
                table.Row(
                    Value.Text(one.Folder), one.Shard is { } shard ? Value.Number(shard) : Value.None, Number(one.FirstSequence), Number(one.LastSequence),
                        Value.Time(one.FirstNanos), Value.Time(one.LastNanos),
                    Value.Number(one.Bytes), Value.Number(one.Segments), Value.Number(one.Snapshots), Value.Flag(one.IsRunning), Value.Flag(one.IsCleanEnd),
                        Value.Text(one.Verdict));
            }

            if (table.Rows.Count == 0)
            {
                answer.Note($"there is no journal in {below} or below it");
            }

            return answer.Write(parsed);
        }));
        return command;
    }

    private static Value Number(long? number) => number is { } known ? Value.Number(known) : Value.None;
}
