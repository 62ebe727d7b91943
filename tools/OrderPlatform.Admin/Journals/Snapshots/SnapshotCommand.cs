using System.CommandLine;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary><c>snapshot</c>: the snapshots of a journal, and the state of any place as one.</summary>
internal static class SnapshotCommand
{
    public static Command Create() => new("snapshot", "Snapshots of a journal: which there are, what is in them, whether they are true; and states compared.")
    {
        SnapshotList.Create(),
        SnapshotTake.Create(),
        SnapshotVerify.Create(),
        SnapshotShow.Create(),
        SnapshotDiff.Create(),
    };
}
