using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Host.Commands;

/// <summary>The live pipeline as a service of the generic host: it ends by itself with the data, or is drained when the host is asked to stop.</summary>
internal sealed class LiveRun(RunParts parts, string journalPath, JournalDurability durability, Pace pace, IHostApplicationLifetime lifetime, ILogger<LiveRun> logger) : BackgroundService
{
    private volatile ExceptionDispatchInfo? _failure;
    private volatile bool _ended;

    /// <summary>Digest of the live engine at its end.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>Sequence of its last input.</summary>
    public long FinalSequence { get; private set; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Whether somebody ended it before the data did.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>Rethrows what ended it, if something did.</summary>
    /// <exception cref="TimeoutException">It has not ended: the host gave up waiting for it.</exception>
    public void ThrowIfFailed()
    {
        _failure?.Throw();
        if (!_ended)
        {
            throw new TimeoutException($"the pipeline was not drained in the time that the host gives it: replay {journalPath} to see what was done");
        }
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stoppingToken)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            using JournalWriter journal = JournalWriter.Create(journalPath, JournalPlaces.Options(durability));
            using var pipeline = new LivePipeline(parts.Feed, parts.Gateway, journal, pace);
            logger.LogInformation("pipeline starts: {Strategy}, {Data}, journal {Journal} ({Durability})", parts.Configuration.StrategyId, parts.Source.Description, journalPath, durability);
            ProgressBar.Show("run", parts.Source.CountHint, onProgress =>
            {
                pipeline.Run(onProgress, stoppingToken);
                return 0;
            });
            Digest = pipeline.Engine.DigestText();
            FinalSequence = pipeline.Engine.State.Sequence;
            WasStopped = stoppingToken.IsCancellationRequested;
            _ended = true;
            logger.LogInformation("pipeline ended: sequence {Sequence}, digest {Digest}", FinalSequence, Digest);
        }
        catch (Exception e)
        {
            logger.LogError(e, "pipeline failed");
            _failure = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            Elapsed = Stopwatch.GetElapsedTime(start);
            lifetime.StopApplication();
        }
    }
}
