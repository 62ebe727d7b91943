using Microsoft.Win32.SafeHandles;

namespace OrderPlatform.Journal.Snapshots;

/// <summary>Whose snapshots they are, and how many are kept.</summary>
public sealed record SnapshotStoreOptions
{
    /// <summary>The schema of the contents; snapshots of another one are skipped.</summary>
    public ushort SchemaId { get; init; }

    /// <summary>The schema's version; snapshots of a higher one are skipped.</summary>
    public ushort SchemaVersion { get; init; }

    /// <summary>The shard; snapshots of another one are skipped.</summary>
    public uint ShardId { get; init; }

    /// <summary>So many sound snapshots are kept however old they are, so that there is another one where the newest is damaged.</summary>
    public int CountMin { get; init; } = 2;

    /// <summary>The most snapshots that are kept.</summary>
    public int CountMax { get; init; } = 8;

    /// <summary>Beyond <see cref="CountMin"/>, what is older goes; null keeps by count alone.</summary>
    public TimeSpan? AgeMax { get; init; }

    /// <summary>Dates the snapshots.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Writes bytes at an offset; replaced by tests that want a full disk or a crash.</summary>
    internal WriteBytes Write { get; init; } = static (file, bytes, offset) => RandomAccess.Write(file, bytes, offset);

    internal long NowNanos => (Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    internal void Validate()
    {
        if (CountMin < 1 || CountMax < CountMin)
            throw new ArgumentException($"CountMin is {CountMin} and CountMax {CountMax}: keep at least 1, and at most no fewer than at least.");
        if (AgeMax is { } age && age <= TimeSpan.Zero)
            throw new ArgumentException($"AgeMax is {age}: choose a span above zero, or null to keep by count alone.");
    }
}

/// <summary>Writes bytes at an offset of a file.</summary>
internal delegate void WriteBytes(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);
