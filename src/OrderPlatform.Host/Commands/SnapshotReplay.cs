using System.CommandLine;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Commands;

/// <summary>Snapshots of the host's verbs: where they lie, and how a replay starts from one.</summary>
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

    /// <summary>Starts from the newest snapshot that can be used.</summary>
    /// <param name="journal">The journal's folder.</param>
    /// <param name="before">Snapshots from this place on are passed over; null for none.</param>
    public static EngineStart Start(string journal, ReplayPlace? before) =>
        EngineStart.Newest(journal, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId }, Options, before);

    /// <summary>Starts with the journal's first record, whatever snapshots there are.</summary>
    public static EngineStart StartFromZero(string journal) => EngineStart.First(journal, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });

    /// <summary>Says on the error stream where a replay started, and which snapshots were no use.</summary>
    /// <param name="start">The start.</param>
    /// <param name="isAskedFor">Whether the user should hear that there was no snapshot.</param>
    public static void Tell(EngineStart start, bool isAskedFor)
    {
        foreach (SkippedSnapshot skipped in start.Skipped)
        {
            Console.Error.WriteLine($"note: {skipped.File} is skipped: it {skipped.Reason}");
        }

        if (start.Snapshot is not null || isAskedFor)
        {
            Console.Error.WriteLine(start.Snapshot is null
                ? "note: there is no snapshot to start from: the journal is replayed from its first record"
                : $"started from {start.Snapshot}");
        }
    }
}
