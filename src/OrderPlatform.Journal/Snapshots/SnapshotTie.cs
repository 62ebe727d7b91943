namespace OrderPlatform.Journal.Snapshots;

/// <summary>What ties a snapshot to its journal: the checksums of records are chained, so one of them stands for all before it.</summary>
public static class SnapshotTie
{
    /// <summary>The checksum of the record that a reader read last; of the segment's header before the first.</summary>
    public static uint Of(JournalReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.PreviousCrc;
    }
}
