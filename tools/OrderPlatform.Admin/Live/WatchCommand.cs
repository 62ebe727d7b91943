using System.CommandLine;
using System.Globalization;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Past;
using Spectre.Console;

namespace OrderPlatform.Admin.Live;

/// <summary><c>watch &lt;journal&gt;</c>: a running engine as a screen that renews itself, from its counters file alone.</summary>
internal static class WatchCommand
{
    private const int TextWidth = 160;

    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var once = new Option<bool>("--once") { Description = "One screen as text, and end; so it is where the output is no screen, too." };
        var count = new Option<int?>("--count") { Description = "So many screens, and end." };
        var interval = new Option<double>("--interval") { Description = "Seconds between two looks, 0.1 to 3600.", DefaultValueFactory = static _ => 1 };
        count.Validators.Add(static result => Require(result.Tokens is not [{ Value: var text }] || (int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number > 0),
            result, "--count: give a number from 1"));
        interval.Validators.Add(static result => Require(
            result.Tokens is not [{ Value: var text }] || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.1 and <= 3_600),
            result, "--interval: give seconds, 0.1 to 3600"));
        var command = new Command(
            "watch", "A running engine as a full screen: rates, lags, rings, latencies, clients, positions, orders, alerts. It reads the mapped counters file and costs the engine "
            + "nothing; q or Ctrl+C ends it. Of an engine that has ended it shows the last numbers. Example: op-admin watch journal/odum/0001")
        {
            journal, once, count, interval,
        };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string folder = JournalArgument.Resolve(parsed.GetRequiredValue(journal));
            TimeSpan between = TimeSpan.FromSeconds(parsed.GetRequiredValue(interval));
            using var stop = new StopSignal();
            using var looks = new WatchLooks(folder, between, stop.Token);
            bool isScreen = !Console.IsOutputRedirected && !parsed.GetValue(once);
            JournalNames names = WatchNames.Of(folder);
            return parsed.GetValue(Answer.JsonOption) ? WatchAnswer.Of(folder, looks.Two(), names).Write(parsed)
                : isScreen ? Renew(looks, new WatchScreen(folder, names), parsed.GetValue(count))
                : Print(looks, new WatchScreen(folder, names), parsed.GetValue(once) ? 1 : parsed.GetValue(count) ?? 1);
        }));
        return command;
    }

    private static void Require(bool isSound, System.CommandLine.Parsing.SymbolResult result, string problem)
    {
        if (!isSound)
        {
            result.AddError(problem);
        }
    }

    private static int Print(WatchLooks looks, WatchScreen screen, int count)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out), Ansi = AnsiSupport.No });
        console.Profile.Width = TextWidth;
        WatchSample sample = looks.Two();
        console.Write(screen.Of(sample));
        for (int i = 1; i < count && looks.TryNext(out sample); i++)
        {
            console.Write(screen.Of(sample));
        }

        return looks.IsCancelled ? Failures.Cancelled : ExitCodes.Done;
    }

    private static int Renew(WatchLooks looks, WatchScreen screen, int? count)
    {
        AnsiConsole.AlternateScreen(() => AnsiConsole.Live(screen.Of(looks.One())).Overflow(VerticalOverflow.Crop).Start(context =>
        {
            for (long shown = 1; (count is null || shown < count) && !IsLeft() && looks.TryNext(out WatchSample sample); shown++)
            {
                context.UpdateTarget(screen.Of(sample));
            }
        }));
        return ExitCodes.Done;
    }

    private static bool IsLeft() => !Console.IsInputRedirected && Console.KeyAvailable && Console.ReadKey(intercept: true).Key is ConsoleKey.Q or ConsoleKey.Escape;
}
