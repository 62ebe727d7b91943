using OrderPlatform.Journal.Snapshots;

namespace OrderPlatform.Journal.Tests.Snapshots;

/// <summary>A directory of snapshots for one test.</summary>
internal sealed class SnapshotFolder : IDisposable
{
    public static readonly SnapshotStoreOptions Options = new() { SchemaId = 7, SchemaVersion = 2, ShardId = 3 };

    public SnapshotFolder() => FullPath = Directory.CreateTempSubdirectory("snapshot-test-").FullName;

    public string FullPath { get; }

    public string[] Files => [.. Directory.GetFiles(FullPath).Select(static path => Path.GetFileName(path)).Where(static name => name != "snapshots.lock").Order()];

    public static byte[] ContentOf(long sequence) => [.. Enumerable.Range(0, 40).Select(index => (byte)((sequence * 31) + index))];

    public SnapshotStore Open(SnapshotStoreOptions? options = null) => SnapshotStore.Open(FullPath, options ?? Options);

    public void Fill(params long[] sequences)
    {
        using SnapshotStore store = Open();
        foreach (long sequence in sequences)
            store.Write(sequence, 0xC0FFEE, ContentOf(sequence));
    }

    public (StoredSnapshot[] Sound, SkippedSnapshot[] Skipped) Search(long sequenceMax = long.MaxValue, SnapshotStoreOptions? options = null)
    {
        var skipped = new List<SkippedSnapshot>();
        StoredSnapshot[] sound = [.. SnapshotSearch.NewestFirst(FullPath, options ?? Options, skipped.Add, sequenceMax)];
        return (sound, [.. skipped]);
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
