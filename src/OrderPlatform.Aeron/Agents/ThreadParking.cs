using System.Runtime.InteropServices;

namespace OrderPlatform.Aeron.Agents;

/// <summary>Sleeps that may be shorter than the millisecond which the framework has at least.</summary>
internal static partial class ThreadParking
{
    private const long NanosPerSecond = 1_000_000_000;
    private const long NanosPerMilli = 1_000_000;

    /// <summary>Sleeps that long, and as much longer as the system's timers make it: on Linux about 50 microseconds.</summary>
    public static void Park(long nanos)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            Thread.Sleep((int)Math.Max(1, nanos / NanosPerMilli));
            return;
        }

        var time = new TimeSpec { Seconds = nanos / NanosPerSecond, Nanos = nanos % NanosPerSecond };
        // A signal that cuts it short only makes the next look come earlier.
        _ = NanoSleep(in time, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec requested, nint remaining);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanos;
    }
}
