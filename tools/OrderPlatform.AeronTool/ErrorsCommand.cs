using System.CommandLine;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Reports;

namespace OrderPlatform.AeronTool;

/// <summary>The command <c>errors</c>: a driver's distinct errors.</summary>
internal static class ErrorsCommand
{
    internal static Command Create(TextWriter output, TextWriter errors)
    {
        Argument<string> directory = DriverDirectory.Argument();
        var command = new Command(
            "errors", "Show the distinct errors that a driver observed, with how often and when. Exit code 0: shown, 1: there is no driver's file to read")
        {
            directory,
        };
        command.SetAction(result => DriverDirectory.Read(errors, () =>
        {
            using CncFile file = CncFile.Open(result.GetRequiredValue(directory), isWritable: false);
            Write(output, ErrorLogReader.Read(file.ErrorLog));
        }));
        return command;
    }

    private static void Write(TextWriter output, IReadOnlyList<ErrorLogEntry> entries)
    {
        foreach (ErrorLogEntry entry in entries)
        {
            string times = entry.ObservationCount == 1
                ? $"once, {DriverDirectory.Time(entry.LastMs)}"
                : $"{entry.ObservationCount} times, {DriverDirectory.Time(entry.FirstMs)} to {DriverDirectory.Time(entry.LastMs)}";
            output.WriteLine($"{times}:");
            // Texts of the reference driver have lines of their own.
            foreach (string line in entry.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                output.WriteLine($"  {DriverDirectory.Printable(line.TrimEnd())}");
            }
        }

        output.WriteLine($"{entries.Count} distinct errors");
    }
}
