using System.CommandLine;
using OrderPlatform.Aeron;
using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.AeronTool;

/// <summary>The command <c>loss</c>: what a driver's images have lost.</summary>
internal static class LossCommand
{
    private const string Columns = "observations\tbytes\tfirst\tlast\tsession\tstream\tchannel\tsource";

    internal static Command Create(TextWriter output, TextWriter errors)
    {
        Argument<string> directory = DriverDirectory.Argument();
        var command = new Command(
            "loss", "Show what a driver's images have lost, a line each, columns between tabs. Exit code 0: shown, 1: there is no loss report to read")
        {
            directory,
        };
        command.SetAction(result => DriverDirectory.Read(errors, () =>
        {
            using MappedFile file = MappedFile.OpenExisting(
                Path.Combine(result.GetRequiredValue(directory), AeronDirectory.LossReportFileName), isWritable: false);
            output.WriteLine(Columns);
            foreach (LossRecord record in LossReportReader.Read(file.Buffer))
            {
                output.WriteLine(string.Join(
                    '\t', record.ObservationCount, record.TotalBytesLost, DriverDirectory.Time(record.FirstMs), DriverDirectory.Time(record.LastMs),
                    record.SessionId, record.StreamId, DriverDirectory.Printable(record.Channel), DriverDirectory.Printable(record.Source)));
            }
        }));
        return command;
    }
}
