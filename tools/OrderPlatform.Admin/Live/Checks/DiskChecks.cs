using System.Globalization;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Admin.Live.Checks;

/// <summary>The disk of a folder, and what this user may do there.</summary>
internal static class DiskChecks
{
    private const long FreeErrorBytes = 128L << 20;
    private const long FreeWarningBytes = 2L << 30;

    private static readonly TimeSpan SlowSync = TimeSpan.FromMilliseconds(50);
    private static readonly string[] Volatile = ["tmpfs", "ramfs"];
    private static readonly string[] Remote = ["nfs", "nfs4", "cifs", "smb2", "smbfs", "9p", "fuse", "sshfs"];

    public static IEnumerable<Finding> Run(string folder)
    {
        foreach (Finding finding in Space(folder))
        {
            yield return finding;
        }

        yield return Sync(folder);
    }

    /// <summary>What others than the engine's user may do with its folder.</summary>
    public static IEnumerable<Finding> Permissions(string journal)
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        OperatorFolder folder = OperatorFolder.Of(journal);
        foreach ((string path, string what) in new[] { (journal, "write the journal"), (folder.Root, "operate the engine"), (folder.Inbox, "operate the engine") })
        {
            if (!Path.Exists(path))
            {
                continue;
            }

            UnixFileMode mode = File.GetUnixFileMode(path);
            yield return (mode & UnixFileMode.OtherWrite) != 0
                ? Finding.Error("permissions", $"{path}: everybody on this machine may {what}", $"chmod o-w {path}")
                : Finding.Ok("permissions", $"{path}: {((mode & UnixFileMode.GroupWrite) != 0 ? "its group, too, may" : "its owner alone may")} {what}");
        }
    }

    private static IEnumerable<Finding> Space(string folder)
    {
        DriveInfo? drive = DriveOf(folder);
        if (drive is null)
        {
            yield return Finding.Warning("disk", $"what {folder} lies on cannot be told", "see that there is room for it");
            yield break;
        }

        string kind = drive.DriveFormat;
        yield return Volatile.Contains(kind) ? Finding.Warning("disk", $"{folder} lies in memory ({kind}): it ends with the machine", "put it on a disk")
            : Remote.Any(kind.StartsWith) ? Finding.Error("disk", $"{folder} lies on {kind}: mapped files and locks cannot be trusted there", "put it on a disk of this machine")
            : Finding.Ok("disk", $"file system {kind} at {drive.RootDirectory}");
        string free = $"{(drive.AvailableFreeSpace / (double)(1 << 30)).ToString("N1", CultureInfo.InvariantCulture)} GiB free of {(drive.TotalSize / (double)(1 << 30)).ToString("N1", CultureInfo.InvariantCulture)}";
        yield return drive.AvailableFreeSpace < FreeErrorBytes ? Finding.Error("disk", free, "free space: a journal without room stops the engine")
            : drive.AvailableFreeSpace < FreeWarningBytes ? Finding.Warning("disk", free, "free space")
            : Finding.Ok("disk", free);
    }

    // The mount whose name is the longest beginning of the folder's is what it lies on.
    private static DriveInfo? DriveOf(string folder)
    {
        try
        {
            string full = Path.GetFullPath(folder);
            return DriveInfo.GetDrives()
                .Where(drive => full == drive.RootDirectory.FullName.TrimEnd('/') || full.StartsWith(drive.RootDirectory.FullName.TrimEnd('/') + "/", StringComparison.Ordinal))
                .MaxBy(static drive => drive.RootDirectory.FullName.Length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Finding Sync(string folder)
    {
        try
        {
            DiskProbe probe = DiskProbe.Of(folder);
            string took = $"a write of 4 KiB is durable after {Millis(probe.Median)} ms, at most {Millis(probe.Longest)} (32 writes)";
            return probe.Median > SlowSync
                ? Finding.Warning("disk", took, "use a faster disk, or --durability page-cache if the machine may lose its last inputs")
                : Finding.Ok("disk", took);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Finding.Error("permissions", $"{folder}: this user cannot write there: {failure.Message}", "run as the user of the engine, or give it the folder");
        }
    }

    private static string Millis(TimeSpan span) => span.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture);
}
