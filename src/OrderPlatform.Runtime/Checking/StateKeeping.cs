using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Checking;

/// <summary>Keeps the states of two engines that differ: each whole or not at all, in a folder of its own named after whose it is, the file after the
/// sequence.</summary>
internal static class StateKeeping
{
    private static readonly SnapshotStoreOptions Options = new()
    {
        SchemaId = MessagesSchema.SchemaId,
        SchemaVersion = MessagesSchema.Version,
        CountMin = 1,
        CountMax = int.MaxValue,
    };

    /// <summary>Where they lie below a journal.</summary>
    public static string FolderOf(string journal) => Path.Combine(journal, "divergence");

    /// <summary>Writes a state.</summary>
    /// <param name="journal">The journal's folder.</param>
    /// <param name="whose"><c>live</c> or <c>follower</c>.</param>
    /// <param name="sequence">After which input.</param>
    /// <param name="state">The engine's snapshot.</param>
    /// <returns>The file, or why there is none.</returns>
    public static string Keep(string journal, string whose, long sequence, ReadOnlySpan<byte> state)
    {
        try
        {
            using SnapshotStore store = SnapshotStore.Open(Path.Combine(FolderOf(journal), whose), Options);
            return store.Write(sequence, 0, state);
        }
        catch (JournalException failure)
        {
            return $"nothing ({failure.Message})";
        }
    }
}
