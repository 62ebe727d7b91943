using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;

namespace OrderPlatform.Host.Tests;

/// <summary><c>journal verify</c> and <c>journal truncate</c> as an operator types them, beside writers of this and of other processes.</summary>
[Platform("Linux,MacOsX")]
public sealed class JournalCommandTests
{
    private WorkFolder _folder = null!;

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
        long last = RecordedRun.LastSequence(_folder.PathOf("j"));

        HostResult good = HostProcess.Run(_folder, "journal", "verify", "j").Succeeded();
        Assert.That(Lines(good), Is.EqualTo(new[]
        {
            "journal    j", "segments   1", $"records    {last} inputs, 3 control records", $"sequences  1 to {last}",
            "durable    not marked: the journal was written under page-cache", "verdict    good",
        }));

        Alter(segment, whole, used - 1);
        HostResult torn = HostProcess.Run(_folder, "journal", "verify", "j");
        Assert.That((torn.ExitCode, torn.Error), Is.EqualTo((3, "")));
        Assert.That(torn.Output, Does.Contain($"verdict    torn tail: {Path.Combine("j", Path.GetFileName(segment))}: ").And.Contain($"after sequence {last}"));

        Alter(segment, whole, used / 2);
        HostResult damaged = HostProcess.Run(_folder, "journal", "verify", "j");
        Assert.That((damaged.ExitCode, damaged.Error), Is.EqualTo((4, "")));
        Assert.That(damaged.Output, Does.Contain("verdict    damage (DamagedRecord): ").And.Contain("at offset ").And.Contain("truncate the journal at sequence "));
    }

    [Test]
    public void A_damaged_journal_is_truncated_where_verify_says_and_replays()
    {
        string segment = RecordedRun.Make(_folder, "j");
        byte[] whole = File.ReadAllBytes(segment);
        Alter(segment, whole, RecordedRun.UsedBytes(whole) / 2);
        byte[] damaged = File.ReadAllBytes(segment);
        long last = JournalInspection.Inspect(_folder.PathOf("j")).LastSequence;

        HostResult done = HostProcess.Run(_folder, "journal", "truncate", "j", "--at", last.ToString()).Succeeded();
        string[] lines = Lines(done);
        Assert.That(lines[0], Does.StartWith($"j now ends with sequence {last}, in "));
        Assert.That(lines[1], Does.StartWith("kept "));
        Assert.That(File.ReadAllBytes(_folder.PathOf(lines[1]["kept ".Length..])), Is.EqualTo(damaged), "the original lies beside the journal");
        Assert.That(HostProcess.Run(_folder, "journal", "verify", "j").Succeeded().Output, Does.Contain($"sequences  1 to {last}"));
        Assert.That(HostProcess.Run(_folder, "replay", "j").Succeeded().FinalSequence, Is.EqualTo(last));
    }

    [TestCase("journal", 1, "Required command was not provided", TestName = "No_verb_of_a_journal")]
    [TestCase("journal verify", 1, "argument missing for command: 'verify'", TestName = "No_journal_to_verify")]
    [TestCase("journal truncate j", 1, "'--at' is required", TestName = "No_sequence_to_truncate_at")]
    [TestCase("journal truncate j --at x", 1, "'x'", TestName = "A_sequence_that_is_none")]
    [TestCase("journal verify none", 3, "none: check the path", TestName = "A_journal_that_is_not_there")]
    [TestCase("journal truncate none --at 1", 3, "none: check the path", TestName = "A_journal_to_truncate_that_is_not_there")]
    [TestCase("journal truncate j --at 999999", 3, "the last whole input is ", TestName = "A_sequence_behind_the_end")]
    public void What_cannot_be_done_ends_with_one_line(string arguments, int exitCode, string expected)
    {
        RecordedRun.Make(_folder, "j");
        HostProcess.Run(_folder, arguments.Split(' ')).WasRefused(exitCode, expected);
    }

    [Test]
    public void Nobody_truncates_a_journal_that_a_writer_of_another_process_has()
    {
        using (JournalWriter writer = JournalWriter.Create(_folder.PathOf("j"), JournalPlaces.Options()))
        {
            writer.Append(1, 1, 1, JournalFlags.None, [1]);
            writer.Append(2, 1, 1, JournalFlags.None, [2]);
            HostProcess.Run(_folder, "journal", "truncate", "j", "--at", "1").WasRefused(3, "is held by another writer: stop that one first");
            Assert.That(HostProcess.Run(_folder, "journal", "verify", "j").Succeeded().Output, Does.Contain("sequences  1 to 2"), "looking is always allowed");
        }

        HostProcess.Run(_folder, "journal", "truncate", "j", "--at", "1").Succeeded();
    }

    [Test]
    public void The_lock_of_a_process_holds_while_it_lives_and_is_gone_when_it_is_killed()
    {
        _folder.Write("s.yaml", StrategyText.Runs.With("data", "{generator: {minutes: 5000000}}").ToString());
        using HostProcess host = HostProcess.Start(_folder, "run", "s.yaml", "--pace", "1000x", "--journal", "j", "--durability", "every-batch");
        host.WaitUntil("the journal grows", () => RecordedRun.LastSequence(_folder.PathOf("j")) >= 50);
        Assert.That(() => Open(), Throws.InstanceOf<JournalException>().With.Message.Contains("is held by another writer"));
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
        Assert.That(HostProcess.Run(_folder, "journal", "verify", "overruled").Succeeded().Output, Does.Contain("written under page-cache"));
        string marked = HostProcess.Run(_folder, "journal", "verify", "configured").Succeeded().Output;
        long last = RecordedRun.LastSequence(_folder.PathOf("configured"));
        Assert.That(marked, Does.Contain($"durable    marked up to sequence {last}"));
        Assert.That(File.ReadAllText(_folder.PathOf("out/test/run.log")), Does.Contain("(every-batch)").And.Contain("(page-cache)"));
        HostProcess.Run(_folder, "run", "s.yaml", "--durability", "always").WasRefused(2, "--durability: 'always' is no durability; allowed are page-cache, every-batch");
        _folder.Write("s.yaml", StrategyText.Runs.With("journal", "{durability: interval:1h}").ToString());
        HostProcess.Run(_folder, "run", "s.yaml").WasRefused(2, "s.yaml, line ", "journal.durability 'interval:1h' is no durability");
    }

    private static string[] Lines(HostResult result) => result.Output.TrimEnd('\n').Split('\n');

    private static void Alter(string segment, byte[] whole, int offset)
    {
        byte[] altered = [.. whole];
        altered[offset] ^= 1;
        File.WriteAllBytes(segment, altered);
    }

    private JournalWriter Open() => JournalWriter.Open(_folder.PathOf("j"), JournalPlaces.Options(JournalDurability.EveryBatch));
}
