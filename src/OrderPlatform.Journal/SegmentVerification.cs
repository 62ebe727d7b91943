namespace OrderPlatform.Journal;

/// <summary>What a segment's header must say: by itself, and after the segment before.</summary>
internal static class SegmentVerification
{
    private const string RestoreIt = "restore the file from a replica or a backup";

    public static void VerifyLength(string path, long lengthBytes)
    {
        if (lengthBytes is < JournalOptions.SegmentLengthMinBytes or > JournalOptions.SegmentLengthMaxBytes)
            throw Damaged(path, $"is {lengthBytes} bytes long, which no segment is");
    }

    public static void VerifyHeader(string path, in SegmentHeader header, long lengthBytes)
    {
        if (header.Magic != SegmentHeader.CurrentMagic)
            throw new JournalException(JournalFault.WrongMagic, $"{path} does not begin like a segment: {RestoreIt}, or move it elsewhere.", path, 0);
        if (header.FormatVersion is < SegmentHeader.OldestFormatVersion or > SegmentHeader.CurrentFormatVersion)
        {
            throw new JournalException(
                JournalFault.WrongVersion,
                $"{path} has format version {header.FormatVersion}, this build reads {SegmentHeader.OldestFormatVersion} to "
                + $"{SegmentHeader.CurrentFormatVersion}: use the build that wrote it.",
                path,
                8);
        }

        if (header.Crc != header.ComputeCrc())
            throw Damaged(path, "has a header with a wrong checksum");
        if (header.HeaderLength != SegmentHeader.LengthBytes)
            throw Damaged(path, $"claims a header of {header.HeaderLength} bytes");
        if (header.SegmentLength != lengthBytes)
            throw Damaged(path, $"is {lengthBytes} bytes long, but its header says {header.SegmentLength}");
        long named = SegmentName.FirstSequenceOf(path);
        if (header.FirstSequence != named)
        {
            throw new JournalException(
                JournalFault.BrokenChain,
                $"{path} holds the segment of sequence {header.FirstSequence}: give it that name back.",
                path,
                32,
                header.FirstSequence);
        }
    }

    /// <summary>That a journal is the one meant.</summary>
    public static void VerifyIdentity(Segment segment, uint? shardId, ushort? schemaId)
    {
        ref SegmentHeader header = ref segment.Header;
        if (shardId is uint shard && header.ShardId != shard)
        {
            throw new JournalException(
                JournalFault.WrongShard, $"{segment.FilePath} belongs to shard {header.ShardId}, not {shard}: check the directory.", segment.FilePath, 16);
        }

        if (schemaId is ushort schema && header.SchemaId != schema)
        {
            throw new JournalException(
                JournalFault.WrongSchema, $"{segment.FilePath} has schema {header.SchemaId}, not {schema}: check the directory.", segment.FilePath, 12);
        }
    }

    /// <summary>That a segment follows from the one before, which ended with <paramref name="carriedCrc"/>.</summary>
    public static void VerifyFollows(Segment segment, in SegmentHeader before, uint carriedCrc)
    {
        VerifyIdentity(segment, before.ShardId, before.SchemaId);
        ref SegmentHeader header = ref segment.Header;
        if (header.CarriedCrc != carriedCrc || header.SegmentIndex != before.SegmentIndex + 1)
        {
            throw new JournalException(
                JournalFault.BrokenChain,
                $"{segment.FilePath} does not follow from the segment before (number {header.SegmentIndex} after {before.SegmentIndex}, "
                + $"checksum {header.CarriedCrc:x8}, due {carriedCrc:x8}): {RestoreIt}.",
                segment.FilePath,
                20,
                header.FirstSequence - 1);
        }
    }

    private static JournalException Damaged(string path, string what) => new(JournalFault.DamagedHeader, $"{path} {what}: {RestoreIt}.", path, 0);
}
