namespace OrderPlatform.Journal;

/// <summary>What lies behind the last whole record of a journal whose writer was killed or lost its power, or whose last record is damaged.</summary>
/// <param name="File">The segment with the last whole record.</param>
/// <param name="Offset">Where the torn bytes begin.</param>
/// <param name="TornBytes">How many bytes from there to the last that is not zero.</param>
/// <param name="LastSequence">The last input before.</param>
public sealed record JournalTail(string File, long Offset, long TornBytes, long LastSequence)
{
    /// <summary>Segments behind it, begun and never durable.</summary>
    public IReadOnlyList<string> UnsyncedSegments { get; init; } = [];
}

/// <summary>What opening a journal for writing found.</summary>
/// <param name="LastSequence">The last input; one less than the first sequence if there is none.</param>
/// <param name="LastTimestampNanos">The timestamp of the last record, in nanoseconds since 1970; 0 if none was read.</param>
/// <param name="TornBytes">How many bytes of records that were never durable, or of a damaged last one, were cut; 0 after a clean stop.</param>
/// <param name="File">The segment with the journal's end.</param>
/// <param name="Offset">Where the journal ended, in bytes.</param>
public sealed record JournalRecovery(long LastSequence, long LastTimestampNanos, long TornBytes, string File, long Offset)
{
    /// <summary>Files beside the journal with all that was cut.</summary>
    public IReadOnlyList<string> KeptFiles { get; init; } = [];
}
