using System.Diagnostics;

namespace OrderPlatform.Runtime.Operating;

/// <summary>How fast a folder's disk makes small writes durable.</summary>
/// <param name="Median">Half of the writes took no longer.</param>
/// <param name="Longest">The longest.</param>
public sealed record DiskProbe(TimeSpan Median, TimeSpan Longest)
{
    private const int Writes = 32;
    private const int WriteLength = 4_096;

    /// <summary>Writes a small file there, syncs after each write, and removes it.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static DiskProbe Of(string folder)
    {
        string path = Path.Combine(folder, $".probe-{RequestId.New()}");
        var times = new List<TimeSpan>();
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            var bytes = new byte[WriteLength];
            for (int i = 0; i < Writes; i++)
            {
                long start = Stopwatch.GetTimestamp();
                file.Write(bytes);
                file.Flush(flushToDisk: true);
                times.Add(Stopwatch.GetElapsedTime(start));
            }
        }
        finally
        {
            File.Delete(path);
        }

        times.Sort();
        return new DiskProbe(times[Writes / 2], times[^1]);
    }
}
