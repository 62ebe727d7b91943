using System.CommandLine;
using OrderPlatform.Aeron;

namespace OrderPlatform.AeronTool;

/// <summary>The directory that a command looks into, and what is said when it cannot.</summary>
internal static class DriverDirectory
{
    /// <summary>The last argument of each command.</summary>
    internal static Argument<string> Argument() => new("directory")
    {
        Description = "The driver's directory",
        DefaultValueFactory = static _ => AeronDirectory.Default,
    };

    /// <summary>Does something with a directory; what keeps it from being read becomes one line.</summary>
    /// <returns>The exit code.</returns>
    internal static int Read(TextWriter errors, Action read)
    {
        try
        {
            read();
            return 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            errors.WriteLine($"error: {problem.Message}");
            return 1;
        }
    }

    /// <summary>A time as it is written everywhere here: UTC, to the millisecond.</summary>
    internal static string Time(long epochMillis)
    {
        // What stands in shared memory may be any number.
        long limited = Math.Clamp(epochMillis, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        return DateTimeOffset.FromUnixTimeMilliseconds(limited).ToString("yyyy-MM-dd HH:mm:ss.fff'Z'");
    }

    /// <summary>A text from shared memory, without what would move a terminal's cursor or begin a line of its own.</summary>
    internal static string Printable(string text) => string.Concat(text.Select(static character => char.IsControl(character) ? ' ' : character));
}
