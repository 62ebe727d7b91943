using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrderPlatform.Runtime.Operating;

/// <summary>What can be told of this machine's clock without asking another one.</summary>
public static partial class SystemClock
{
    // adjtimex(2): modes 0 only reads; 5 is "the clock is not synchronised". The struct has 208 bytes on 64-bit systems.
    private const int TimexLength = 256;
    private const int Unsynchronised = 5;
    private const int Looks = 50;

    /// <summary>Whether the kernel holds the clock to be synchronised by a time service; null where that cannot be told.</summary>
    public static bool? IsSynchronised
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return null;
            }

            Span<byte> timex = stackalloc byte[TimexLength];
            timex.Clear();
            int state = AdjustTime(ref MemoryMarshal.GetReference(timex));
            return state < 0 ? null : state != Unsynchronised;
        }
    }

    /// <summary>The farthest that the wall clock and the monotonic clock part within a short while; a clock that is stepped parts from the other.</summary>
    /// <param name="time">The clocks.</param>
    /// <param name="span">How long to look.</param>
    public static TimeSpan Drift(TimeProvider time, TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(time);
        DateTimeOffset wall = time.GetUtcNow();
        long start = time.GetTimestamp();
        TimeSpan most = TimeSpan.Zero;
        for (int look = 0; look < Looks; look++)
        {
            Thread.CurrentThread.Join(span / Looks);
            TimeSpan parted = (time.GetUtcNow() - wall - time.GetElapsedTime(start)).Duration();
            most = parted > most ? parted : most;
        }

        return most;
    }

    /// <summary>Whether the monotonic clock is fine enough to measure with.</summary>
    public static bool IsHighResolution => Stopwatch.IsHighResolution;

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AdjustTime(ref byte timex);
}
