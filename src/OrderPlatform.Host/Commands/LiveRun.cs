using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Events;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Operating;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Host.Commands;

/// <summary>The live pipeline as a service of the generic host: it ends by itself with the data, or is drained when the host is asked to stop.</summary>
internal sealed class LiveRun(RunParts parts, RunJournal place, Pace pace, IHostApplicationLifetime lifetime, ILogger<LiveRun> logger) : BackgroundService
{
    private static readonly TimeSpan DoubtPatience = TimeSpan.FromSeconds(10);

    private volatile ExceptionDispatchInfo? _failure;
    private volatile bool _ended;
    private bool _hasWarnedOfDoubt;

    /// <summary>Digest of the live engine at its end.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>Sequence of its last input.</summary>
    public long FinalSequence { get; private set; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>What the follower that checked it says, or null if there was none.</summary>
    public string? FollowerNews { get; private set; }

    /// <summary>Whether the follower agrees, if there was one.</summary>
    public bool FollowerAgrees { get; private set; } = true;

    /// <summary>Whether the follower found a difference, which was told when it was found.</summary>
    public bool IsDivergent { get; private set; }

    /// <summary>Whether somebody ended it before the data did.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>Rethrows what ended it, if something did.</summary>
    /// <exception cref="TimeoutException">It has not ended: the host gave up waiting for it.</exception>
    public void ThrowIfFailed()
    {
        _failure?.Throw();
        if (!_ended)
        {
            throw new TimeoutException($"the pipeline was not drained in the time that the host gives it: replay {place.Path} to see what was done");
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
            using AeronTransport? transport = parts.Deployment.NeedsAeron ? AeronTransport.Open(parts.Deployment.AeronDirectory, TellProblem) : null;
            using var doors = new RunDoors(parts, transport, pace, TellNews);
            using LiveStart live = LiveStart.Begin(place.StartOptions(parts, doors.Ports), parts.Feed, stoppingToken);
            Tell(live.Recovered);
            var check = new SelfCheck(live.Engine.State.Sequence, place.Checkpoints);
            using var pipeline = new LivePipeline(doors.PartsOf(live, place.Path, pace, check))
            {
                ClosingCommand = parts.Configuration.FlattensOnShutdown ? ShutdownCommand.Of(StrategyFile.ClientId) : null,
            };

            using OperatedRun operated = OperatedRun.Open(
                place.Path, pipeline, RunningEngine.OfThisProcess(live.Epoch, live.Journal.AppendedSequence, DateTimeOffset.UtcNow), parts.Configuration.Setup,
                live.Engine.State, place.HasSelfCheck, TellProblem, TimeProvider.System);

            // Behind the pipeline, so that it ends before it: it puts into the pipeline's ring.
            EventsStream? events = place.HasSelfCheck ? doors.OpenEvents(live, TellProblem) : null;
            using FollowerThread? follower = place.HasSelfCheck
                ? FollowerThread.Start(place.Path, place.SnapshotEvery, SnapshotReplay.Options, TellProblem, check, ObserverOf(operated, events))
                : null;
            operated.Start(follower?.Follower);
            logger.LogInformation("pipeline starts: {Strategy}, {Data}, journal {Journal} ({Durability})", parts.Configuration.StrategyId, parts.Source.Description, place.Path, place.Durability);
            ProgressBar.Show("run", parts.Source.CountHint, onProgress =>
            {
                pipeline.Run(
                    count =>
                    {
                        onProgress?.Invoke(count);
                        WarnOfDoubt(pipeline.OrdersInDoubt, start);
                    },
                    stoppingToken);
                return 0;
            });
            Digest = pipeline.Engine.DigestText();
            FinalSequence = pipeline.Engine.State.Sequence;
            WasStopped = stoppingToken.IsCancellationRequested;
            WarnOfOpen(pipeline);
            Conclude(follower);
            operated.End();
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

    private static IReplicaObserver? ObserverOf(OperatedRun operated, EventsStream? events) =>
        events is null || operated.Observer is null ? operated.Observer : new ReplicaObservers(operated.Observer, events);

    // Nobody waits before a silent screen: what keeps the run from going on is said once.
    private void WarnOfDoubt(long orders, long start)
    {
        if (orders == 0 || _hasWarnedOfDoubt || Stopwatch.GetElapsedTime(start) < DoubtPatience)
        {
            return;
        }

        _hasWarnedOfDoubt = true;
        string warning = $"warning: after {DoubtPatience.TotalSeconds} s {orders} orders are still in doubt: the venue's answers do not settle them, "
            + "so data wait and new orders are refused; "
            + $"see which they are with op-admin orders {place.Path}, look at the venue, and say what became of each with op-admin resolve {place.Path} <order id> …";
        logger.LogWarning("{Warning}", warning);
        Console.Error.WriteLine(warning);
    }

    // Data may end, or the venue be silent, before everything is closed.
    private void WarnOfOpen(LivePipeline pipeline)
    {
        EngineState state = pipeline.Engine.State;
        (int positions, long orders) = (Portfolio.OfClient(state, 0).Open, state.Orders.OpenCount);
        if (WasStopped && parts.Configuration.FlattensOnShutdown && positions + orders > 0)
        {
            string warning = $"warning: on_shutdown is flatten, and {positions} positions and {orders} orders are still open: no price came for them in {pipeline.ClosingLimit.TotalSeconds} s";
            logger.LogWarning("{Warning}", warning);
            Console.Error.WriteLine(warning);
        }
    }

    private void TellNews(string news)
    {
        logger.LogInformation("{News}", news);
        Console.Error.WriteLine(news);
    }

    private void TellProblem(string problem)
    {
        logger.LogError("{Problem}", problem);
        Console.Error.WriteLine($"error: {problem}");
    }

    private void Tell(RecoveredRun? found)
    {
        if (found is null)
        {
            return;
        }

        foreach (SkippedSnapshot skipped in found.Skipped)
        {
            Console.Error.WriteLine($"note: {skipped.File} is skipped: it {skipped.Reason}");
        }

        string torn = found.TornBytes == 0 ? "" : $", {found.TornBytes} bytes of an unfinished record cut";
        string news = $"continues {place.Path} at sequence {found.Sequence} with digest {found.Digest}: "
            + $"{(found.Snapshot is null ? "no snapshot" : $"snapshot {found.Snapshot}")} and {found.Replayed} inputs replayed{torn}; "
            + $"{found.FeedInputs} inputs of the data are in it; "
            + $"epoch {found.Epoch}; orders in doubt: {found.OpenOrders}";
        logger.LogInformation("{News}", news);
        Console.Error.WriteLine(news);
    }

    private void Conclude(FollowerThread? thread)
    {
        if (thread is null)
        {
            return;
        }

        thread.Drain();
        Follower follower = thread.Follower;
        IsDivergent = follower.Difference is not null;
        if (thread.Failure is not null)
        {
            FollowerNews = $"warning: the self-check ended at sequence {follower.Sequence}: what came behind it is checked by the replay alone";
            return;
        }

        FollowerAgrees = !IsDivergent && follower.Sequence == FinalSequence && follower.Engine.DigestText() == Digest;
        string compared = $"outputs compared after {follower.InputsCompared} inputs, not after {follower.InputsNotCompared}, "
            + $"and at {follower.CheckpointsVerified} checkpoint{(follower.CheckpointsVerified == 1 ? "" : "s")}";
        FollowerNews = FollowerAgrees
            ? $"verified: the follower agrees with the live engine ({compared}); snapshots taken: {thread.Taker?.Count ?? 0}"
            : $"error: the follower ended at sequence {follower.Sequence} with digest {follower.Engine.DigestText()}, the live engine at {FinalSequence} with {Digest}; they agreed at {follower.LastAgreed}: report this with the journal {place.Path}";
    }
}
