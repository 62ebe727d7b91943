using System.Numerics;
using System.Runtime.InteropServices;

namespace OrderPlatform.Disruptor;

/// <summary>
/// Offsets inside the one native block of a ring: producer counters, consumer counters (a line each), one mark a slot, slots.
/// All in 64 bits: rings beyond 2 GiB are computed right.
/// </summary>
internal readonly struct RingLayout
{
    /// <summary>Two x64 lines (the prefetcher fetches pairs) or one arm64 line: nothing closer than this is written by two threads.</summary>
    public const int LineBytes = 128;

    public const int ConsumersMax = 32;

    public RingLayout(int capacity, int slotSizeBytes)
    {
        if (capacity < 1 || !BitOperations.IsPow2(capacity))
            throw new ArgumentException($"Ring capacity {capacity} is not a power of two: choose {SuggestedCapacity(capacity)}.", nameof(capacity));
        if (slotSizeBytes < 64 || !BitOperations.IsPow2(slotSizeBytes))
        {
            throw new ArgumentException(
                $"Slot of {slotSizeBytes} bytes: the size must be a power of two and a multiple of 64; give the struct an explicit Size.",
                nameof(slotSizeBytes));
        }

        Capacity = capacity;
        SlotShift = BitOperations.Log2((uint)slotSizeBytes);
        MarksOffset = ConsumersOffset + (ConsumersMax * LineBytes);
        SlotsOffset = MarksOffset + AlignToLine((long)capacity * sizeof(int));
        LengthBytes = SlotsOffset + ((long)capacity << SlotShift);
    }

    public int Capacity { get; }

    public int SlotShift { get; }

    public static unsafe long ConsumersOffset => sizeof(ProducerCounters);

    public long MarksOffset { get; }

    public long SlotsOffset { get; }

    public long LengthBytes { get; }

    private static long AlignToLine(long lengthBytes) => (lengthBytes + LineBytes - 1) & -LineBytes;

    private static uint SuggestedCapacity(int capacity) =>
        capacity < 1 ? 1024u : Math.Min(BitOperations.RoundUpToPowerOf2((uint)capacity), 1u << 30);
}

/// <summary>The producers' counters: a line a writer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 3 * RingLayout.LineBytes)]
internal struct ProducerCounters
{
    /// <summary>Last claimed sequence of a single producer. With many producers the cursor says it.</summary>
    [FieldOffset(0)] public long Claimed;

    /// <summary>What the slowest consumer had reached when a producer last looked.</summary>
    [FieldOffset(8)] public long CachedGate;

    /// <summary>Last published sequence (one producer) or last claimed sequence (many).</summary>
    [FieldOffset(RingLayout.LineBytes)] public long Cursor;

    /// <summary>Highest sequence that was ever published as void.</summary>
    [FieldOffset(2 * RingLayout.LineBytes)] public long VoidLast;

    /// <summary>Claims that were answered with Full.</summary>
    [FieldOffset((2 * RingLayout.LineBytes) + 8)] public long RefusedClaims;
}

/// <summary>A consumer's counters: one line, written by that consumer only.</summary>
[StructLayout(LayoutKind.Explicit, Size = RingLayout.LineBytes)]
internal struct ConsumerCounters
{
    /// <summary>Last sequence that the consumer is done with.</summary>
    [FieldOffset(0)] public long Sequence;

    /// <summary>Last sequence that the barrier is known to allow.</summary>
    [FieldOffset(8)] public long Available;

    /// <summary>Most slots that were ever found waiting.</summary>
    [FieldOffset(16)] public long BacklogHighWater;
}
