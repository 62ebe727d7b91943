using System.Runtime.InteropServices;

namespace OrderPlatform.Disruptor.Agents;

/// <summary>Ties a thread to a processor, where the operating system can (Linux).</summary>
public static unsafe partial class ThreadAffinity
{
    private const int ProcessorsMax = 1024;

    /// <summary>Ties the calling thread to one processor.</summary>
    /// <param name="processor">The processor's number, from 0.</param>
    /// <returns>False if the system cannot, or if the processor does not exist or is not allowed: the thread then runs anywhere.</returns>
    public static bool TryPinCurrentThread(int processor)
    {
        if (!OperatingSystem.IsLinux() || processor is < 0 or >= ProcessorsMax)
            return false;
        ulong* mask = stackalloc ulong[ProcessorsMax / 64];
        new Span<ulong>(mask, ProcessorsMax / 64).Clear();
        mask[processor / 64] = 1UL << (processor % 64);
        return SetAffinity(0, ProcessorsMax / 8, mask) == 0;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int threadId, nuint maskLengthBytes, ulong* mask);
}
