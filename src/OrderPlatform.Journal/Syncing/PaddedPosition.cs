using System.Runtime.InteropServices;

namespace OrderPlatform.Journal.Syncing;

/// <summary>
/// How far a thread has come: one writer, many readers, with 128 bytes on either side that nobody writes. Whoever reads the sequence first and
/// then the place has a place that is at or behind the end of that sequence's record.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 272)]
internal sealed class PaddedPosition
{
    [FieldOffset(128)] private long _place;
    [FieldOffset(136)] private long _sequence;

    /// <summary>The last input.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>The byte behind the last record, see <see cref="PlaceOf"/>.</summary>
    public long Place => Volatile.Read(ref _place);

    /// <summary>A byte of a journal as one number that grows: segments are at most 1 GiB.</summary>
    public static long PlaceOf(long segmentIndex, long offset) => (segmentIndex << 30) + offset;

    public void MoveTo(long place, long sequence)
    {
        Volatile.Write(ref _place, place);
        Volatile.Write(ref _sequence, sequence);
    }
}
