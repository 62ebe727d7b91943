using System.Text.Json;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;

namespace OrderPlatform.Admin.Tests.Journals;

/// <summary><c>journal verify</c> and <c>journal truncate</c> as an operator types them, beside writers of this and of other processes.</summary>
[Platform("Linux,MacOsX")]
internal sealed class JournalWorthTests
{
    private WorkFolder _folder = null!;

    private string Journal => _folder.PathOf("j");

    [SetUp]
    public void Make() => _folder = new WorkFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Verify_says_what_a_journal_is_worth()
    {
        string segment = RecordedRun.Make(_folder, "j");
        byte[] whole = File.ReadAllBytes(segment);
        int used = RecordedRun.UsedBytes(whole);
        long last = RecordedRun.LastSequence(Journal);

        AdminResult good = AdminProcess.Run("journal", "verify", Journal).Succeeded();
        Assert.That(good.Output, Does.Contain("segments         1\n").And.Contain($"inputs           {last}\n").And.Contain("control records  ")
            .And.Contain($"last sequence    {last}\n")
            .And.Contain("verdict          good\n").And.Contain("note: the journal was written under page-cache, which marks nothing durable"));
        JsonElement json = AdminProcess.Run("journal", "verify", Journal, "--json").Succeeded().Json();
        Assert.That(
            (json.GetProperty("command").GetString(), json.GetProperty("verdict").GetString(), json.GetProperty("inputs").GetInt64(),
                json.GetProperty("firstSequence").GetInt64()),
            Is.EqualTo(("journal verify", "good", last, 1L)));

        Alter(segment, whole, used - 1);
        AdminResult torn = AdminProcess.Run("journal", "verify", Journal);
        Assert.That((torn.ExitCode, torn.Errors), Is.EqualTo((3, "")));
        Assert.That(torn.Output, Does.Contain("verdict          torn tail\n").And.Contain($"torn tail: {segment}: ").And.Contain($"after sequence {last}"));
        Assert.That(AdminProcess.Run("journal", "verify", Journal, "--json").Json().GetProperty("offset").GetInt64(), Is.GreaterThan(0));

        Alter(segment, whole, used / 2);
        AdminResult damaged = AdminProcess.Run("journal", "verify", Journal);
        Assert.That((damaged.ExitCode, damaged.Errors), Is.EqualTo((4, "")));
        Assert.That(damaged.Output, Does.Contain("verdict          damage\n").And.Contain("DamagedRecord").And.Contain("at offset ")
            .And.Contain("truncate the journal at sequence "));
    }

    [Test]
    public void A_damaged_journal_is_truncated_where_verify_says_and_replays()
    {
        string segment = RecordedRun.Make(_folder, "j");
        byte[] whole = File.ReadAllBytes(segment);
        Alter(segment, whole, RecordedRun.UsedBytes(whole) / 2);
        byte[] damaged = File.ReadAllBytes(segment);
        long last = JournalInspection.Inspect(Journal).LastSequence;

        JsonElement done = AdminProcess.Run("journal", "truncate", Journal, "--at", last.ToString(), "--json").Succeeded().Json();
        Assert.That(done.GetProperty("lastSequence").GetInt64(), Is.EqualTo(last));
        Assert.That(File.ReadAllBytes(done.GetProperty("kept")[0].GetProperty("kept").GetString()!), Is.EqualTo(damaged),
            "the original lies beside the journal");
        Assert.That(AdminProcess.Run("journal", "verify", Journal).Succeeded().Output, Does.Contain($"last sequence    {last}\n"));
        Assert.That(HostProcess.Run(_folder, "replay", "j").Succeeded().FinalSequence, Is.EqualTo(last));
    }

    [TestCase("journal", 1, "Required command was not provided", TestName = "No_verb_of_a_journal")]
    [TestCase("journal verify", 1, "argument missing for command: 'verify'", TestName = "No_journal_to_verify")]
    [TestCase("journal truncate J", 1, "'--at' is required", TestName = "No_sequence_to_truncate_at")]
    [TestCase("journal truncate J --at x", 1, "'x'", TestName = "A_sequence_that_is_none")]
    [TestCase("journal verify none", 3, "none: check the path", TestName = "A_journal_that_is_not_there")]
    [TestCase("journal truncate none --at 1", 3, "none: check the path", TestName = "A_journal_to_truncate_that_is_not_there")]
    [TestCase("journal truncate J --at 999999", 3, "the last whole input is ", TestName = "A_sequence_behind_the_end")]
    public void What_cannot_be_done_ends_with_one_line(string arguments, int exitCode, string expected)
    {
        RecordedRun.Make(_folder, "j");
        AdminProcess.Run([.. arguments.Split(' ').Select(word => word == "J" ? Journal : word)]).WasRefused(exitCode, expected);
    }

    [Test]
    public void Nobody_truncates_a_journal_that_a_writer_of_another_process_has()
    {
        using (JournalWriter writer = JournalWriter.Create(Journal, JournalPlaces.Options()))
        {
            writer.Append(1, 1, 1, JournalFlags.None, [1]);
            writer.Append(2, 1, 1, JournalFlags.None, [2]);
            AdminProcess.Run("journal", "truncate", Journal, "--at", "1").WasRefused(3, "is held by another writer: stop that one first");
            JsonElement json = AdminProcess.Run("journal", "verify", Journal, "--json").Succeeded().Json();
            Assert.That((json.GetProperty("lastSequence").GetInt64(), json.GetProperty("running").GetBoolean()), Is.EqualTo((2L, true)),
                "looking is always allowed");
        }

        AdminProcess.Run("journal", "truncate", Journal, "--at", "1").Succeeded();
    }

    [Test]
    public void The_lock_of_a_process_holds_while_it_lives_and_is_gone_when_it_is_killed()
    {
        _folder.Write("s.yaml", StrategyText.Runs.With("data", "{generator: {minutes: 5000000}}").ToString());
        using HostProcess host = HostProcess.Start(_folder, "run", "s.yaml", "--pace", "1000x", "--journal", "j", "--durability", "every-batch");
        host.WaitUntil("the journal grows", () => RecordedRun.LastSequence(Journal) >= 50);
        Assert.That(() => Open(), Throws.InstanceOf<JournalException>().With.Message.Contains("is held by another writer"));
        JsonElement running = AdminProcess.Run("journal", "list", _folder.FullPath, "--json").Succeeded().Json().GetProperty("journals")[0];
        Assert.That((running.GetProperty("running").GetBoolean(), running.GetProperty("verdict").GetString()), Is.EqualTo((true, "good")));
        AdminResult followed = AdminProcess.Run("journal", "tail", Journal, "-n", "1", "--follow", "--count", "20").Succeeded();
        Assert.That(followed.Output.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(20));
        host.Send("KILL");
        host.WaitForEnd();
        Assert.That(File.Exists(_folder.PathOf("j/journal.lock")), Is.True);
        using JournalWriter writer = Open();
        Assert.That(writer.Recovery.LastSequence, Is.GreaterThanOrEqualTo(50));
    }

    [Test]
    public void A_run_keeps_the_policy_that_was_asked_for()
    {
        _folder.Write("s.yaml", StrategyText.Runs.With("journal", "{durability: every-batch}").ToString());
        HostProcess.Run(_folder, "run", "s.yaml", "--journal", "configured").Succeeded();
        HostProcess.Run(_folder, "run", "s.yaml", "--journal", "overruled", "--durability", "page-cache").Succeeded();
        Assert.That(AdminProcess.Run("journal", "verify", _folder.PathOf("overruled")).Succeeded().Output, Does.Contain("written under page-cache"));
        JsonElement marked = AdminProcess.Run("journal", "verify", _folder.PathOf("configured"), "--json").Succeeded().Json();
        Assert.That(marked.GetProperty("durableSequence").GetInt64(), Is.EqualTo(RecordedRun.LastSequence(_folder.PathOf("configured"))));
        Assert.That(File.ReadAllText(_folder.PathOf("out/test/run.log")), Does.Contain("(every-batch)").And.Contain("(page-cache)"));
        HostProcess.Run(_folder, "run", "s.yaml", "--durability", "always").WasRefused(2,
            "--durability: 'always' is no durability; allowed are page-cache, every-batch");
        _folder.Write("s.yaml", StrategyText.Runs.With("journal", "{durability: interval:1h}").ToString());
        HostProcess.Run(_folder, "run", "s.yaml").WasRefused(2, "s.yaml, line ", "journal.durability 'interval:1h' is no durability");
    }

    private static void Alter(string segment, byte[] whole, int offset)
    {
        byte[] altered = [.. whole];
        altered[offset] ^= 1;
        File.WriteAllBytes(segment, altered);
    }

    private JournalWriter Open() => JournalWriter.Open(Journal, JournalPlaces.Options(JournalDurability.EveryBatch));
}
