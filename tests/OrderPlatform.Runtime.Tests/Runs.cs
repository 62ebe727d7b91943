using OrderPlatform.Analytics;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests;

/// <summary>How a run ended.</summary>
internal sealed record RunResult(string Digest, long Sequence, RunRecord Record, IReadOnlyList<OrderRecord> Orders);

/// <summary>Runs a scenario in each way there is.</summary>
internal static class Runs
{
    public static RunResult Backtest(Scenario scenario, JournalWriter? journal = null)
    {
        using InputFeed feed = scenario.OpenFeed();
        var recorder = new RunRecorder();
        var runner = new BacktestRunner(feed, scenario.OpenGateway(), journal, recorder);
        TimeSpan elapsed = runner.Run(null, CancellationToken.None);
        string digest = runner.Engine.DigestText();
        return new RunResult(digest, runner.Engine.State.Sequence, recorder.Complete(digest, elapsed, ""), recorder.Orders.Orders);
    }

    public static (string Digest, long Sequence) Live(Scenario scenario, Pace pace, JournalWriter journal, CancellationToken cancellation = default)
    {
        using InputFeed feed = scenario.OpenFeed();
        using var pipeline = new LivePipeline(feed, scenario.OpenGateway(), journal, pace);
        pipeline.Run(null, cancellation);
        return (pipeline.Engine.DigestText(), pipeline.Engine.State.Sequence);
    }

    public static RunResult Replay(JournalReader reader)
    {
        var recorder = new RunRecorder();
        var runner = new ReplayRunner(reader, recorder);
        TimeSpan elapsed = runner.Run(null, CancellationToken.None);
        string digest = runner.Engine.DigestText();
        return new RunResult(digest, runner.Engine.State.Sequence, recorder.Complete(digest, elapsed, ""), recorder.Orders.Orders);
    }
}
