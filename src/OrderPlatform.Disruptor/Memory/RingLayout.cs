using System.Numerics;

namespace OrderPlatform.Disruptor.Memory;

/// <summary>
/// Offsets inside the one native block of a ring: producer counters, consumer counters, one mark a slot, slots.
/// All in 64 bits: rings beyond 2 GiB are computed right.
/// </summary>
internal readonly struct RingLayout
{
    /// <summary>Two x64 lines (the prefetcher fetches pairs) or one arm64 line: nothing closer than this is written by two threads.</summary>
    public const int LineBytes = 128;

    public const int ConsumersMax = 32;

    /// <summary>Smaller than a line is allowed: neighbouring slots then share it, which suits a stream of small values.</summary>
    public const int SlotBytesMin = 8;

    public unsafe RingLayout(int capacity, int slotSizeBytes)
    {
        if (capacity < 1 || !BitOperations.IsPow2(capacity))
            throw new ArgumentException($"Ring capacity {capacity} is not a power of two: choose {SuggestedCapacity(capacity)}.", nameof(capacity));
        if (slotSizeBytes < SlotBytesMin || !BitOperations.IsPow2(slotSizeBytes))
        {
            throw new ArgumentException(
                $"Slot of {slotSizeBytes} bytes: the size must be a power of two of at least {SlotBytesMin}; give the struct an explicit Size.",
                nameof(slotSizeBytes));
        }

        Capacity = capacity;
        SlotShift = BitOperations.Log2((uint)slotSizeBytes);
        MarksOffset = ConsumersOffset + (ConsumersMax * sizeof(ConsumerCounters));
        SlotsOffset = MarksOffset + AlignToLine((long)capacity * sizeof(int));
        LengthBytes = AlignToLine(SlotsOffset + ((long)capacity << SlotShift));
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
