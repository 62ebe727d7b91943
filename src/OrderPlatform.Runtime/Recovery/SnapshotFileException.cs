namespace OrderPlatform.Runtime.Recovery;

/// <summary>A snapshot's file that cannot be used: one line that names it, the reason and what to do.</summary>
public sealed class SnapshotFileException(string message) : Exception(message);
