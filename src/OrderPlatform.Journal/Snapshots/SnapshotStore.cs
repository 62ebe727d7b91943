namespace OrderPlatform.Journal.Snapshots;

/// <summary>
/// Writes snapshots into a directory: each into a file of its own that is there whole or not at all, named after its sequence; older ones go by count and
/// age. It knows bytes, not what they mean. One store at a time; <see cref="SnapshotSearch"/> reads beside it.
/// </summary>
public sealed class SnapshotStore : IDisposable
{
    private const string LockName = "snapshots.lock";

    private readonly string _directory;
    private readonly SnapshotStoreOptions _options;
    private readonly FileStream _lock;

    private SnapshotStore(string directory, SnapshotStoreOptions options, FileStream storeLock)
    {
        _directory = directory;
        _options = options;
        _lock = storeLock;
        Leftovers = [.. Directory.GetFiles(directory, "*" + SnapshotName.WritingSuffix).Where(SnapshotFile.Remove)];
    }

    /// <summary>Files of writes that a crash cut short; they were removed at opening.</summary>
    public IReadOnlyList<string> Leftovers { get; }

    /// <summary>Opens a directory, which is created if it is missing, and removes what a crash left.</summary>
    /// <exception cref="JournalException">It cannot be written, or another store has it.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static SnapshotStore Open(string directory, SnapshotStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        try
        {
            Directory.CreateDirectory(directory);
            return new SnapshotStore(directory, options, Lock(Path.Combine(directory, LockName)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(
                JournalFault.Unavailable, $"Cannot keep snapshots in {directory}: {failure.Message}: make the directory writable, or choose another one.", directory, cause: failure);
        }
    }

    /// <summary>Writes a snapshot; when this returns it is durable, and what is no longer kept was removed.</summary>
    /// <param name="sequence">The last input that it has seen; 0 or more.</param>
    /// <param name="journalCrc">See <see cref="StoredSnapshot.JournalCrc"/>.</param>
    /// <param name="content">The bytes.</param>
    /// <returns>The file.</returns>
    /// <exception cref="JournalException">The disk is full or read-only, or failed; older snapshots are untouched.</exception>
    public string Write(long sequence, uint journalCrc, ReadOnlySpan<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        var header = new SnapshotFileHeader
        {
            Magic = SnapshotFileHeader.CurrentMagic,
            FormatVersion = SnapshotFileHeader.CurrentFormatVersion,
            HeaderLength = SnapshotFileHeader.LengthBytes,
            SchemaId = _options.SchemaId,
            SchemaVersion = _options.SchemaVersion,
            ShardId = _options.ShardId,
            JournalCrc = journalCrc,
            Sequence = sequence,
            CreatedNanos = _options.NowNanos,
            ContentLength = content.Length,
            ContentCrc = Crc32C.Of(content),
        };
        header.Crc = header.ComputeCrc();
        string path = SnapshotName.PathOf(_directory, sequence);
        SnapshotFile.Write(path, header, content, _options);
        Prune();
        return path;
    }

    /// <summary>Lets another store have the directory.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException failure) when ((failure.HResult & 0xFFFF) is 11 or 35 or 32)
        {
            // EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
            throw new JournalException(JournalFault.Locked, $"{path} is held by another store: stop that one first.", path, cause: failure);
        }
    }

    // Only sound ones count as kept whatever their age: a directory of damaged ones must not push the last good one out.
    private void Prune()
    {
        int sound = 0;
        int kept = 0;
        foreach (string path in SnapshotName.ListNewestFirst(_directory))
        {
            StoredSnapshot? snapshot = SnapshotFile.Read(path, _options).Sound;
            bool isNeeded = snapshot is not null && sound < _options.CountMin;
            if (isNeeded || (kept < _options.CountMax && !IsOld(snapshot)))
            {
                kept++;
                sound += snapshot is null ? 0 : 1;
            }
            else
            {
                SnapshotFile.Remove(path);
            }
        }
    }

    private bool IsOld(StoredSnapshot? snapshot) =>
        snapshot is not null && _options.AgeMax is { } age && _options.NowNanos - snapshot.CreatedNanos > age.Ticks * 100;
}
