using OrderPlatform.Journal;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests;

/// <summary>Law 1: the same inputs end with the same digest, whoever feeds them: backtest, replay, live pipeline.</summary>
[TestFixture]
internal sealed class SameDigestTests
{
    private static readonly Pace Lockstep = new(true, null);
    private static readonly Pace Fastest = new(false, null);

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void Two_backtests_end_alike_and_trade(Scenario scenario)
    {
        RunResult first = Runs.Backtest(scenario);
        RunResult second = Runs.Backtest(scenario);

        Assert.That(second.Digest, Is.EqualTo(first.Digest));
        Assert.That(second.Orders, Is.EqualTo(first.Orders));
        Assert.That(first.Record.Trades, Is.Not.Empty, "a scenario that does not trade shows nothing");
    }

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void A_replay_ends_as_the_backtest_with_the_same_orders(Scenario scenario)
    {
        using var folder = new JournalFolder();
        RunResult recorded;
        using (JournalWriter journal = folder.Create())
        {
            recorded = Runs.Backtest(scenario, journal);
        }

        using JournalReader reader = folder.Read();
        RunResult replayed = Runs.Replay(reader);

        Assert.That(replayed.Digest, Is.EqualTo(recorded.Digest));
        Assert.That(replayed.Sequence, Is.EqualTo(recorded.Sequence));
        Assert.That(replayed.Orders, Is.EqualTo(recorded.Orders));
        Assert.That(replayed.Record.Trades, Is.EqualTo(recorded.Record.Trades));
        Assert.That(replayed.Record.Equity, Is.EqualTo(recorded.Record.Equity));
    }

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void The_live_pipeline_in_lockstep_ends_as_the_backtest(Scenario scenario)
    {
        RunResult backtest = Runs.Backtest(scenario);
        using var folder = new JournalFolder();
        using JournalWriter journal = folder.Create();
        (string digest, long sequence) = Runs.Live(scenario, Lockstep, journal);

        Assert.That(sequence, Is.EqualTo(backtest.Sequence));
        Assert.That(digest, Is.EqualTo(backtest.Digest));
    }

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void A_replay_of_what_ran_at_full_speed_ends_with_its_digest(Scenario scenario) => RunAndReplay(scenario, Fastest, CancellationToken.None);

    [Test]
    public void A_replay_of_what_ran_at_a_pace_ends_with_its_digest() =>
        RunAndReplay(new Scenario { Minutes = 300 }, new Pace(false, 50_000), CancellationToken.None);

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void A_replay_of_what_ran_a_million_times_faster_than_life_ends_with_its_digest(Scenario scenario) =>
        RunAndReplay(scenario, new Pace(false, 1_000_000), CancellationToken.None);

    [Test]
    public void A_run_at_the_pace_of_life_that_was_stopped_does_not_wait_for_the_next_item()
    {
        using var stop = new CancellationTokenSource();
        stop.CancelAfter(100);
        (string Digest, long Sequence) run = RunAndReplay(new Scenario(), new Pace(false, 1), stop.Token);
        Assert.That(run.Sequence, Is.InRange(1, 20));
    }

    [Test]
    public void A_run_that_was_stopped_is_drained_and_replays([Values] bool lockstep)
    {
        using var stop = new CancellationTokenSource();
        stop.CancelAfter(100);
        (string Digest, long Sequence) run = RunAndReplay(new Scenario { Minutes = 10_000_000 }, lockstep ? Lockstep : Fastest, stop.Token);
        Assert.That(run.Sequence, Is.GreaterThan(0));
    }

    private static (string Digest, long Sequence) RunAndReplay(Scenario scenario, Pace pace, CancellationToken cancellation)
    {
        using var folder = new JournalFolder();
        (string Digest, long Sequence) run;
        using (JournalWriter journal = folder.Create())
        {
            run = Runs.Live(scenario, pace, journal, cancellation);
        }

        using JournalReader reader = folder.Read();
        RunResult replayed = Runs.Replay(reader);
        Assert.That((replayed.Digest, replayed.Sequence), Is.EqualTo(run));
        return run;
    }
}
