namespace OrderPlatform.Host.Tests;

/// <summary>Ranges, pace, digests and comparisons of a replay, from a shell.</summary>
[Platform("Linux,MacOsX")]
public sealed class ReplayRangeCommandTests
{
    private readonly WorkFolder _folder = new();
    private HostResult _whole = null!;

    [OneTimeSetUp]
    public void Record()
    {
        RecordedRun.Make(_folder, "j");
        _whole = HostProcess.Run(_folder, "replay", "j", "--snapshot-every", "100").Succeeded();
        Replay("--write-digests d.txt --state-every 50").Succeeded();
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_range_ends_where_it_says_with_the_digest_of_there_whatever_the_start_and_the_pace()
    {
        HostResult report = Replay("--to 350").Succeeded();
        HostResult range = Replay("--from 301 --to 350").Succeeded();
        HostResult paced = Replay("--from 345 --to 350 --pace 1000000x --print-outputs").Succeeded();
        Assert.That(new[] { report.FinalSequence, range.FinalSequence, paced.FinalSequence }, Is.All.EqualTo(350));
        Assert.That(new[] { range.Digest, paced.Digest }, Is.All.EqualTo(report.Digest));
        Assert.That(report.Output, Does.Contain("win rate"));
        Assert.That(range.Output, Does.Contain("range            301 to 350 (").And.Contain("inputs           50: ").And.Not.Contain("win rate"));
        Assert.That(range.Error, Does.StartWith("started from j/snapshots/00000000000000000300.snapshot\n").And.Contain("no checkpoint up to sequence 350"));
    }

    [Test]
    [Description("R83, R84, R88: the portfolio at any input")]
    public void The_portfolio_where_the_range_ends_is_printed()
    {
        string[] Clients(string range) => [.. Replay(range).Succeeded().Output.Split('\n').Where(static line => line.StartsWith("client 1 ", StringComparison.Ordinal))];
        Assert.That(Clients("--from 1 --to 10").Single(), Does.Contain(" equity 100,000.00, cash 100,000.00, result 0.00 (").And.Contain("), 0 open: net 0.00, "));
        Assert.That(Clients("--from 1").Single(), Does.Match("equity [0-9,.]+, cash [0-9,.]+, result -?[0-9,.]+ .*, 1 open: net -?[0-9,.]+, gross [0-9,.]+, .* trades won"));
    }

    [Test]
    public void Outputs_of_the_range_are_printed_each_on_a_line()
    {
        HostResult result = Replay("--from 200 --to 400 --print-outputs").Succeeded();
        string[] printed = [.. result.Output.Split('\n').TakeWhile(static line => !line.StartsWith("journal", StringComparison.Ordinal))];
        Assert.That(printed, Is.Not.Empty.And.All.Match("^[234][0-9]{2} 20[0-9-]{8}T[0-9:.]+Z \\[[A-Za-z]+\\] .*=.*$"));
        Assert.That(result.Output, Does.Contain($"outputs          {printed.Length}: "));
    }

    [Test]
    public void Ctrl_C_ends_a_paced_replay_between_two_inputs()
    {
        using HostProcess host = HostProcess.Start(_folder, "replay", "j", "--from", "20", "--pace", "0.001x", "--write-digests", "stopped.txt");
        host.WaitUntil("the replay writes", () => File.Exists(_folder.PathOf("stopped.txt.new")));
        host.Send("INT");
        HostResult result = host.WaitForEnd();
        Assert.That(result.ExitCode, Is.EqualTo(130), result.Error);
        Assert.That(result.FinalSequence, Is.InRange(0, _whole.FinalSequence - 1));
        Assert.That(File.Exists(_folder.PathOf("stopped.txt.new")), Is.False);
    }

    [Test]
    public void A_replay_agrees_with_its_digests_and_its_journal()
    {
        Assert.That(Replay("--against d.txt").Succeeded().Error, Does.Contain($"verified: {_whole.FinalSequence} inputs agree with d.txt"));
        Assert.That(Replay("--against j").Succeeded().Error, Does.Contain($"verified: {_whole.FinalSequence} inputs agree with j, and 1 of its checkpoints"));
        Assert.That(Replay("--from 100 --to 199 --against d.txt").Succeeded().Error, Does.Contain("verified: 100 inputs agree with d.txt"));
    }

    [Test]
    public void The_first_input_where_outputs_part_is_named_with_what_it_caused_here()
    {
        string[] lines = File.ReadAllLines(_folder.PathOf("d.txt"));
        int signal = Array.FindIndex(lines, 500, line => line.StartsWith("500 ", StringComparison.Ordinal));
        lines[signal] = lines[signal][..^16] + "0123456789abcdef";
        File.WriteAllText(_folder.PathOf("other.txt"), string.Join('\n', lines) + "\n");
        HostResult result = Replay("--against other.txt");
        Assert.That(result.ExitCode, Is.EqualTo(3), result.Error);
        Assert.That(result.Error, Does.StartWith("error: other.txt: input 500 is the first that parts: [").And.Contain("0123456789abcdef there").And.Contain("inputs that agree: 499\n"));
        Assert.That(result.FinalSequence, Is.EqualTo(500));
    }

    [Test]
    public void A_state_that_parts_is_named_by_its_stretch_with_the_commands_that_narrow_it()
    {
        string text = File.ReadAllText(_folder.PathOf("d.txt"));
        int state = text.IndexOf("state 150 ", StringComparison.Ordinal) + "state 150 ".Length;
        File.WriteAllText(_folder.PathOf("state.txt"), text[..state] + "0123456789abcdef" + text[(state + 16)..]);
        HostResult result = Replay("--against state.txt");
        Assert.That(result.ExitCode, Is.EqualTo(3), result.Error);
        Assert.That(result.Error, Does.Contain("the first input that parts is one of 101 to 150: no output tells").And.Contain("`replay j --from 101 --to 150 --state-every 1 --write-digests <file>`"));
    }

    [Test]
    public void A_journal_of_another_configuration_parts_at_the_first_input_that_differs()
    {
        _folder.Write("other.yaml", StrategyText.Runs.With("orders", "{mode: long_short}").With("parameters", "{fast_period: 3, slow_period: 8, position_size: 0.2}").ToString());
        HostProcess.Run(_folder, "backtest", "other.yaml", "--journal", "other").Succeeded();
        HostResult result = Replay("--against other");
        Assert.That(result.ExitCode, Is.EqualTo(3), result.Error);
        Assert.That(result.Error, Does.Contain("is the first that parts: [StrategyConfiguration]").And.Contain("other has as input"));
    }

    [TestCase("--from 99999999", 2, "--from 99999999 is behind the end of the journal, whose last is input ")]
    [TestCase("--from 20 --to 10", 2, "the range from 20 to 10 ends before it begins")]
    [TestCase("--from 0", 2, "--from is '0'; allowed are a sequence from 1, and a UTC time")]
    [TestCase("--to yesterday", 2, "--to is 'yesterday'; allowed are")]
    [TestCase("--pace slow", 2, "--pace is 'slow'; allowed are max, and a multiple")]
    [TestCase("--out o --from 7", 2, "--out needs the whole journal")]
    [TestCase("--state-every 5", 2, "--state-every needs --write-digests")]
    [TestCase("--state-every 0 --write-digests x", 2, "--state-every is 0")]
    [TestCase("--against nowhere", 2, "--against nowhere does not exist")]
    [TestCase("--against s.yaml", 2, "s.yaml, line 1: this is not the first line of a digest file")]
    [TestCase("--write-digests d.txt", 2, "d.txt is there already")]
    [TestCase("--write-digests no/where", 2, "no/where cannot be written")]
    public void Bad_input_ends_with_one_line(string arguments, int exitCode, string expected) => Replay(arguments).WasRefused(exitCode, expected);

    [Test]
    public void An_empty_range_and_an_end_behind_the_journal_are_said()
    {
        Assert.That(Replay("--from 2025-01-01T00:03:01Z --to 2025-01-01T00:03:02Z").Succeeded().Error, Does.StartWith("note: no input is in the range: input "));
        Assert.That(Replay("--from 5 --to 99999999").Succeeded().Error, Does.Contain("note: the journal ends before --to 99999999: its last is input "));
    }

    private HostResult Replay(string arguments) => HostProcess.Run(_folder, ["replay", "j", .. arguments.Split(' ')]);
}
