using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal;

/// <summary>
/// Ends a journal at a place, and destroys nothing: what is cut is durable beside the journal before it is cut. A process or machine that dies midway
/// leaves a journal that can be cut again.
/// </summary>
internal static unsafe class JournalCut
{
    private const string CutSuffix = ".cut";

    /// <summary>Keeps what lies behind an offset of a segment, and the later segments, and takes them out of the journal. The caller holds the lock.</summary>
    /// <returns>The files that keep them.</returns>
    public static IReadOnlyList<string> Apply(
        IJournalDevice device, string directory, Segment segment, long offset, IReadOnlyList<string> laterSegments, bool keepsTail = true)
    {
        long tornBytes = SegmentScan.TornBytes(segment, offset);
        List<string> kept = [];
        if (tornBytes > 0 && keepsTail)
            kept.Add(Keep(device, $"{segment.FilePath}.from-{offset}", new ReadOnlySpan<byte>(segment.Address + offset, (int)tornBytes)));
        // The last first: a journal that misses a segment in the middle could not be opened.
        foreach (string later in laterSegments.Reverse())
        {
            kept.Add(FreeName(device, later));
            device.Rename(later, kept[^1]);
            device.SyncDirectory(directory);
        }

        device.SyncDirectory(directory);
        // Zeros, so that nothing of a cut record can ever be taken for one behind a new record.
        new Span<byte>(segment.Address + offset, (int)tornBytes).Clear();
        segment.SyncWhole();
        return kept;
    }

    /// <summary>Copies a whole segment beside the journal.</summary>
    public static string KeepWhole(IJournalDevice device, Segment segment) =>
        Keep(device, segment.FilePath + ".whole", new ReadOnlySpan<byte>(segment.Address, (int)segment.LengthBytes));

    private static string Keep(IJournalDevice device, string name, ReadOnlySpan<byte> bytes)
    {
        string path = FreeName(device, name);
        using IJournalFile file = device.Create(path, bytes.Length);
        bytes.CopyTo(new Span<byte>(file.Address, bytes.Length));
        file.Sync(0, bytes.Length);
        return path;
    }

    private static string FreeName(IJournalDevice device, string name)
    {
        string path = name + CutSuffix;
        for (int count = 2; device.Exists(path); count++)
            path = $"{name}.{count}{CutSuffix}";
        return path;
    }
}
