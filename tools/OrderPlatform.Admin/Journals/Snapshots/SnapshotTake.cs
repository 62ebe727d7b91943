using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.TimeTravel;
using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary>
/// <c>snapshot take</c>: a snapshot of a place. Beside a running engine too, but not beside one that takes snapshots itself: the store has one writer. It takes
/// no older
/// snapshot away.
/// </summary>
internal static class SnapshotTake
{
    public static Command Create()
    {
        Argument<string> argument = JournalArgument.Create();
        Option<string?> at = PlaceOption.Create("--at", "After this input, or at this time; by default after the last one.");
        var command = new Command("take",
            "Take a snapshot into snapshots/ below the journal. Example: op-admin snapshot take journal/btc_ma_cross_v1 --at 2025-01-20") { argument, at };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            using OpenPast past = OpenPast.Open(parsed.GetRequiredValue(argument));
            if (PlaceOption.Read(parsed.GetValue(at)) is { } place)
            {
                past.GoTo(place);
            }
            else
            {
                past.Engine.GoToEnd();
            }

            string file = Take(past.Journal, past.Engine.Engine);
            return new Answer("snapshot take", past.Journal)
                .Fact("file", "file", Value.Text(file))
                .Fact("sequence", "after input", Value.Number(past.Engine.Sequence))
                .Fact("time", "time", Value.Time(past.Engine.Engine.State.NowNanos))
                .Fact("bytes", "bytes", Value.Number(new FileInfo(file).Length))
                .Write(parsed);
        }));
        return command;
    }

    private static string Take(string journal, BusinessLogicProcessor engine)
    {
        long sequence = engine.State.Sequence;
        if (sequence == 0)
        {
            throw new ArgumentException($"{journal}: no input comes before the place: an engine without inputs needs no snapshot");
        }

        using SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(journal), SnapshotReplay.Options with { CountMax = int.MaxValue });
        using JournalReader reader = JournalReader.Open(journal, JournalArgument.ReadingOf(journal, out _) with { FromSequence = sequence });
        return reader.TryRead(out JournalRecord record) && record.Sequence == sequence && !record.IsControl
            ? new SnapshotTaker(store, 1).Take(engine, reader)
            : throw new ReplayDivergenceException($"{journal} has no input {sequence} any more: it was cut while it was read; take the snapshot again");
    }
}
