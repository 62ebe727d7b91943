using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Live;
using Serilog;
using Serilog.Events;

namespace OrderPlatform.Host.Commands;

/// <summary><c>run &lt;config.yaml&gt;</c>: the live pipeline in one process until the data end or Ctrl+C drains it.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var options = new RunOptions();
        var pace = new Option<string>("--pace")
        {
            Description = "lockstep (the next item enters when the venue has answered the last), 1x, 1000x or any multiple of real time, or max.",
            DefaultValueFactory = static _ => "lockstep",
        };
        var durability = new Option<string?>("--durability")
        {
            Description = "When an input is safe, so that what it caused may leave: page-cache, every-batch, or interval:<time>; default: as configured, else page-cache.",
        };
        var resume = new Option<bool>("--resume-state") { Description = "Start the strategy from its state_file (R166)." };
        var command = new Command("run", "Run the live pipeline (ring, journal, engine, egress, venue) with the same data, paced.");
        options.AddTo(command);
        command.Options.Add(pace);
        command.Options.Add(durability);
        command.Options.Add(resume);
        Option<long?> every = SnapshotReplay.EveryOption();
        command.Options.Add(every);
        var checks = new SelfCheckOptions();
        checks.AddTo(command);
        command.SetAction(parsed => Failures.Guard(() => Execute(
            options.Read(parsed), PaceText.ParseRun(parsed.GetRequiredValue(pace)), ParseDurability(parsed.GetValue(durability)), parsed.GetValue(resume),
            journal => checks.Read(parsed, journal with { SnapshotEvery = parsed.GetValue(every) }))));
        return command;
    }

    private static JournalDurability? ParseDurability(string? text)
    {
        try
        {
            return text is null ? null : JournalDurability.Parse(text);
        }
        catch (FormatException failure)
        {
            throw new ConfigurationException($"--durability: {failure.Message}");
        }
    }

    private static int Execute(RunArguments arguments, Pace pace, JournalDurability? durability, bool resume, Func<RunJournal, RunJournal> withChecks)
    {
        using RunParts parts = RunParts.CreateDeployed(arguments.Configuration, arguments.Data, arguments.Symbol);
        ProcessLimits.Apply(parts.Configuration);
        if (resume && arguments.Journal is { } continued && JournalWriter.Exists(continued))
        {
            throw new ConfigurationException(
                $"--resume-state begins a new journal, and {continued} is one to continue, with the strategy as it was: leave --resume-state or --journal away");
        }

        if (resume)
        {
            StrategyState.Load(parts);
        }

        string journalPath = JournalPlaces.For(arguments.Journal, parts.Configuration.StrategyId);
        string folder = arguments.Out ?? RunOutput.DefaultFolder(parts.Configuration.StrategyId);
        RunOutput.Prepare(folder);
        RunJournal place = withChecks(new RunJournal(journalPath, durability ?? parts.Configuration.Durability, null));
        using IHost host = BuildHost(parts, place, folder, pace);
        LiveRun run = host.Services.GetRequiredService<LiveRun>();
        host.Run();
        run.ThrowIfFailed();
        if (parts.Configuration.StateFile is { } stateFile && parts.Strategy is { } strategy)
        {
            StrategyState.Save(stateFile, strategy);
        }

        return Report(parts, run, journalPath, folder);
    }

    private static IHost BuildHost(RunParts parts, RunJournal place, string folder, Pace pace)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        (LogEventLevel written, LogLevel let) = LevelsOf(parts.Configuration.Process.LogLevel);
        builder.Logging.SetMinimumLevel(let);
        builder.Logging.AddSerilog(
            new LoggerConfiguration().MinimumLevel.Is(written).WriteTo.Async(sink => sink.File(Path.Combine(folder, "run.log"), formatProvider: CultureInfo.InvariantCulture)).CreateLogger(), dispose: true);
        builder.Services.Configure<HostOptions>(static o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(services => new LiveRun(
            parts, place, pace, services.GetRequiredService<IHostApplicationLifetime>(), services.GetRequiredService<ILogger<LiveRun>>()));
        builder.Services.AddHostedService(static services => services.GetRequiredService<LiveRun>());
        return builder.Build();
    }

    private static (LogEventLevel Written, LogLevel Let) LevelsOf(RunLogLevel level) => level switch
    {
        RunLogLevel.Debug => (LogEventLevel.Debug, LogLevel.Debug),
        RunLogLevel.Warning => (LogEventLevel.Warning, LogLevel.Warning),
        RunLogLevel.Error => (LogEventLevel.Error, LogLevel.Error),
        _ => (LogEventLevel.Information, LogLevel.Information),
    };

    // The report is a projection of the journal: what the live engine did is replayed, and must end with the live engine's digest.
    private static int Report(RunParts parts, LiveRun run, string journalPath, string folder)
    {
        if (run.IsDivergent)
        {
            Console.Error.WriteLine($"error: the live engine of {journalPath} and its follower differ, as told above: there is no report, since it is not known what happened");
            return Failures.BadJournal;
        }

        var replayed = ReplayCommand.Replay(journalPath, CancellationToken.None);
        RunOutput.Describe(replayed.Record, parts);
        replayed.Record.Elapsed = run.Elapsed;
        RunOutput.Write(replayed.Record, replayed.Orders, folder, parts.Configuration.TracksExecution);
        if (replayed.Record.Digest != run.Digest || replayed.Record.FinalSequence != run.FinalSequence)
        {
            Console.Error.WriteLine(
                $"error: the live engine ended at sequence {run.FinalSequence} with digest {run.Digest}, the replay of {journalPath} at {replayed.Record.FinalSequence} with {replayed.Record.Digest}: report this with the journal");
            return Failures.BadJournal;
        }

        Console.Error.WriteLine("verified: the replay of the journal ends with the live engine's digest");
        if (run.FollowerNews is { } news)
        {
            Console.Error.WriteLine(news);
        }

        if (!run.FollowerAgrees)
        {
            return Failures.BadJournal;
        }

        return run.WasStopped ? Failures.Cancelled : 0;
    }
}
