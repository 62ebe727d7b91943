using OrderPlatform.Journal.Devices;
using OrderPlatform.Journal.Syncing;

namespace OrderPlatform.Journal;

/// <summary>
/// What lies behind the last good record, and whether it can be what a kill or a power cut left of records that were never durable. Under a policy that
/// syncs, a disk may keep any part of what was not synced, so whole records behind a bad one prove nothing; a durable mark does.
/// </summary>
internal sealed unsafe class Aftermath
{
    private Aftermath(long tornBytes, IReadOnlyList<string> laterSegments, bool hasRecordBehind, bool isDamage)
    {
        TornBytes = tornBytes;
        LaterSegments = laterSegments;
        HasRecordBehind = hasRecordBehind;
        IsDamage = isDamage;
    }

    /// <summary>From the place to the last byte of the segment that is not zero.</summary>
    public long TornBytes { get; }

    /// <summary>Segments behind this one.</summary>
    public IReadOnlyList<string> LaterSegments { get; }

    /// <summary>A whole record of a later sequence is behind the place, in this segment.</summary>
    public bool HasRecordBehind { get; }

    /// <summary>What is bad or missing here was whole once.</summary>
    public bool IsDamage { get; }

    public static Aftermath Of(IJournalDevice device, string directory, Segment segment, long offset, long lastSequence)
    {
        string[] later = [.. SegmentName.List(device, directory).Where(path => SegmentName.FirstSequenceOf(path) > segment.Header.FirstSequence)];
        long torn = SegmentScan.TornBytes(segment, offset);
        bool hasRecordBehind = torn > 0 && SegmentScan.HasRecordBehind(segment, offset, lastSequence);
        bool isDamage = hasRecordBehind || later.Length > 0;
        if (isDamage && segment.Header.HasDurableMarks != 0)
        {
            long place = PaddedPosition.PlaceOf(segment.Header.SegmentIndex, offset);
            isDamage = SegmentScan.HasMarkBeyond(segment, offset, place) || later.Any(path => IsProof(device, path, place));
        }

        return new Aftermath(torn, later, hasRecordBehind, isDamage);
    }

    private static bool IsProof(IJournalDevice device, string path, long place)
    {
        using Segment segment = Segment.OpenUnverified(device, path, isWritable: false);
        bool isIntact = segment.Header.Magic == SegmentHeader.CurrentMagic && segment.Header.Crc == segment.Header.ComputeCrc();
        // A later run that does not sync began this one, after it had made all before durable.
        return (isIntact && segment.Header.HasDurableMarks == 0) || SegmentScan.HasMarkBeyond(segment, SegmentHeader.LengthBytes, place);
    }
}
