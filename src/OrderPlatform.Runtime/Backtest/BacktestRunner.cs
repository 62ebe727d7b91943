using System.Diagnostics;
using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Backtest;

/// <summary>
/// The deterministic loop of feed, engine and simulated venue on one thread, without a clock (<see cref="VenueLoop"/>). The live pipeline in lockstep keeps
/// the same order of inputs.
/// </summary>
public sealed class BacktestRunner
{
    private const int ProgressEvery = 4_096;

    private readonly IInputFeed _feed;
    private readonly VenueLoop _loop;

    /// <summary>A backtest.</summary>
    /// <param name="feed">What enters from outside the venue.</param>
    /// <param name="gateway">The venue.</param>
    /// <param name="journal">Where the inputs are journaled, or null.</param>
    /// <param name="recorder">Who watches, or null.</param>
    public BacktestRunner(IInputFeed feed, SimulatedGateway gateway, JournalWriter? journal, RunRecorder? recorder)
    {
        _feed = feed;
        _loop = new VenueLoop([gateway], Engine, journal, recorder is null ? null : new ReplayRecording(recorder));
    }

    /// <summary>The engine, for its digest and state.</summary>
    public BusinessLogicProcessor Engine { get; } = new();

    /// <summary>How the venue behaves, for the journal.</summary>
    public IReadOnlyList<VenueSettings> VenueSettings { get; init; } = [];

    /// <summary>Runs to the end of the feed and of what the venue still does then.</summary>
    /// <param name="onProgress">Told the number of market events from time to time, or null.</param>
    /// <param name="cancellation">Ends the run early, between two inputs; what was done so far is complete.</param>
    public TimeSpan Run(Action<long>? onProgress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        long reported = 0;
        _loop.Begin(_feed.FirstTimeNanos, VenueSettings);
        while (!cancellation.IsCancellationRequested && _feed.MoveNext())
        {
            FeedItem item = _feed.Current;
            _loop.Prepare(item);
            _loop.Put(item.TimeNanos, item.Message);
            if (onProgress is not null && _feed.EventCount - reported >= ProgressEvery)
            {
                reported = _feed.EventCount;
                onProgress(reported);
            }
        }

        _loop.End(long.MaxValue);
        return Stopwatch.GetElapsedTime(start);
    }
}
