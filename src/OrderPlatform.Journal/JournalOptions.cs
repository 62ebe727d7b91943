using System.Numerics;

namespace OrderPlatform.Journal;

/// <summary>What a journal promises when it calls a sequence durable.</summary>
public enum JournalDurability
{
    /// <summary>Survives the process: durable when appended.</summary>
    PageCache = 0,

    /// <summary>Survives the machine: durable when a <see cref="JournalWriter.Sync"/> that began after the append has ended.</summary>
    Synced = 1,
}

/// <summary>How a journal is written.</summary>
public sealed record JournalOptions
{
    /// <summary>The smallest segment.</summary>
    public const int SegmentLengthMinBytes = 4096;

    /// <summary>The largest segment.</summary>
    public const int SegmentLengthMaxBytes = 1 << 30;

    /// <summary>Length of new segments in bytes, a power of two.</summary>
    public int SegmentLengthBytes { get; init; } = 64 << 20;

    /// <summary>Longest payload in bytes; by default 1 MiB, or what fits a segment.</summary>
    public int? PayloadLengthMaxBytes { get; init; }

    /// <summary>The schema of the payloads.</summary>
    public ushort SchemaId { get; init; }

    /// <summary>The schema's version. Opening a journal of a lower version starts a new segment; a higher one is refused.</summary>
    public ushort SchemaVersion { get; init; }

    /// <summary>The shard whose inputs these are.</summary>
    public uint ShardId { get; init; }

    /// <summary>The first sequence of a new journal.</summary>
    public long FirstSequence { get; init; } = 1;

    /// <summary>Opening verifies the segments from the one with this sequence on; 0 verifies all.</summary>
    public long VerifyFromSequence { get; init; }

    /// <summary>What <see cref="JournalWriter.DurableSequence"/> means.</summary>
    public JournalDurability Durability { get; init; }

    /// <summary>Dates the segments' headers; nothing depends on it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gives a new file its blocks; replaced by tests that want a full disk.</summary>
    internal Action<string, Microsoft.Win32.SafeHandles.SafeFileHandle, long> Allocate { get; init; } = NativeFile.Allocate;

    internal int PayloadLimitBytes => PayloadLengthMaxBytes ?? Math.Min(1 << 20, PayloadRoomBytes);

    private int PayloadRoomBytes => SegmentLengthBytes - SegmentHeader.LengthBytes - (2 * RecordHeader.LengthBytes);

    internal void Validate()
    {
        if (SegmentLengthBytes is < SegmentLengthMinBytes or > SegmentLengthMaxBytes || !BitOperations.IsPow2(SegmentLengthBytes))
        {
            throw new ArgumentException(
                $"SegmentLengthBytes is {SegmentLengthBytes}: choose a power of two from {SegmentLengthMinBytes} to {SegmentLengthMaxBytes}.");
        }

        if (PayloadLengthMaxBytes is < 0 || PayloadLengthMaxBytes > PayloadRoomBytes)
        {
            throw new ArgumentException(
                $"PayloadLengthMaxBytes is {PayloadLengthMaxBytes}, but a segment of {SegmentLengthBytes} bytes has room for 0 to {PayloadRoomBytes}.");
        }

        if (FirstSequence < 1)
            throw new ArgumentException($"FirstSequence is {FirstSequence}: the first sequence is 1 or more.");
    }
}
