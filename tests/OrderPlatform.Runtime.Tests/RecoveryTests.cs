using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests;

/// <summary>The newest usable snapshot and the journal's tail end where a replay of the whole journal does.</summary>
[TestFixture]
internal sealed class RecoveryTests
{
    private static readonly Scenario Short = new() { Minutes = 400 };
    private static readonly SnapshotStoreOptions Options = new() { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };

    [Test]
    public void A_replay_that_takes_snapshots_and_one_from_the_newest_of_them_end_alike()
    {
        using var folder = new JournalFolder();
        RunResult recorded = Record(folder);
        using EngineStart start = Start(folder);
        Assert.That((start.Snapshot, start.Skipped), Is.EqualTo((NameOf(folder, recorded.Sequence - (recorded.Sequence % 100)), Array.Empty<SkippedSnapshot>())));
        Assert.That(start.Engine.State.Sequence, Is.EqualTo(recorded.Sequence - (recorded.Sequence % 100)));
        var tail = new ReplayRunner(start);
        tail.Run(null, CancellationToken.None);
        Assert.That((tail.Engine.DigestText(), tail.Engine.State.Sequence), Is.EqualTo((recorded.Digest, recorded.Sequence)));
        Assert.That(tail.CheckpointsVerified, Is.EqualTo(1));
    }

    [Test]
    public void A_damaged_snapshot_is_skipped_for_an_older_one_and_said()
    {
        using var folder = new JournalFolder();
        RunResult recorded = Record(folder);
        string[] files = [.. Directory.GetFiles(SnapshotsOf(folder), "*.snapshot").OrderDescending(StringComparer.Ordinal)];
        byte[] bytes = File.ReadAllBytes(files[0]);
        bytes[100] ^= 1;
        File.WriteAllBytes(files[0], bytes);
        File.WriteAllBytes(files[1], File.ReadAllBytes(files[1])[..80]);
        using EngineStart start = Start(folder);
        Assert.That(start.Snapshot, Is.EqualTo(files[2]));
        Assert.That(start.Skipped.Select(static skipped => skipped.File), Is.EqualTo(files[..2]));
        AssertEndsAlike(start, recorded);
    }

    [Test]
    public void With_no_usable_snapshot_the_start_is_the_journals_first_record()
    {
        using var folder = new JournalFolder();
        RunResult recorded = Record(folder);
        foreach (string file in Directory.GetFiles(SnapshotsOf(folder), "*.snapshot"))
        {
            File.WriteAllBytes(file, []);
        }

        using EngineStart start = Start(folder);
        Assert.That((start.Snapshot, start.Engine.State.Sequence), Is.EqualTo(((string?)null, 0)));
        Assert.That(start.Skipped, Has.Count.EqualTo(8));
        AssertEndsAlike(start, recorded);
    }

    [Test]
    public void A_snapshot_of_another_journal_with_the_same_numbers_is_skipped()
    {
        using var folder = new JournalFolder();
        using var other = new JournalFolder();
        RunResult recorded = Record(folder);
        Record(other, Short with { Seed = 8 });
        Directory.Delete(SnapshotsOf(folder), recursive: true);
        Directory.Move(SnapshotsOf(other), SnapshotsOf(folder));
        using EngineStart start = Start(folder);
        Assert.That(start.Snapshot, Is.Null);
        Assert.That(start.Skipped, Has.Some.Property("Reason").Contains("another journal"));
        AssertEndsAlike(start, recorded);
    }

    [Test]
    public void A_snapshot_that_is_newer_than_the_journal_is_skipped()
    {
        using var folder = new JournalFolder();
        RunResult recorded = Record(folder);
        using (SnapshotStore store = SnapshotStore.Open(SnapshotsOf(folder), Options))
        {
            store.Write(recorded.Sequence + 1, 0, [1, 2, 3]);
        }

        using EngineStart start = Start(folder);
        Assert.That(start.Skipped.Single().Reason, Is.EqualTo($"is newer than the journal, which ends after sequence {recorded.Sequence}"));
        AssertEndsAlike(start, recorded);
    }

    [Test]
    public void A_snapshot_whose_records_the_engine_refuses_is_skipped_with_record_and_field()
    {
        using var folder = new JournalFolder();
        RunResult recorded = Record(folder);
        using (SnapshotStore store = SnapshotStore.Open(SnapshotsOf(folder), Options))
        {
            store.Write(recorded.Sequence, 0, [1, 2, 3]);
        }

        using EngineStart start = Start(folder);
        Assert.That(start.Skipped.Single().Reason, Does.StartWith("record 1: the snapshot ends where a SnapshotHeader is due"));
        AssertEndsAlike(start, recorded);
    }

    [Test]
    public void A_follower_keeps_up_takes_snapshots_and_agrees_at_the_checkpoint()
    {
        using var folder = new JournalFolder();
        RunResult recorded = Record(folder);
        var problems = new List<string>();
        using SnapshotStore store = SnapshotStore.Open(SnapshotsOf(folder), Options);
        var taker = new SnapshotTaker(store, 50);
        Follower follower = Follow(folder, taker, problems);
        while (follower.DoWork() > 0)
        {
        }

        Assert.That((follower.Sequence, follower.Engine.DigestText()), Is.EqualTo((recorded.Sequence, recorded.Digest)));
        Assert.That((follower.CheckpointsVerified, follower.LastAgreed, follower.Difference, taker.Count > 0), Is.EqualTo((1, recorded.Sequence, (FollowerDifference?)null, true)));
        Assert.That(problems, Is.Empty);
        follower.OnClose();
    }

    [Test]
    public void A_follower_that_differs_says_so_with_the_last_agreement_and_ends()
    {
        using var folder = new JournalFolder();
        long sequence = Record(folder).Sequence;
        AppendCheckpoint(folder, sequence);
        var problems = new List<string>();
        Follower follower = Follow(folder, null, problems);
        int work;
        while ((work = follower.DoWork()) > 0)
        {
        }

        Assert.That(work, Is.EqualTo(IAgent.Finished));
        Assert.That((follower.Difference!.After, follower.Difference.Sequence), Is.EqualTo((sequence, sequence)));
        Assert.That(problems.Single(), Does.Contain($"differ at sequence {sequence}, where they had agreed").And.Contain("output digest"));
        follower.OnClose();
    }

    [Test]
    public void A_follower_whose_snapshots_cannot_be_written_says_so_and_goes_on()
    {
        using var folder = new JournalFolder();
        RunResult recorded = Record(folder);
        string gone = Path.Combine(folder.Path, "gone");
        using SnapshotStore store = SnapshotStore.Open(gone, Options);
        Directory.Delete(gone, recursive: true);
        Directory.Delete(SnapshotsOf(folder), recursive: true);
        var problems = new List<string>();
        Follower follower = Follow(folder, new SnapshotTaker(store, 400), problems);
        while (follower.DoWork() > 0)
        {
        }

        Assert.That(follower.Engine.DigestText(), Is.EqualTo(recorded.Digest));
        Assert.That(problems, Has.Count.EqualTo(recorded.Sequence / 400).And.All.Contains("Cannot write the snapshot"));
        follower.OnClose();
    }

    private static RunResult Record(JournalFolder folder, Scenario? scenario = null)
    {
        RunResult recorded;
        using (JournalWriter journal = folder.Create())
        {
            recorded = Runs.Backtest(scenario ?? Short, journal);
        }

        using SnapshotStore store = SnapshotStore.Open(SnapshotsOf(folder), Options);
        using JournalReader reader = folder.Read();
        var replay = new ReplayRunner(reader, null, new SnapshotTaker(store, 100));
        replay.Run(null, CancellationToken.None);
        Assert.That(replay.Engine.DigestText(), Is.EqualTo(recorded.Digest));
        return recorded;
    }

    private static void AppendCheckpoint(JournalFolder folder, long sequence)
    {
        using JournalWriter journal = JournalWriter.Open(JournalOf(folder), JournalFolder.Options);
        var message = new byte[CheckpointEncoder.EncodedLength];
        var checkpoint = CheckpointEncoder.WrapForEncodeAndApplyHeader(message);
        checkpoint.Sequence = (ulong)sequence;
        checkpoint.StateDigest = 0xBAD;
        journal.Append(sequence, 1, CheckpointEncoder.TemplateId, JournalFlags.Control, message);
    }

    private static void AssertEndsAlike(EngineStart start, RunResult recorded)
    {
        var tail = new ReplayRunner(start);
        tail.Run(null, CancellationToken.None);
        Assert.That(tail.Engine.DigestText(), Is.EqualTo(recorded.Digest));
    }

    private static Follower Follow(JournalFolder folder, SnapshotTaker? taker, List<string> problems) =>
        new(EngineStart.Newest(JournalOf(folder), new JournalReaderOptions { IsFollowing = true }, Options), taker, problems.Add);

    private static EngineStart Start(JournalFolder folder) => EngineStart.Newest(JournalOf(folder), new JournalReaderOptions(), Options);

    private static string JournalOf(JournalFolder folder) => Path.Combine(folder.Path, "journal");

    private static string SnapshotsOf(JournalFolder folder) => EngineStart.FolderOf(JournalOf(folder));

    private static string NameOf(JournalFolder folder, long sequence) => Path.Combine(SnapshotsOf(folder), $"{sequence:D20}.snapshot");
}
