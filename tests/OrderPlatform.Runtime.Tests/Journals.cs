using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Tests;

/// <summary>A journal folder of a test's own, gone with it.</summary>
internal sealed class JournalFolder : IDisposable
{
    public JournalFolder() => Path = Directory.CreateTempSubdirectory("op-runtime-").FullName;

    public string Path { get; }

    public static JournalOptions Options => new() { SegmentLengthBytes = 1 << 20, SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };

    public JournalWriter Create() => JournalWriter.Create(System.IO.Path.Combine(Path, "journal"), Options);

    public JournalReader Read() => JournalReader.Open(System.IO.Path.Combine(Path, "journal"));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
