using System.Runtime.InteropServices;

namespace OrderPlatform.Journal.Syncing;

/// <summary>A sleep of less than a millisecond, which .NET's own would cut to none.</summary>
internal static partial class ShortSleep
{
    public static void For(TimeSpan time)
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.Sleep(1);
            return;
        }

        var wanted = new TimeOfKernel { Nanos = Math.Clamp((long)time.TotalNanoseconds, 0, 999_999_999) };
        // A signal ends it early: the caller looks at the clock anyway.
        _ = Sleep(in wanted, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in TimeOfKernel wanted, nint rest);

    private struct TimeOfKernel
    {
        public long Seconds;
        public long Nanos;
    }
}
