using System.Diagnostics;
using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Backtest;

/// <summary>
/// The deterministic loop of feed, engine and simulated venue on one thread, without a clock. Before each item of the feed all that the venue does up to
/// that time happens, one report after the other, so that what the engine answers to one of them is at the venue before the next. The live pipeline
/// in lockstep keeps the same order of inputs.
/// </summary>
public sealed class BacktestRunner
{
    private const int ProgressEvery = 4_096;

    private readonly InputFeed _feed;
    private readonly SimulatedGateway _gateway;
    private readonly BusinessLogicProcessor _engine = new();
    private readonly EngineInput _input;
    private readonly RunRecorder? _recorder;
    private readonly byte[] _report = new byte[InputSlot.PayloadLengthMax];

    /// <summary>A backtest.</summary>
    /// <param name="feed">What enters from outside the venue.</param>
    /// <param name="gateway">The venue.</param>
    /// <param name="journal">Where the inputs are journaled, or null.</param>
    /// <param name="recorder">Who watches, or null.</param>
    public BacktestRunner(InputFeed feed, SimulatedGateway gateway, JournalWriter? journal, RunRecorder? recorder)
    {
        _feed = feed;
        _gateway = gateway;
        _input = new EngineInput(_engine, journal);
        _recorder = recorder;
    }

    /// <summary>The engine, for its digest and state.</summary>
    public BusinessLogicProcessor Engine => _engine;

    /// <summary>Runs to the end of the feed and of what the venue still does then.</summary>
    /// <param name="onProgress">Told the number of market events from time to time, or null.</param>
    /// <param name="cancellation">Ends the run early, between two inputs; what was done so far is complete.</param>
    public TimeSpan Run(Action<long>? onProgress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        long reported = 0;
        _input.Begin(_feed.FirstTimeNanos);
        while (!cancellation.IsCancellationRequested && _feed.MoveNext())
        {
            FeedItem item = _feed.Current;
            LetVenueWork(item.TimeNanos);
            if (item.HasVenueEvent)
            {
                _gateway.OnMarketEvent(item.InstrumentId, item.VenueEvent);
            }

            Put(item.TimeNanos, item.Message);
            if (onProgress is not null && _feed.EventCount - reported >= ProgressEvery)
            {
                reported = _feed.EventCount;
                onProgress(reported);
            }
        }

        LetVenueWork(long.MaxValue);
        _input.End();
        return Stopwatch.GetElapsedTime(start);
    }

    private void LetVenueWork(long untilNanos)
    {
        while (true)
        {
            long dueNanos = _engine.State.Timers.NextDueNanos;

            // Answers about orders in doubt wait for no market.
            int length = _gateway.TryTakeAnswer(_report, out long timeNanos);
            length = length > 0 ? length : _gateway.TryAdvance(Math.Min(untilNanos, dueNanos), _report, out timeNanos);
            if (length == 0 && TimerTicks.IsNext(dueNanos, untilNanos, _gateway.NextEventTimeNanos))
            {
                timeNanos = dueNanos;
                length = TimerTicks.Encode(_report, dueNanos);
            }

            if (length == 0)
            {
                return;
            }

            Put(timeNanos, _report.AsSpan(0, length));
        }
    }

    private void Put(long timeNanos, ReadOnlySpan<byte> message)
    {
        _input.Put(timeNanos, message);
        _recorder?.OnInput(_engine.State.Sequence, _engine.State.NowNanos, message);
        OutputBatch outputs = _engine.Outputs;
        for (int i = 0; i < outputs.Count; i++)
        {
            _gateway.OnOutput(outputs[i]);
            _recorder?.OnOutput(outputs[i]);
        }

        _recorder?.OnInputDone();
    }
}
