using OrderPlatform.Journal;
using OrderPlatform.Journal.Tests.Devices;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests.Checking;

/// <summary>Checkpoints while a pipeline runs: when they come, where they stand, and what happens when the answer does not come.</summary>
[TestFixture]
internal sealed class CheckpointStageTests
{
    private readonly JournalFolder _folder = new();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [SetUp]
    public void Empty()
    {
        if (Directory.Exists(Path.Combine(_folder.Path, "journal")))
        {
            Directory.Delete(Path.Combine(_folder.Path, "journal"), recursive: true);
        }
    }

    [Test]
    public void A_checkpoint_comes_after_the_least_number_of_inputs_as_soon_as_none_waits()
    {
        Assert.That(Checkpoints(new CheckpointSpacing(10, 100), [9, 0, 1, 9, 25]), Is.EqualTo(new long[] { 10, 44 }));
    }

    [Test]
    public void A_checkpoint_comes_after_the_greatest_number_of_inputs_though_more_wait()
    {
        Assert.That(Checkpoints(new CheckpointSpacing(50, 100), [230]), Is.EqualTo(new long[] { 100, 200 }));
        Assert.That(() => new CheckpointSpacing(2, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void No_input_is_taken_while_the_answer_is_waited_for_and_nobody_waits_in_a_call()
    {
        using JournalWriter journal = _folder.Create();
        using var rig = new StageRig(journal, new SelfCheck(0, new CheckpointSpacing(5, 5), 64));
        rig.PutTicks(8);
        Assert.That(rig.Sequencing.DoWork(), Is.EqualTo(6), "five inputs, and the question");
        Assert.That((rig.Sequencing.DoWork(), rig.Sequencing.DoWork(), journal.AppendedSequence), Is.EqualTo((0, 0, 5)));
        rig.Logic.DoWork();
        Assert.That((rig.Sequencing.DoWork(), rig.Sequencing.DoWork(), journal.AppendedSequence), Is.EqualTo((1, 3, 8)));
    }

    [Test]
    public void A_disk_that_fails_while_the_answer_is_waited_for_ends_the_stages_with_its_words()
    {
        var device = new MemoryDevice();
        using JournalWriter journal = JournalWriter.Create(
            "shard", JournalFolder.Options with { Device = device, Durability = JournalDurability.Parse("every-batch"), HasThreads = false });
        using var rig = new StageRig(journal, new SelfCheck(0, new CheckpointSpacing(5, 5), 64));
        rig.PutTicks(5);
        rig.Sequencing.DoWork();
        device.Before = static what => throw (what == "sync" ? new JournalException(JournalFault.SyncFailed, "the disk is gone", "disk") : new InvalidOperationException(what));
        Assert.That(journal.Sync, Throws.TypeOf<JournalException>());
        rig.Logic.DoWork();
        Assert.That(() => rig.Sequencing.DoWork(), Throws.TypeOf<JournalException>().With.Message.Contains("the disk is gone"));
        Assert.That(() => rig.Egress.DoWork(), Throws.TypeOf<JournalException>());
        device.Before = static _ => { };
    }

    [Test]
    public void Inputs_trail_and_checkpoints_allocate_nothing()
    {
        const int Rounds = 400;
        using JournalWriter journal = JournalWriter.Create(Path.Combine(_folder.Path, "journal"), JournalFolder.Options with { SegmentLengthBytes = 64 << 20 });
        using var rig = new StageRig(journal, new SelfCheck(0, new CheckpointSpacing(50, 100), 1_024));
        void Round()
        {
            for (int round = 0; round < Rounds; round++)
            {
                rig.PutTicks(60);
                rig.Sequencing.DoWork();
                rig.Logic.DoWork();
                rig.Sequencing.DoWork();
                rig.Egress.DoWork();
                rig.Logic.DoWork();
                rig.Sequencing.DoWork();
            }
        }

        Round();
        Assert.That(AllocationCount.LeastOfRounds(Round), Is.Zero);
        Assert.That(journal.AppendedSequence, Is.EqualTo(6 * Rounds * 60));
        rig.Step();
        Assert.That(rig.Check.Trail.LastSequence, Is.EqualTo(journal.AppendedSequence));
    }

    private List<long> Checkpoints(CheckpointSpacing spacing, int[] batches)
    {
        using (JournalWriter journal = _folder.Create())
        {
            using var rig = new StageRig(journal, new SelfCheck(0, spacing, 64));
            foreach (int batch in batches)
            {
                rig.PutTicks(batch);
                rig.Step();
            }
        }

        var found = new List<long>();
        using (JournalReader reader = _folder.Read())
        {
            while (reader.TryRead(out JournalRecord record))
            {
                if (record.TemplateId == CheckpointDecoder.TemplateId)
                {
                    found.Add(record.Sequence);
                }
            }
        }

        using JournalReader again = _folder.Read();
        var replay = new ReplayRunner(again, null);
        replay.Run(null, CancellationToken.None);
        Assert.That(replay.CheckpointsVerified, Is.EqualTo(found.Count));
        Directory.Delete(Path.Combine(_folder.Path, "journal"), recursive: true);
        return found;
    }
}
