using OrderPlatform.Analytics;
using OrderPlatform.Host.Commands;
using OrderPlatform.Messages;

namespace OrderPlatform.Host.Tests;

/// <summary>Ctrl+C drains: what was under way is finished, journaled and reported. A kill leaves a journal that replays up to its last whole record.</summary>
[Platform("Linux,MacOsX")]
public sealed class StopTests
{
    private const string Long = "{generator: {minutes: 5000000}}";

    [Test]
    public void Ctrl_C_drains_a_run_whose_data_go_on_soon() => DrainsRun("1000x", sequenceMin: 50);

    // At the pace of life the next bar is up to a minute away.
    [Test]
    public void Ctrl_C_drains_a_run_whose_next_item_is_a_minute_away() => DrainsRun("1x", sequenceMin: 8);

    [Test]
    public void Ctrl_C_drains_a_backtest()
    {
        using var folder = new WorkFolder();
        using HostProcess host = Start(folder, "backtest", "s.yaml", "--journal", "j");
        host.WaitUntil("the journal grows", () => RecordedRun.LastSequence(folder.PathOf("j")) >= 1_000);
        host.Send("INT");
        Drained(host.WaitForEnd(), folder);
    }

    [Test]
    public void A_killed_run_replays_up_to_its_last_whole_record()
    {
        using var folder = new WorkFolder();
        using HostProcess host = Start(folder, "run", "s.yaml", "--pace", "1000x", "--journal", "j");
        host.WaitUntil("the journal grows", () => RecordedRun.LastSequence(folder.PathOf("j")) >= 50);
        host.Send("KILL");
        Assert.That(host.WaitForEnd().ExitCode, Is.EqualTo(137));

        HostResult replay = HostProcess.Run(folder, "replay", "j").Succeeded();
        Assert.That(replay.FinalSequence, Is.GreaterThanOrEqualTo(50).And.EqualTo(RecordedRun.LastSequence(folder.PathOf("j"))));
        Assert.That(replay.Error, Does.Contain("note: the journal has no checkpoint: its run did not end cleanly"));
    }

    [TestCase("lockstep")]
    [TestCase("10000x")]
    [TestCase("max")]
    [Description("D10, R190, R92")]
    public void Ctrl_C_closes_what_is_open_where_the_file_says_so(string pace)
    {
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.With("data", Long).With("orders", "{mode: long_short}").With("on_shutdown", "flatten").ToString());
        string[] arguments = ["run", "s.yaml", "--pace", pace, "--journal", "j"];
        using HostProcess host = HostProcess.Start(folder, arguments);
        host.WaitUntil("it trades", () => RecordedRun.LastSequence(folder.PathOf("j")) >= 200);
        host.Send("INT");
        HostResult result = host.WaitForEnd();
        Drained(result, folder);
        RunRecord stopped = ReplayCommand.Replay(folder.PathOf("j"), CancellationToken.None).Record;
        Assert.That((stopped.OpenPositions.Count, stopped.Trades[^1].ExitReason), Is.EqualTo((0, nameof(ExitReason.Operator))));
        Assert.That(stopped.Alerts, Does.ContainKey("OperatorShutdown"));

        // It is continued, and trades.
        using HostProcess again = HostProcess.Start(folder, arguments);
        again.WaitUntil("it goes on", () => RecordedRun.LastSequence(folder.PathOf("j")) >= result.FinalSequence + 300);
        again.Send("INT");
        Drained(again.WaitForEnd(), folder, checkpoints: 2);
        RunRecord whole = ReplayCommand.Replay(folder.PathOf("j"), CancellationToken.None).Record;
        Assert.That(whole.OpenPositions, Is.Empty);
        Assert.That(whole.Fills, Has.Count.GreaterThan(stopped.Fills.Count));
    }

    private static void DrainsRun(string pace, long sequenceMin)
    {
        using var folder = new WorkFolder();
        using HostProcess host = Start(folder, "run", "s.yaml", "--pace", pace, "--journal", "j");
        host.WaitUntil("the pipeline runs", () => RecordedRun.LastSequence(folder.PathOf("j")) >= sequenceMin);
        host.Send("INT");
        HostResult result = host.WaitForEnd();
        Drained(result, folder);
        Assert.That(result.Error, Does.Contain("verified: the replay of the journal ends with the live engine's digest"));
        Assert.That(File.ReadAllText(folder.PathOf("out/test/run.log")), Does.Contain("pipeline starts").And.Contain($"pipeline ended: sequence {result.FinalSequence}"));
    }

    private static void Drained(HostResult result, WorkFolder folder, long checkpoints = 1)
    {
        Assert.That(result.ExitCode, Is.EqualTo(130), result.Error);
        Assert.That(result.Error, Does.Not.Contain("error:").And.Not.Contain("warning:"));
        var replayed = ReplayCommand.Replay(folder.PathOf("j"), CancellationToken.None);
        Assert.That((replayed.Record.FinalSequence, replayed.Record.Digest), Is.EqualTo((result.FinalSequence, result.Digest)));
        Assert.That((replayed.Runner.CheckpointsVerified, replayed.Torn is null), Is.EqualTo((checkpoints, true)));
    }

    private static HostProcess Start(WorkFolder folder, params string[] arguments)
    {
        folder.Write("s.yaml", StrategyText.Runs.With("data", Long).ToString());
        return HostProcess.Start(folder, arguments);
    }
}
