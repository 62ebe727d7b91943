using System.CommandLine;
using OrderPlatform.Analytics;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal;

namespace OrderPlatform.Host.Commands;

/// <summary><c>backtest &lt;config.yaml&gt;</c>: the deterministic loop over a file or the generator, with a journal and a report.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var options = new RunOptions();
        var command = new Command("backtest", "Run a strategy over market data against the simulated venue, write a journal, print a report.");
        options.AddTo(command);
        command.SetAction(parsed => Failures.Guard(() => Execute(options.Read(parsed))));
        return command;
    }

    private static int Execute(RunArguments arguments)
    {
        using RunParts parts = RunParts.Create(arguments.Configuration, arguments.Data, arguments.Symbol);
        ProcessLimits.Apply(parts.Configuration);
        string journalPath = JournalPlaces.For(arguments.Journal, parts.Configuration.StrategyId);
        string folder = arguments.Out ?? RunOutput.DefaultFolder(parts.Configuration.StrategyId);
        RunOutput.Prepare(folder);
        using var stop = new StopSignal();
        var recorder = new RunRecorder();
        RunRecord record;
        using (JournalWriter journal = JournalWriter.Create(journalPath, JournalPlaces.Options()))
        {
            var runner = parts.NewBacktest(journal, recorder);
            TimeSpan elapsed = ProgressBar.Show("backtest", parts.Source.CountHint, onProgress => runner.Run(onProgress, stop.Token));
            record = recorder.Complete(runner.Engine.DigestText(), elapsed, journalPath);
        }

        RunOutput.Describe(record, parts);
        RunOutput.Write(record, recorder.Orders, folder, parts.Configuration.TracksExecution);
        return stop.Token.IsCancellationRequested ? Failures.Cancelled : 0;
    }
}
