using OrderPlatform.Journal.Tests.Devices;

namespace OrderPlatform.Journal.Tests;

/// <summary>When a position is called durable, and what happens when it cannot be.</summary>
public sealed class DurabilityTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private MemoryDevice _device = null!;
    private List<string> _calls = null!;

    [SetUp]
    public void Make()
    {
        _device = new MemoryDevice();
        _calls = [];
    }

    [Test]
    public void The_durable_position_moves_after_a_sync_and_not_before([Values("every-batch", "interval:1ms")] string policy)
    {
        using JournalWriter writer = Create(policy);
        Append(writer, 5);
        Assert.That((writer.DurableSequence, writer.LagInputs), Is.EqualTo((0L, 5L)));
        writer.Sync();
        Assert.That((writer.DurableSequence, writer.LagInputs), Is.EqualTo((5L, 0L)));
    }

    [Test]
    public void Under_page_cache_appended_is_durable_and_nothing_is_synced()
    {
        using JournalWriter writer = Create("page-cache");
        _device.Before = _calls.Add;
        Append(writer, 5);
        writer.EndBatch();
        Assert.That((writer.DurableSequence, writer.LagInputs, writer.RoomInputs), Is.EqualTo((5L, 0L, int.MaxValue)));
        Assert.That(writer.WaitUntilDurable(5, TimeSpan.Zero), Is.True);
        Assert.That(_calls, Is.Empty);
    }

    [Test]
    public void What_lies_in_a_new_segment_is_durable_after_the_sealed_one_the_new_one_and_its_name()
    {
        using JournalWriter writer = Create("every-batch");
        Append(writer, 60);
        Assert.That(_device.List("shard", ".journal"), Has.Length.EqualTo(1), "a name is given when there is something to find");
        _device.Before = what =>
        {
            Assert.That(writer.DurableSequence, Is.Zero, what);
            _calls.Add(what);
        };
        writer.Sync();
        Assert.That(writer.DurableSequence, Is.EqualTo(60));
        Assert.That(_calls, Is.EqualTo(new[] { "write", "write", "sync", "write", "write", "sync", "rename", "sync directory" }));
        _device.Before = static _ => { };
    }

    [Test]
    public void One_sync_covers_all_that_was_appended_during_the_last_one()
    {
        using var isInside = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        int syncs = 0;
        using JournalWriter writer = Create("every-batch", hasThreads: true, JournalFolder.Small with { SegmentLengthBytes = 1 << 20 });
        _device.Before = what =>
        {
            // The thread that prepares the next segment syncs, too.
            if (what == "sync" && Thread.CurrentThread.Name == "journal-sync" && Interlocked.Increment(ref syncs) == 1)
            {
                isInside.Set();
                mayGoOn.Wait(Limit);
            }
        };
        Append(writer, 1);
        writer.EndBatch();
        Assert.That(isInside.Wait(Limit), Is.True);
        Append(writer, 1_000);
        Assert.That(writer.DurableSequence, Is.Zero);
        mayGoOn.Set();
        Assert.That(writer.WaitUntilDurable(1_000, Limit), Is.True);
        Assert.That(syncs, Is.EqualTo(2));
    }

    [Test]
    public void An_interval_s_thread_syncs_without_being_asked()
    {
        using JournalWriter writer = Create("interval:1ms", hasThreads: true);
        Append(writer, 3);
        Assert.That(writer.WaitUntilDurable(3, Limit), Is.True);
        Assert.That(writer.DurableSequence, Is.EqualTo(3));
        Assert.That(writer.WaitUntilDurable(2, TimeSpan.Zero), Is.True);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WaitUntilDurable(4, TimeSpan.Zero));
    }

    [Test]
    public void A_wait_that_is_over_says_so()
    {
        using JournalWriter writer = Create("every-batch");
        Append(writer, 1);
        Assert.That(writer.WaitUntilDurable(1, TimeSpan.FromMilliseconds(1)), Is.False);
    }

    [TestCase("sync")]
    [TestCase("sync directory")]
    public void After_a_failed_sync_nothing_goes_on_and_everybody_is_told(string call)
    {
        using JournalWriter writer = Create("every-batch");
        Append(writer, 10);
        writer.Sync();
        Append(writer, 60);
        var failure = new JournalException(JournalFault.SyncFailed, "the disk is gone", "disk");
        _device.Before = what =>
        {
            _calls.Add(what);
            if (what == call)
                throw failure;
        };
        JournalException? told = null;
        var waiting = new Thread(() =>
        {
            try
            {
                writer.WaitUntilDurable(60, Limit);
            }
            catch (JournalException failed)
            {
                told = failed;
            }
        });
        waiting.Start();
        Assert.That(Assert.Throws<JournalException>(writer.Sync), Is.SameAs(failure));
        waiting.Join();
        int calls = _calls.Count;

        Assert.That(told, Is.Not.Null);
        Assert.That((told!.Kind, told.InnerException), Is.EqualTo((JournalFault.SyncFailed, failure)));
        Assert.That(told.Message, Does.Contain("The journal has stopped: the disk is gone"));
        Assert.That(writer.Failure, Is.SameAs(failure));
        Assert.That(Assert.Throws<JournalException>(() => JournalFolder.Append(writer, 61))!.InnerException, Is.SameAs(failure));
        Assert.That(Assert.Throws<JournalException>(writer.Sync)!.InnerException, Is.SameAs(failure));
        Assert.Throws<JournalException>(writer.ThrowIfStopped);
        Assert.That((writer.DurableSequence, writer.AppendedSequence), Is.EqualTo((10L, 60L)), "what was acknowledged stays so, and no more");
        Assert.That(writer.WaitUntilDurable(10, TimeSpan.Zero), Is.True);
        _device.Before = what => _calls.Add(what);
        writer.Dispose();
        Assert.That(_calls.Skip(calls), Has.None.StartsWith("sync"), "a failed sync is never tried again");
        Assert.That(ReadAfterCut(), Is.GreaterThanOrEqualTo(10));
    }

    [Test]
    public void A_failure_of_the_sync_thread_reaches_appends_and_waits()
    {
        using JournalWriter writer = Create("every-batch", hasThreads: true);
        Append(writer, 3);
        Assert.That(writer.WaitUntilDurable(3, Limit), Is.True);
        _device.Before = what =>
        {
            if (what == "sync")
                throw new JournalException(JournalFault.SyncFailed, "the disk is gone", "disk");
        };
        Append(writer, 4);
        writer.EndBatch();
        Assert.That(Assert.Throws<JournalException>(() => writer.WaitUntilDurable(4, Limit))!.Kind, Is.EqualTo(JournalFault.SyncFailed));
        Assert.Throws<JournalException>(() => JournalFolder.Append(writer, 5));
        Assert.That(writer.DurableSequence, Is.EqualTo(3));
    }

    [TestCase(JournalFault.DiskFull)]
    [TestCase(JournalFault.Unavailable)]
    public void A_segment_that_cannot_be_made_stops_intake_for_good_and_keeps_what_there_is(JournalFault fault)
    {
        long last = 0;
        using (JournalWriter writer = Create("page-cache"))
        {
            _device.Before = what =>
            {
                if (what == "create")
                    throw new JournalException(fault, "no room", "disk");
            };
            var refusal = Assert.Throws<JournalException>(() =>
            {
                while (last < 1_000)
                {
                    JournalFolder.Append(writer, last + 1);
                    last++;
                }
            });
            Assert.That(refusal!.Kind, Is.EqualTo(fault));
            _device.Before = static _ => { };
            Assert.That(Assert.Throws<JournalException>(() => JournalFolder.Append(writer, last + 1))!.Message, Does.Contain("has stopped: no room"));
            Assert.That((writer.AppendedSequence, writer.DurableSequence), Is.EqualTo((last, last)));
        }

        using JournalWriter again = JournalWriter.Open("shard", JournalFolder.Small with { Device = _device });
        Assert.That((again.Recovery.LastSequence, again.Recovery.TornBytes), Is.EqualTo((last, 0L)));
        JournalFolder.Append(again, last + 1);
    }

    [Test]
    public void More_inputs_than_may_lag_are_refused_until_a_sync_has_ended()
    {
        using JournalWriter writer = Create("every-batch", options: JournalFolder.Small with { LagMaxInputs = 8 });
        for (long last = 0; last < 80; last += 8)
        {
            Assert.That(writer.RoomInputs, Is.EqualTo(8));
            Append(writer, last + 8);
            Assert.That((writer.LagInputs, writer.RoomInputs), Is.EqualTo((8L, 0)));
            var refusal = Assert.Throws<JournalException>(() => JournalFolder.Append(writer, last + 9));
            Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.Lagging));
            Assert.That(refusal.Message, Does.Contain("8 inputs wait for their sync, and 8 may"));
            writer.Append(last + 8, 1, 1, JournalFlags.Control, []);
            Assert.That(writer.Failure, Is.Null, "lagging is no failure");
            writer.Sync();
        }
    }

    [Test]
    public void Appending_under_every_batch_allocates_nothing()
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create(0, JournalFolder.Small with { SegmentLengthBytes = 4 << 20, Durability = JournalDurability.EveryBatch });
        byte[] payload = new byte[96];
        long sequence = 0;
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            for (int count = 0; count < 4_000; count++)
            {
                writer.Append(++sequence, sequence, 1, 0, payload);
                if (count % 16 == 0)
                    writer.EndBatch();
            }

            writer.WaitUntilDurable(sequence, Limit);
        }), Is.Zero);
    }

    [Test]
    public void A_clean_close_proves_the_very_last_record()
    {
        using (JournalWriter writer = Create("every-batch"))
            Append(writer, 3);
        MemoryFile file = _device.FileOf(_device.List("shard", ".journal").Single());
        int last = file.Bytes.IndexOf(JournalFolder.PayloadOf(3));
        file.Bytes[last] ^= 1;
        JournalReport report = JournalInspection.Inspect("shard", _device);
        Assert.That((report.Verdict, report.LastSequence, report.Damage!.Kind), Is.EqualTo((JournalVerdict.Damaged, 2L, JournalFault.DamagedRecord)));
    }

    [Test]
    public void Opening_under_another_policy_begins_a_segment_of_its_own()
    {
        Create("page-cache").Dispose();
        foreach (string policy in new[] { "every-batch", "interval:1ms", "page-cache", "every-batch" })
        {
            JournalOptions options = JournalFolder.Small with { Device = _device, Durability = JournalDurability.Parse(policy), HasThreads = false };
            using JournalWriter writer = JournalWriter.Open("shard", options);
            long next = writer.AppendedSequence + 1;
            JournalFolder.Append(writer, next);
            writer.Sync();
            JournalFolder.Append(writer, next + 1);
        }

        // An empty one is taken over; interval and every-batch write alike.
        Assert.That(_device.List("shard", ".journal"), Has.Length.EqualTo(3));
        JournalReport report = JournalInspection.Inspect("shard", _device);
        Assert.That((report.Verdict, report.Inputs, report.DurableSequence), Is.EqualTo((JournalVerdict.Good, 8L, 8L)));
    }

    private JournalWriter Create(string policy, bool hasThreads = false, JournalOptions? options = null) => JournalWriter.Create(
        "shard", (options ?? JournalFolder.Small) with { Device = _device, Durability = JournalDurability.Parse(policy), HasThreads = hasThreads });

    private static void Append(JournalWriter writer, long last)
    {
        for (long sequence = writer.AppendedSequence + 1; sequence <= last; sequence++)
            JournalFolder.Append(writer, sequence);
    }

    private long ReadAfterCut()
    {
        MemoryDevice survivor = _device.CutPower(new Random(7));
        using JournalReader reader = JournalReader.Open("shard", new JournalReaderOptions { Device = survivor });
        long last = 0;
        while (reader.TryRead(out JournalRecord record))
            JournalFolder.AssertIs(record, ++last);
        return last;
    }
}
