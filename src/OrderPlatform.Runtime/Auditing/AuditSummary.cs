namespace OrderPlatform.Runtime.Auditing;

/// <summary>What was exported.</summary>
/// <param name="Entries">Entries, without header and trailer.</param>
/// <param name="First">First input of the range.</param>
/// <param name="Last">Last input of the range.</param>
/// <param name="Head">Hash of the last line: told by another way, it proves the file.</param>
public sealed record AuditSummary(long Entries, long First, long Last, string Head);

/// <summary>A client that a journal does not have, or a range without an input: one line with the remedy.</summary>
public sealed class AuditException(string message) : ArgumentException(message);
