using System.Buffers;
using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary>
/// <c>snapshot verify</c>: each file sound, tied to the journal's record, restored; with <c>--deep</c> each compared, byte for byte, with what a replay from
/// the first input has there.
/// </summary>
internal static class SnapshotVerify
{
    public static Command Create()
    {
        Argument<string> argument = JournalArgument.Create();
        var deep = new Option<bool>("--deep") { Description = "Replay the journal from its first input, and compare each state byte for byte." };
        var command = new Command("verify",
            "Say whether the snapshots of a journal are true: exit code 0 all, 4 not all. Example: op-admin snapshot verify journal/btc_ma_cross_v1 --deep") { argument, deep };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string journal = JournalArgument.Resolve(parsed.GetRequiredValue(argument));
            JournalReaderOptions reading = JournalArgument.ReadingOf(journal, out _);
            List<SnapshotJudgement> all = [.. SnapshotJudgement.All(journal, reading)];
            Dictionary<string, bool> equal = parsed.GetValue(deep) ? Replay(journal, reading, all) : [];
            var answer = new Answer("snapshot verify", journal);
            AnswerTable table = answer.Table("snapshots", "", "file", "sequence", "usable", new Column("equalsReplay", "as replayed"), "reason");
            int wrong = 0;
            foreach (SnapshotJudgement one in all)
            {
                bool? isEqual = equal.TryGetValue(one.File, out bool same) ? same : null;
                bool isWrong = !one.IsUsable || isEqual == false;
                wrong += isWrong ? 1 : 0;
                string? reason = one.Reason ?? (isEqual == false
                    ? $"is not what a replay has there: see op-admin snapshot diff {journal} {one.Sequence} {one.File}" : null);
                table.Row(Value.Text(one.File), one.Sequence < 0 ? Value.None : Value.Number(one.Sequence), Value.Flag(one.IsUsable), isEqual is { } known
                    ? Value.Flag(known) : Value.None, Value.Text(reason));
            }

            answer.Fact("verified", "verified", Value.Number(all.Count));
            answer.Fact("wrong", "wrong", Value.Number(wrong));
            return answer.Write(parsed, wrong == 0 ? ExitCodes.Done : ExitCodes.No);
        }));
        return command;
    }

    // One replay for all of them; each file is read when its place is reached.
    private static Dictionary<string, bool> Replay(string journal, JournalReaderOptions reading, List<SnapshotJudgement> all)
    {
        var equal = new Dictionary<string, bool>();
        var due = new Queue<SnapshotJudgement>(all.Where(static one => one.IsUsable).OrderBy(static one => one.Sequence));
        using EngineStart start = EngineStart.First(journal, reading);
        var sink = new ArrayBufferWriter<byte>(1 << 16);
        BusinessLogicProcessor engine = start.Engine;
        while (due.Count > 0 && start.Journal.TryRead(out JournalRecord record))
        {
            if (record.IsControl)
            {
                continue;
            }

            engine.Process(record.Sequence, record.TimestampNanos, JournaledInput.MessageOf(record));
            while (due.TryPeek(out SnapshotJudgement? next) && next.Sequence == record.Sequence)
            {
                sink.ResetWrittenCount();
                engine.Capture(sink);
                equal[due.Dequeue().File] = SnapshotSearch.Read(next.File, SnapshotReplay.Options, out _) is { } snapshot
                    && snapshot.Content.Span.SequenceEqual(sink.WrittenSpan);
            }
        }

        return equal;
    }
}
