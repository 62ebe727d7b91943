using System.Globalization;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary>What a file of a snapshot is worth: sound, tied to the journal's record after which it was taken, and restored by this build.</summary>
/// <param name="File">The file.</param>
/// <param name="Sequence">The input after which it was taken; the one in its name where it is damaged; -1 if that is none.</param>
/// <param name="CreatedNanos">When it was taken; 0 where it is damaged.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Reason">Why it cannot be used; null if it can.</param>
internal sealed record SnapshotJudgement(string File, long Sequence, long CreatedNanos, long Bytes, string? Reason)
{
    /// <summary>Whether an engine can start from it.</summary>
    public bool IsUsable => Reason is null;

    /// <summary>All of a journal, newest first, one read at a time.</summary>
    /// <exception cref="JournalException">There is no journal, or it cannot be read.</exception>
    public static IEnumerable<SnapshotJudgement> All(string journal, JournalReaderOptions reading)
    {
        JournalReader.Open(journal, reading).Dispose();
        return SnapshotSearch.Files(EngineStart.FolderOf(journal)).Select(file => Of(file, journal, reading));
    }

    private static SnapshotJudgement Of(string file, string journal, JournalReaderOptions reading)
    {
        long bytes = System.IO.File.Exists(file) ? new FileInfo(file).Length : 0;
        if (SnapshotSearch.Read(file, SnapshotReplay.Options, out SkippedSnapshot? unsound) is not { } snapshot)
        {
            long named = long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;
            return new SnapshotJudgement(file, named, 0, bytes, unsound!.Reason);
        }

        var skipped = new List<SkippedSnapshot>();
        using EngineStart? start = EngineStart.From(snapshot, journal, reading, skipped);
        return new SnapshotJudgement(file, snapshot.Sequence, snapshot.CreatedNanos, bytes, start is null ? skipped[^1].Reason : null);
    }
}
