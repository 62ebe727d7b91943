using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal.Snapshots;

/// <summary>A file of a snapshot: how it is judged, and how it is written so that it is there whole or not at all.</summary>
internal static class SnapshotFile
{
    /// <summary>Writes a snapshot under another name, makes it durable, and gives it its name.</summary>
    /// <exception cref="JournalException">The disk is full or read-only, or failed; no file of that name was made or changed.</exception>
    public static void Write(string path, in SnapshotFileHeader header, ReadOnlySpan<byte> content, SnapshotStoreOptions options)
    {
        string passing = path + SnapshotName.WritingSuffix;
        try
        {
            using (var file = File.OpenHandle(passing, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                options.Write(file, header.ToArray(), 0);
                options.Write(file, content, SnapshotFileHeader.LengthBytes);
                NativeFile.Sync(passing, file);
            }

            File.Move(passing, path, overwrite: true);
            NativeFile.SyncDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Remove(passing);
            throw new JournalException(
                IsFull(failure) ? JournalFault.DiskFull : JournalFault.Unavailable,
                $"Cannot write the snapshot {path}: {failure.Message}: {(IsFull(failure) ? "free space on the disk" : "make the directory writable")}; older snapshots and the journal are untouched.",
                path,
                sequence: header.Sequence,
                cause: failure);
        }
    }

    /// <summary>Reads and verifies a whole snapshot.</summary>
    /// <returns>The snapshot, or why it is skipped.</returns>
    public static (StoredSnapshot? Sound, SkippedSnapshot? Skipped) Read(string path, SnapshotStoreOptions options)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            (JournalFault Kind, string Reason)? fault = Judge(path, bytes, options);
            if (fault is { } found)
                return (null, new SkippedSnapshot(path, found.Kind, found.Reason));
            SnapshotFileHeader header = SnapshotFileHeader.Of(bytes);
            return (new StoredSnapshot(path, header.Sequence, header.JournalCrc, header.CreatedNanos, bytes.AsMemory(SnapshotFileHeader.LengthBytes)), null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, new SkippedSnapshot(path, JournalFault.Unavailable, $"cannot be read: {failure.Message}"));
        }
    }

    /// <summary>What is wrong with the bytes of a file, or null.</summary>
    public static (JournalFault Kind, string Reason)? Judge(string path, ReadOnlySpan<byte> file, SnapshotStoreOptions options)
    {
        if (file.Length < SnapshotFileHeader.LengthBytes)
            return (JournalFault.DamagedHeader, $"has {file.Length} bytes, fewer than its header's {SnapshotFileHeader.LengthBytes}");
        SnapshotFileHeader header = SnapshotFileHeader.Of(file);
        ReadOnlySpan<byte> content = file[SnapshotFileHeader.LengthBytes..];
        return header.Magic != SnapshotFileHeader.CurrentMagic ? (JournalFault.WrongMagic, "is no snapshot")
            : header.FormatVersion != SnapshotFileHeader.CurrentFormatVersion
                ? (JournalFault.WrongVersion, $"has format version {header.FormatVersion}; this build reads {SnapshotFileHeader.CurrentFormatVersion}")
            : header.Crc != header.ComputeCrc() || header.HeaderLength != SnapshotFileHeader.LengthBytes
                ? (JournalFault.DamagedHeader, "has a damaged header")
            : header.Sequence != SnapshotName.SequenceOf(path) ? (JournalFault.DamagedHeader, $"was taken after sequence {header.Sequence}, which is not its name")
            : header.ContentLength != content.Length ? (JournalFault.DamagedRecord, $"has {content.Length} bytes of content where its header states {header.ContentLength}")
            : header.ContentCrc != Crc32C.Of(content) ? (JournalFault.DamagedRecord, "has damaged content")
            : header.ShardId != options.ShardId ? (JournalFault.WrongShard, $"is of shard {header.ShardId}, not {options.ShardId}")
            : header.SchemaId != options.SchemaId || header.SchemaVersion > options.SchemaVersion
                ? (JournalFault.WrongSchema, $"has schema {header.SchemaId} version {header.SchemaVersion}; this build reads {options.SchemaId} version {options.SchemaVersion}")
            : null;
    }

    /// <summary>Deletes a file if it is there; one that cannot be deleted stays.</summary>
    public static bool Remove(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // ENOSPC and EDQUOT on Linux, ERROR_DISK_FULL on Windows.
    private static bool IsFull(Exception failure) => (failure.HResult & 0xFFFF) is 28 or 122 or 112;
}
