using System.Diagnostics;
using OrderPlatform.Host.Configuration;

namespace OrderPlatform.Host.Commands;

/// <summary>
/// Keeps a run within what it may use of the machine (R159). Both limits are the process's own: the system's, such as a container's, come first.
/// </summary>
internal static class ProcessLimits
{
    private const string HeapLimit = "GCHeapHardLimit";

    /// <summary>Sets the limits; threads that are started later have them.</summary>
    /// <exception cref="ConfigurationException">The process already uses more.</exception>
    public static void Apply(RunConfiguration configuration)
    {
        if (configuration.Process.MemoryLimitBytes is { } bytes)
        {
            LimitHeap(configuration.File, bytes);
        }

        if (configuration.Process.Processors is { } count && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            using Process process = Process.GetCurrentProcess();
            process.ProcessorAffinity = Lowest((ulong)process.ProcessorAffinity, count);
        }
    }

    private static void LimitHeap(string file, long bytes)
    {
        try
        {
            AppContext.SetData(HeapLimit, (ulong)bytes);
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException e)
        {
            string why = e.Message.ReplaceLineEndings(" ").TrimEnd('.');
            throw new ConfigurationException($"{file}: process.memory_limit_mb is {bytes >> 20}, which cannot be set: {why}: give more, or remove it");
        }
    }

    // So many of the processors that the process may use anyway.
    private static nint Lowest(ulong allowed, int count)
    {
        ulong kept = 0;
        for (int i = 0; i < count && allowed != 0; i++)
        {
            ulong lowest = allowed & (~allowed + 1);
            kept |= lowest;
            allowed ^= lowest;
        }

        return (nint)kept;
    }
}
