using System.Numerics;
using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal;

/// <summary>How a journal is written.</summary>
public sealed record JournalOptions
{
    /// <summary>The smallest segment.</summary>
    public const int SegmentLengthMinBytes = 4096;

    /// <summary>The largest segment.</summary>
    public const int SegmentLengthMaxBytes = 1 << 30;

    // Two for a caller who has asked for room and still appends, two before there is none: a sync takes a moment.
    private const int SealedMin = 4;

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

    /// <summary>
    /// How many inputs may be appended and not yet durable, under a policy that syncs: <see cref="JournalWriter.RoomInputs"/> says how many more, and one
    /// beyond it is refused. Enough for the rate times the longest stall of the disk that may not be felt.
    /// </summary>
    public int LagMaxInputs { get; init; } = 1 << 16;

    /// <summary>
    /// How much memory sealed segments may have while they wait for their sync, under a policy that syncs; four segments at least. There is no room while they
    /// have half of it, see <see cref="JournalWriter.RoomInputs"/>, and a record that needs a new segment is refused while they have all.
    /// </summary>
    public long LagMaxBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Called when more has become durable, and when the journal stops: on the thread that syncs, before which nothing else is synced. Only to wake whoever
    /// waits for <see cref="JournalWriter.DurableSequence"/>; it must not throw. Under a policy that does not sync there is nothing to wait for.
    /// </summary>
    public Action? OnDurable { get; init; }

    /// <summary>Where the files are.</summary>
    internal IJournalDevice Device { get; init; } = MappedDevice.Instance;

    /// <summary>Without, nothing is synced, prepared or measured but by the caller; for tests that decide when.</summary>
    internal bool HasThreads { get; init; } = true;

    internal int SealedMax => Durability.IsSynced ? (int)Math.Clamp(LagMaxBytes / SegmentLengthBytes, SealedMin, int.MaxValue) : int.MaxValue;

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

        if (LagMaxInputs < 1)
            throw new ArgumentException($"LagMaxInputs is {LagMaxInputs}: at least 1 input must be able to wait for its sync.");
        if (FirstSequence < 1)
            throw new ArgumentException($"FirstSequence is {FirstSequence}: the first sequence is 1 or more.");
    }
}
