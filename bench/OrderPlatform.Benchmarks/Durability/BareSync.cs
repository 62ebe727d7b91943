using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Durability;

/// <summary>What no journal on this file system can be faster than: 4 KiB written and synced, one after the other, in a file that was written before.</summary>
internal static partial class BareSync
{
    private const int FileBytes = 16 << 20;
    private const int PageBytes = 4096;

    public static LongHistogram Run(string folder, TimeSpan time)
    {
        long began = Stopwatch.GetTimestamp();
        return RunUntil(folder, () => Stopwatch.GetElapsedTime(began) > time);
    }

    /// <summary>The same on a thread of its own while something else runs: what the disk's work does to the machine, whoever asks for it.</summary>
    public static T Beside<T>(string folder, Func<T> measure)
    {
        bool isOver = false;
        var thread = new Thread(() => RunUntil(folder, () => Volatile.Read(ref isOver)));
        thread.Start();
        try
        {
            return measure();
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            thread.Join();
        }
    }

    private static LongHistogram RunUntil(string folder, Func<bool> isOver)
    {
        var times = new LongHistogram(60_000_000_000, 3);
        byte[] page = new byte[PageBytes];
        string path = Path.Combine(folder, "bare");
        using SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, preallocationSize: FileBytes);
        RandomAccess.Write(file, new byte[FileBytes], 0);
        Sync(file);
        for (long offset = 0; !isOver(); offset = (offset + PageBytes) % FileBytes)
        {
            long start = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, page, offset);
            Sync(file);
            times.RecordValue(OpenLoop.NanosSince(start));
        }

        return times;
    }

    private static void Sync(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (DataSync(file) != 0)
            throw new IOException($"fdatasync failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);
}
