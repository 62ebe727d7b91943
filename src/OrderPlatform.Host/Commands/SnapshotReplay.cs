using System.CommandLine;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Commands;

/// <summary><c>replay --from-snapshot</c>: the newest usable snapshot and the journal's tail.</summary>
internal static class SnapshotReplay
{
    /// <summary>Whose the host's snapshots are.</summary>
    public static readonly SnapshotStoreOptions Options = new() { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };

    /// <summary>The option of the verbs that take snapshots.</summary>
    public static Option<long?> EveryOption()
    {
        var option = new Option<long?>("--snapshot-every") { Description = "Take a snapshot after every so many inputs, into snapshots/ below the journal." };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long every) && every < 1)
            {
                result.AddError($"--snapshot-every is {every}, give 1 or more inputs");
            }
        });
        return option;
    }

    /// <summary>The store of a journal's snapshots.</summary>
    /// <exception cref="JournalException">There is no journal, or the store cannot be written.</exception>
    public static SnapshotStore OpenStore(string journal)
    {
        // A mistyped folder must not become a folder of snapshots.
        JournalReader.Open(journal, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId }).Dispose();
        return SnapshotStore.Open(EngineStart.FolderOf(journal), Options);
    }

    /// <summary>Replays and prints where it ended, for people and scripts to read.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string journal, SnapshotTaker? taker, CancellationToken cancellation)
    {
        using EngineStart start = EngineStart.Newest(journal, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId }, Options);
        foreach (SkippedSnapshot skipped in start.Skipped)
        {
            Console.Error.WriteLine($"note: {skipped.File} is skipped: it {skipped.Reason}");
        }

        Console.Error.WriteLine(start.Snapshot is null
            ? "note: there is no snapshot to start from: the journal is replayed from its first record"
            : $"started from {start.Snapshot}");
        var runner = new ReplayRunner(start, taker);
        ProgressBar.Show("replay", -1, onProgress => runner.Run(onProgress, cancellation));
        Console.Out.Write($"journal {journal}\nfinal sequence {runner.Engine.State.Sequence}\ndigest {runner.Engine.DigestText()}\n");
        return ReplayCommand.Conclude(runner, start.Journal.Torn, cancellation);
    }
}
