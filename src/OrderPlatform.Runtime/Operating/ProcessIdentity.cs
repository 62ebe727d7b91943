using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OrderPlatform.Runtime.Operating;

/// <summary>Tells a process from a later one with the same id.</summary>
internal static class ProcessIdentity
{
    // Of /proc/PID/stat behind the name, which may have blanks and brackets: the state is the first field, the start the twentieth (proc_pid_stat(5)).
    private const int StartField = 19;

    /// <summary>When a process began, in a count of the system's that never changes for it; null if there is none, or it has ended.</summary>
    public static long? StartOf(int processId)
    {
        if (processId <= 0)
        {
            return null;
        }

        return OperatingSystem.IsLinux() ? OfStat(processId) : OfSystem(processId);
    }

    private static long? OfStat(int processId)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[StartField], CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? OfSystem(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
