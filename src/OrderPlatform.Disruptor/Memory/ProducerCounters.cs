using System.Runtime.InteropServices;

namespace OrderPlatform.Disruptor.Memory;

/// <summary>
/// The producers' counters, a line for each set of writers:
/// <code>
///   0    Claimed, Limit       a single producer's own; of many producers the limit is common
///   128  Cursor               published (one producer) or claimed (many)
///   256  VoidLast             abandoned claims, hardly ever written
///   384  Closed, Final        written once
///   512  Refused, HighWater   written when the limit is reached
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 5 * RingLayout.LineBytes)]
internal struct ProducerCounters
{
    /// <summary>Last claimed sequence of a single producer. With many producers the cursor says it.</summary>
    [FieldOffset(0)] public long Claimed;

    /// <summary>Last sequence that could be claimed when a producer last looked at the consumers: the slowest one's plus the capacity.</summary>
    [FieldOffset(8)] public long Limit;

    /// <summary>Last published sequence (one producer) or last claimed sequence (many).</summary>
    [FieldOffset(RingLayout.LineBytes)] public long Cursor;

    /// <summary>Highest sequence that was ever published as void.</summary>
    [FieldOffset(2 * RingLayout.LineBytes)] public long VoidLast;

    /// <summary>1 once the ring is closed.</summary>
    [FieldOffset(3 * RingLayout.LineBytes)] public long Closed;

    /// <summary>The poison's place: the last sequence that will ever be published. <see cref="long.MaxValue"/> while the ring is open.</summary>
    [FieldOffset((3 * RingLayout.LineBytes) + 8)] public long Final;

    /// <summary>Claims that were answered with Full.</summary>
    [FieldOffset(4 * RingLayout.LineBytes)] public long RefusedClaims;

    /// <summary>Most slots in use that a producer ever saw when it looked at the consumers.</summary>
    [FieldOffset((4 * RingLayout.LineBytes) + 8)] public long OccupancyHighWater;
}
