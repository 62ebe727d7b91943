namespace OrderPlatform.Journal.Snapshots;

/// <summary>A snapshot that was read and verified.</summary>
/// <param name="File">Its file.</param>
/// <param name="Sequence">The last input that it has seen.</param>
/// <param name="JournalCrc">The checksum of the journal's record of that input; 0 if it was not known.</param>
/// <param name="CreatedNanos">When it was taken, nanoseconds since 1970.</param>
/// <param name="Content">What was given to the store.</param>
public sealed record StoredSnapshot(string File, long Sequence, uint JournalCrc, long CreatedNanos, ReadOnlyMemory<byte> Content);

/// <summary>A snapshot that cannot be used.</summary>
/// <param name="File">Its file.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Reason">The same in words, for people.</param>
public sealed record SkippedSnapshot(string File, JournalFault Kind, string Reason);
