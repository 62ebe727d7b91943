using System.Runtime.InteropServices;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>Processor time of the calling thread; Linux. It stands still while others have the core, so it tells what work costs on a busy machine too.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Nanoseconds since the thread began.</summary>
    public static unsafe long Nanos()
    {
        long* time = stackalloc long[2];
        _ = GetTime(ThreadCpuTime, time);
        return (time[0] * 1_000_000_000) + time[1];
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static unsafe partial int GetTime(int clock, long* time);
}
