using Spectre.Console;

namespace OrderPlatform.Host.Output;

/// <summary>A progress bar on the error stream, where a person watches; nothing where the stream is not a terminal.</summary>
internal static class ProgressBar
{
    /// <summary>Does some work that tells its progress.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="total">How much there is, or below 1 if that is not known.</param>
    /// <param name="work">The work; it is given null where nobody watches.</param>
    public static T Show<T>(string title, long total, Func<Action<long>?, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(title, maxValue: Math.Max(total, 1));
                task.IsIndeterminate = total < 1;
                T result = work(done =>
                {
                    task.Value = done;
                    context.Refresh();
                });
                task.Value = task.MaxValue;
                return result;
            });
    }
}
