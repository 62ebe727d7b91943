namespace OrderPlatform.Runtime.Replay;

/// <summary>A digest file that cannot be written or used: one line with the file, its line, and what to do.</summary>
public sealed class DigestFileException(string message) : Exception(message);
