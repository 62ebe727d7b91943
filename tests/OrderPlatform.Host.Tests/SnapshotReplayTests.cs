namespace OrderPlatform.Host.Tests;

/// <summary>Snapshots from a shell: taken on the way of one replay, started from in the next.</summary>
public sealed class SnapshotReplayTests
{
    private readonly WorkFolder _folder = new();
    private HostResult _whole = null!;

    [OneTimeSetUp]
    public void Record()
    {
        RecordedRun.Make(_folder, "j");
        _whole = HostProcess.Run(_folder, "replay", "j", "--snapshot-every", "100").Succeeded();
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_replay_from_the_newest_snapshot_ends_with_the_same_sequence_and_digest()
    {
        HostResult tail = HostProcess.Run(_folder, "replay", "j", "--from-snapshot").Succeeded();
        Assert.That((tail.Digest, tail.FinalSequence), Is.EqualTo((_whole.Digest, _whole.FinalSequence)));
        Assert.That(tail.Error, Does.Contain($"started from j/snapshots/{_whole.FinalSequence / 100 * 100:D20}.snapshot").And.Contain("verified: 1 checkpoint"));
    }

    [Test]
    public void A_damaged_snapshot_is_named_and_an_older_one_is_taken()
    {
        string copy = _folder.PathOf("damaged");
        Directory.CreateDirectory(Path.Combine(copy, "snapshots"));
        foreach (string file in Directory.GetFiles(_folder.PathOf("j"), "*.journal").Concat(Directory.GetFiles(_folder.PathOf("j/snapshots"), "*.snapshot")))
        {
            File.Copy(file, Path.Combine(copy, Path.GetRelativePath(_folder.PathOf("j"), file)));
        }

        string newest = Directory.GetFiles(Path.Combine(copy, "snapshots")).Order(StringComparer.Ordinal).Last();
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[^1] ^= 1;
        File.WriteAllBytes(newest, bytes);
        HostResult tail = HostProcess.Run(_folder, "replay", "damaged", "--from-snapshot").Succeeded();
        Assert.That(tail.Digest, Is.EqualTo(_whole.Digest));
        Assert.That(tail.Error, Does.Contain($"{Path.GetFileName(newest)} is skipped: it has damaged content"));
    }

    [TestCase("lockstep")]
    [TestCase("max")]
    public void A_follower_beside_a_run_takes_snapshots_and_agrees(string pace)
    {
        HostResult run = HostProcess.Run(_folder, "run", "s.yaml", "--pace", pace, "--journal", pace, "--out", $"out/{pace}", "--snapshot-every", "500").Succeeded();
        Assert.That(run.Error, Does.Contain("verified: the follower agrees with the live engine").And.Contain($"snapshots taken: {run.FinalSequence / 500}"));
        HostResult tail = HostProcess.Run(_folder, "replay", pace, "--from-snapshot").Succeeded();
        Assert.That((tail.Digest, tail.FinalSequence), Is.EqualTo((run.Digest, run.FinalSequence)));
        Assert.That(tail.Error, Does.Contain("started from"));
    }

    [TestCase("replay j --from-snapshot --out out", 2, "--out needs the whole journal", TestName = "A_report_of_a_tail")]
    [TestCase("replay j --snapshot-every 0", 1, "--snapshot-every is 0", TestName = "A_snapshot_after_every_nothing")]
    [TestCase("run s.yaml --checkpoint-every 0", 1, "--checkpoint-every is 0", TestName = "A_checkpoint_after_every_nothing")]
    [TestCase("run s.yaml --no-self-check --snapshot-every 5", 2, "--snapshot-every needs the follower", TestName = "Snapshots_without_a_follower")]
    [TestCase("replay none --from-snapshot", 3, "none: check the path", TestName = "A_snapshot_of_no_journal")]
    [TestCase("replay none --snapshot-every 5", 3, "none: check the path", TestName = "Snapshots_into_no_journal")]
    public void Bad_input_ends_with_one_line(string arguments, int exitCode, string expected)
    {
        HostProcess.Run(_folder, arguments.Split(' ')).WasRefused(exitCode, expected);
        Assert.That(Directory.Exists(_folder.PathOf("none")), Is.False);
    }
}
