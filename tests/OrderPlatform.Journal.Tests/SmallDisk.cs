using System.Diagnostics;

namespace OrderPlatform.Journal.Tests;

/// <summary>A file system of a few hundred kilobytes in memory, mounted for one test; only root may.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => FullPath = path;

    public string FullPath { get; }

    /// <summary>Mounts it, or skips the test where that is not allowed; what it would show is also shown with the device in memory.</summary>
    public static SmallDisk Mount(int kilobytes)
    {
        string path = Directory.CreateTempSubdirectory("journal-disk-").FullName;
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path))
        {
            Directory.Delete(path);
            Assert.Ignore("needs the right to mount a file system");
        }

        return new SmallDisk(path);
    }

    public void MakeReadOnly() => Assert.That(Run("mount", "-o", "remount,ro", FullPath), Is.True);

    public void Dispose()
    {
        Run("umount", FullPath);
        Directory.Delete(FullPath);
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
