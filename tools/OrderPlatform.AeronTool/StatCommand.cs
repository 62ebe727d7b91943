using System.CommandLine;
using System.Globalization;
using OrderPlatform.Aeron.CommandAndControl;

namespace OrderPlatform.AeronTool;

/// <summary>The command <c>stat</c>: a driver's counters, once or again and again.</summary>
internal static class StatCommand
{
    private const string ClearScreen = "\u001b[H\u001b[2J\u001b[3J";

    internal static Command Create(TextWriter output, TextWriter errors, bool isScreen)
    {
        Argument<string> directory = DriverDirectory.Argument();
        var watch = new Option<bool>("--watch") { Description = "Again and again until Ctrl+C, with what each counter gained a second" };
        var interval = new Option<double>("--interval") { Description = "Seconds between, from 0 to 3600", DefaultValueFactory = static _ => 1 };
        var count = new Option<int>("--count") { Description = "End a watch after that many times; 0: never" };
        var filter = new Option<string?>("--filter") { Description = "Only counters whose label contains this text, in any case" };
        interval.Validators.Add(static result =>
        {
            // What is not a number is refused by the option itself.
            if (result.Tokens is [{ Value: string text }] && double.TryParse(text, CultureInfo.InvariantCulture, out double seconds)
                && seconds is not (>= 0 and <= 3600))
            {
                result.AddError("--interval is from 0 to 3600 seconds");
            }
        });
        var command = new Command("stat", "Show the counters of a driver: id, value and label. Exit code 0: shown, 1: there is no driver's file to read")
        {
            directory, watch, interval, count, filter,
        };
        command.SetAction((result, cancellation) => Task.FromResult(DriverDirectory.Read(errors, () =>
        {
            using CncFile file = CncFile.Open(result.GetRequiredValue(directory), isWritable: false);
            var report = new CounterReport(file, result.GetValue(filter));
            if (result.GetValue(watch))
                Watch(report, output, isScreen, TimeSpan.FromSeconds(result.GetValue(interval)), result.GetValue(count), cancellation);
            else
                report.Write(output, Now());
        })));
        return command;
    }

    private static void Watch(CounterReport report, TextWriter output, bool isScreen, TimeSpan interval, int count, CancellationToken cancellation)
    {
        for (int shown = 0; !cancellation.IsCancellationRequested && (count <= 0 || shown < count); shown++)
        {
            if (shown > 0 && cancellation.WaitHandle.WaitOne(interval))
                return;
            // As one piece: a screen that is cleared and written line by line flickers.
            using var page = new StringWriter();
            report.Write(page, Now());
            output.Write(isScreen ? ClearScreen + page : page.ToString());
            output.Flush();
        }
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
