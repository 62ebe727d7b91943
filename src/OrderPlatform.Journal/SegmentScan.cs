namespace OrderPlatform.Journal;

/// <summary>Looks at what lies behind the last good record.</summary>
internal static unsafe class SegmentScan
{
    /// <summary>How many bytes from <paramref name="offset"/> to the last one that is not zero.</summary>
    public static long TornBytes(Segment segment, long offset)
    {
        var rest = new ReadOnlySpan<byte>(segment.Address + offset, (int)(segment.LengthBytes - offset));
        return rest.LastIndexOfAnyExcept((byte)0) + 1;
    }

    /// <summary>
    /// True if a whole record of a later sequence lies behind <paramref name="offset"/>. A record proves itself: its checksum covers
    /// its place in the chain.
    /// </summary>
    public static bool HasRecordBehind(Segment segment, long offset, long lastSequence)
    {
        // No more records fit than this, so no sequence can be further ahead.
        long sequenceMax = lastSequence + (segment.LengthBytes / RecordHeader.LengthBytes);
        for (long at = offset + RecordHeader.LengthBytes; at <= segment.LengthBytes - RecordHeader.LengthBytes; at += RecordHeader.LengthBytes)
        {
            var header = (RecordHeader*)(segment.Address + at);
            if (header->Sequence >= lastSequence && header->Sequence <= sequenceMax
                && RecordHeader.IsIntact(header, header->Length, segment.LengthBytes - at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if a whole mark from <paramref name="offset"/> on calls durable what lies behind <paramref name="place"/>.</summary>
    public static bool HasMarkBeyond(Segment segment, long offset, long place)
    {
        for (long at = offset; at <= segment.LengthBytes - DurableMark.AlignedBytes; at += RecordHeader.LengthBytes)
        {
            var header = (RecordHeader*)(segment.Address + at);
            if (DurableMark.TryRead(header, out long durable, out _) && durable > place
                && RecordHeader.IsIntact(header, header->Length, segment.LengthBytes - at))
            {
                return true;
            }
        }

        return false;
    }
}
