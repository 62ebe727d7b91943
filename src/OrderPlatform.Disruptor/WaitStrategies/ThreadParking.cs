using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>Sleeps shorter than the platform's <see cref="Thread.Sleep(int)"/>, whose unit is a millisecond.</summary>
internal static partial class ThreadParking
{
    public const long DefaultNanos = 50_000;

    private const long NanosMax = 1_000_000_000;

    public static void ThrowIfOutside(long parkNanos)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parkNanos, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parkNanos, NanosMax);
    }

    public static void Park(long parkNanos)
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            var period = new TimeSpec { Seconds = parkNanos / NanosMax, Nanos = parkNanos % NanosMax };
            // A signal ends the sleep early; idling needs no exactness.
            _ = NanoSleep(in period, 0);
        }
        else
        {
            Thread.Sleep((int)Math.Max(1, parkNanos / 1_000_000));
        }
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec period, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanos;
    }
}
