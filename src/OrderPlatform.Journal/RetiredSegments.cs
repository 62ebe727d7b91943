using System.Collections.Concurrent;

namespace OrderPlatform.Journal;

/// <summary>
/// Sealed segments on their way out: made durable, unmapped and closed, by whoever comes first, the background thread or a sync. A
/// segment is only ever closed under <see cref="Gate"/>, so who holds the gate may sync any segment that it saw inside.
/// </summary>
internal sealed class RetiredSegments(string directory)
{
    private readonly ConcurrentQueue<Segment> _segments = new();
    private int _directoryIsStale;

    public Lock Gate { get; } = new();

    public void Add(Segment segment) => _segments.Enqueue(segment);

    /// <summary>Call after a segment got its name.</summary>
    public void MarkDirectory() => Volatile.Write(ref _directoryIsStale, 1);

    /// <summary>Syncs and closes all; the caller holds the gate.</summary>
    public void Flush()
    {
        while (_segments.TryDequeue(out Segment? segment))
        {
            using (segment)
                segment.Sync();
        }

        if (Interlocked.Exchange(ref _directoryIsStale, 0) != 0)
            NativeFile.SyncDirectory(directory);
    }
}
