namespace OrderPlatform.Host.Tests;

/// <summary>One strategy over generated bars through every verb of the executable: the same inputs give the same outputs, digest and orders.</summary>
public sealed class EndToEndTests
{
    private readonly WorkFolder _folder = new();
    private HostResult _backtest = null!;

    [OneTimeSetUp]
    public void Run()
    {
        StrategyText text = StrategyText.Runs
            .With("orders", "{mode: long_short}").With("data", "{generator: {minutes: 2000}}").With("state_file", "state.json").With("save_state_on_stop", "true");
        _folder.Write("s.yaml", text.ToString());
        _backtest = HostProcess.Run(_folder, "backtest", "s.yaml").Succeeded();
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_backtest_writes_a_report_and_its_journal()
    {
        Assert.That(_backtest.Digest, Does.Match("^[0-9a-f]{32}$"));
        Assert.That(_backtest.FinalSequence, Is.GreaterThan(4_000));
        Assert.That(_backtest.Output, Does.Contain("journal journal/test/0001"));
        string[] files = [.. Directory.GetFiles(_folder.PathOf("out/test")).Select(static path => Path.GetFileName(path))];
        Assert.That(files, Is.SupersetOf(new[] { "report.html", "orders.csv", "fills.csv", "trades.csv", "equity.csv" }));
        Assert.That(Orders("out/test").Split('\n'), Has.Length.GreaterThan(50));
    }

    [Test]
    public void A_second_backtest_ends_with_the_same_digest()
    {
        HostResult again = HostProcess.Run(_folder, "backtest", "s.yaml", "--journal", "again", "--out", "out/again").Succeeded();
        Assert.That((again.Digest, again.FinalSequence), Is.EqualTo((_backtest.Digest, _backtest.FinalSequence)));
        Assert.That(Orders("out/again"), Is.EqualTo(Orders("out/test")));
    }

    [Test]
    public void A_replay_ends_with_the_same_sequence_digest_and_orders()
    {
        HostResult replay = HostProcess.Run(_folder, "replay", "journal/test/0001", "--out", "out/replay").Succeeded();
        Assert.That((replay.Digest, replay.FinalSequence), Is.EqualTo((_backtest.Digest, _backtest.FinalSequence)));
        Assert.That(replay.Error, Does.Contain("verified: 1 checkpoint"));
        Assert.That(Orders("out/replay"), Is.EqualTo(Orders("out/test")));
    }

    [Test]
    public void A_run_in_lockstep_ends_with_the_backtest_s_digest()
    {
        HostResult run = HostProcess.Run(_folder, "run", "s.yaml", "--pace", "lockstep", "--journal", "lockstep", "--out", "out/lockstep").Succeeded();
        Assert.That((run.Digest, run.FinalSequence), Is.EqualTo((_backtest.Digest, _backtest.FinalSequence)));
        Assert.That(run.Error, Does.Contain("verified: the replay of the journal ends with the live engine's digest"));
        Assert.That(Orders("out/lockstep"), Is.EqualTo(Orders("out/test")));
        Assert.That(File.ReadAllText(_folder.PathOf("state.json")), Does.Contain("\"SlowPeriod\": 8"), "the state is saved when a run stops");
        HostProcess.Run(_folder, "run", "s.yaml", "--resume-state", "--journal", "resumed", "--out", "out/resumed").Succeeded();
    }

    [TestCase("max")]
    [TestCase("1000000x")]
    public void A_run_at_another_pace_is_verified_by_its_own_replay(string pace)
    {
        HostResult run = HostProcess.Run(_folder, "run", "s.yaml", "--pace", pace, "--journal", pace, "--out", $"out/{pace}").Succeeded();
        Assert.That(run.Error, Does.Contain("verified: the replay of the journal ends with the live engine's digest"));
        Assert.That(run.FinalSequence, Is.GreaterThan(4_000));
    }

    [Test]
    public void Checkpoints_of_a_run_are_compared_by_its_follower_and_verified_by_a_replay()
    {
        HostResult run = HostProcess.Run(_folder, "run", "s.yaml", "--checkpoint-every", "500", "--journal", "often", "--out", "out/often").Succeeded();
        Assert.That(run.Error, Does.Match("verified: the follower agrees with the live engine .outputs compared after [0-9]+ inputs, not after 0, and at [0-9]+ checkpoints"));
        HostResult replay = HostProcess.Run(_folder, "replay", "often").Succeeded();
        Assert.That(replay.Error, Does.Match("verified: ([89]|1[0-9]) checkpoints"));
        Assert.That((replay.Digest, run.Digest), Is.EqualTo((_backtest.Digest, _backtest.Digest)), "a checkpoint changes nothing");
    }

    [Test]
    public void A_run_without_a_self_check_ends_alike()
    {
        HostResult run = HostProcess.Run(_folder, "run", "s.yaml", "--no-self-check", "--journal", "alone", "--out", "out/alone").Succeeded();
        Assert.That(run.Digest, Is.EqualTo(_backtest.Digest));
        Assert.That(run.Error, Does.Not.Contain("follower"));
    }

    private string Orders(string folder) => File.ReadAllText(_folder.PathOf($"{folder}/orders.csv"));
}
