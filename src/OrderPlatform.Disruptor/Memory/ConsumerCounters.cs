using System.Runtime.InteropServices;

namespace OrderPlatform.Disruptor.Memory;

/// <summary>A consumer's counters: what others read on one line, what only it writes at each look on another.</summary>
[StructLayout(LayoutKind.Explicit, Size = 2 * RingLayout.LineBytes)]
internal struct ConsumerCounters
{
    /// <summary>Last sequence that the consumer is done with.</summary>
    [FieldOffset(0)] public long Sequence;

    /// <summary>Last sequence that the barrier is known to allow.</summary>
    [FieldOffset(RingLayout.LineBytes)] public long Available;

    /// <summary>Most slots that were ever found waiting.</summary>
    [FieldOffset(RingLayout.LineBytes + 8)] public long BacklogHighWater;
}
