namespace OrderPlatform.Journal.Snapshots;

/// <summary>Finds snapshots to start from. It writes nothing and needs no lock, so it may run beside a store that writes.</summary>
public static class SnapshotSearch
{
    /// <summary>The sound snapshots, newest first, each read when it is asked for: who cannot use one asks for the next.</summary>
    /// <param name="directory">Where they are; one that is not there has none.</param>
    /// <param name="options">Whose they must be.</param>
    /// <param name="onSkipped">Told of each one that cannot be used, and why.</param>
    /// <param name="sequenceMax">Newer ones are passed over.</param>
    /// <exception cref="JournalException">The directory cannot be read.</exception>
    public static IEnumerable<StoredSnapshot> NewestFirst(
        string directory, SnapshotStoreOptions options, Action<SkippedSnapshot> onSkipped, long sequenceMax = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(onSkipped);
        foreach (string path in SnapshotName.ListNewestFirst(directory))
        {
            if (SnapshotName.SequenceOf(path) > sequenceMax)
                continue;
            (StoredSnapshot? sound, SkippedSnapshot? skipped) = SnapshotFile.Read(path, options);
            if (skipped is not null)
                onSkipped(skipped);
            if (sound is not null)
                yield return sound;
        }
    }
    /// <summary>The files that are named like snapshots, newest first; none if there is no directory.</summary>
    /// <exception cref="JournalException">The directory cannot be read.</exception>
    public static IReadOnlyList<string> Files(string directory) => SnapshotName.ListNewestFirst(directory);

    /// <summary>Reads and verifies one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Whose it must be.</param>
    /// <param name="skipped">Why it cannot be used; null if it can.</param>
    /// <returns>The snapshot, or null.</returns>
    public static StoredSnapshot? Read(string path, SnapshotStoreOptions options, out SkippedSnapshot? skipped)
    {
        ArgumentNullException.ThrowIfNull(options);
        (StoredSnapshot? sound, skipped) = SnapshotFile.Read(path, options);
        return sound;
    }
}
