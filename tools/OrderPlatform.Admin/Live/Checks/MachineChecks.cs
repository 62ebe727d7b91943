using System.Globalization;
using System.Runtime.InteropServices;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Admin.Live.Checks;

/// <summary>Runtime and clock of this machine.</summary>
internal static class MachineChecks
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DriftMax = TimeSpan.FromMilliseconds(5);

    public static IEnumerable<Finding> Run(TimeProvider time)
    {
        yield return Finding.Ok("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})");
        int cores = Environment.ProcessorCount;
        yield return cores >= 2
            ? Finding.Ok("runtime", $"{cores} processors")
            : Finding.Warning("runtime", "one processor: the threads of a run share it", "give the engine two, three with a follower");
        foreach (Finding finding in Clock(time))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Clock(TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset built = new(File.GetLastWriteTimeUtc(typeof(MachineChecks).Assembly.Location));
        string shown = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        yield return now >= built
            ? Finding.Ok("clock", $"{shown}, not before this program was built")
            : Finding.Error("clock", $"{shown} is before this program was built ({built.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)})", "set the clock");
        yield return SystemClock.IsSynchronised switch
        {
            true => Finding.Ok("clock", "the kernel says that a time service keeps it"),
            false => Finding.Warning("clock", "the kernel says that no time service keeps it", "run chronyd, ntpd or systemd-timesyncd: venues refuse requests with a wrong time"),
            null => Finding.Warning("clock", "whether a time service keeps it cannot be told here", "see that one does"),
        };
        TimeSpan drift = SystemClock.Drift(time, Look);
        string drifted = $"wall clock and monotonic clock part by {drift.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture)} ms in {Look.TotalMilliseconds} ms";
        yield return drift <= DriftMax
            ? Finding.Ok("clock", drifted)
            : Finding.Error("clock", drifted, "something steps the clock: let the time service slew it");
        yield return SystemClock.IsHighResolution
            ? Finding.Ok("clock", "the monotonic clock is fine enough to measure with")
            : Finding.Warning("clock", "the monotonic clock is coarse", "latencies are rounded to it");
    }
}
