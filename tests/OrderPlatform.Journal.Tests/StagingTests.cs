using System.Diagnostics.Metrics;
using Microsoft.Win32.SafeHandles;
using OrderPlatform.Journal.Devices;
using OrderPlatform.Journal.Tests.Devices;

namespace OrderPlatform.Journal.Tests;

/// <summary>Under a policy that syncs, records wait in memory until a sync writes them: what readers see of it, and what bounds it.</summary>
public sealed class StagingTests
{
    private const string Folder = "shard";

    private MemoryDevice _device = null!;

    [SetUp]
    public void Make() => _device = new MemoryDevice();

    [Test]
    public void Appending_asks_nothing_of_the_disk_but_a_prepared_segment()
    {
        using JournalWriter writer = Create();
        List<string> calls = [];
        _device.Before = calls.Add;
        Append(writer, 60);
        Assert.That(calls.Distinct(), Is.EquivalentTo(new[] { "create", "write", "sync" }), "the next segment, made here because there is no thread");
        Assert.That(calls.Count(static what => what == "create"), Is.EqualTo(1));
    }

    [Test]
    public void Whoever_reads_in_the_middle_of_any_call_sees_whole_records_and_no_damage()
    {
        using JournalWriter writer = Create();
        using JournalReader follower = JournalReader.Open(Folder, new JournalReaderOptions { Device = _device, IsFollowing = true });
        long followed = 0;
        int looks = 0;
        bool isLooking = false;
        void Look()
        {
            // Reading makes calls, too.
            if (isLooking)
                return;
            isLooking = true;
            looks++;
            while (follower.TryRead(out JournalRecord record))
                JournalFolder.AssertIs(record, ++followed);
            Assert.That(followed, Is.InRange(writer.DurableSequence, writer.AppendedSequence));
            JournalReport report = JournalInspection.Inspect(Folder, _device);
            Assert.That((report.Verdict, report.IsBeingWritten), Is.EqualTo((JournalVerdict.Good, true)), report.Damage?.Message);
            isLooking = false;
        }

        _device.Before = _ => Look();
        _device.DuringWrite = Look;
        var random = new Random(11);
        for (long last = 0; last < 400; last += random.Next(1, 70))
        {
            Append(writer, last);
            writer.Sync();
            Look();
            Assert.That(followed, Is.EqualTo(last));
        }

        Assert.That(looks, Is.GreaterThan(100));
        _device.Before = static _ => { };
        _device.DuringWrite = static () => { };
    }

    [Test]
    public void What_a_writer_had_half_written_is_being_written_while_it_lives_and_torn_when_it_is_dead()
    {
        using JournalWriter writer = Create();
        Append(writer, 20);
        MemoryDevice? dead = null;
        _device.DuringWrite = () =>
        {
            _device.DuringWrite = static () => { };
            JournalReport living = JournalInspection.Inspect(Folder, _device);
            Assert.That((living.Verdict, living.Torn, living.IsBeingWritten), Is.EqualTo((JournalVerdict.Good, (JournalTail?)null, true)));
            dead = _device.Kill();
        };
        writer.Sync();
        JournalReport found = JournalInspection.Inspect(Folder, dead!);
        Assert.That((found.Verdict, found.LastSequence, found.IsBeingWritten), Is.EqualTo((JournalVerdict.TornTail, 0L, false)));
        using JournalWriter again = JournalWriter.Open(Folder, Options with { Device = dead! });
        Assert.That((again.Recovery.LastSequence, again.Recovery.KeptFiles.Count), Is.EqualTo((0L, 1)));
    }

    [Test]
    public void A_living_writer_of_a_real_folder_is_told_from_a_dead_one()
    {
        using var folder = new JournalFolder();
        using (JournalWriter writer = folder.Create(3))
        {
            Assert.That(JournalInspection.Inspect(folder.FullPath).IsBeingWritten, Is.True);
            Assert.That(JournalInspection.Inspect(folder.FullPath).Inputs, Is.EqualTo(3));
        }

        Assert.That(JournalInspection.Inspect(folder.FullPath).IsBeingWritten, Is.False);
        JournalWriter.Open(folder.FullPath, JournalFolder.Small).Dispose();
    }

    [Test]
    public void A_batch_of_many_pages_is_in_the_file_whole()
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create(5_000, Options with { SegmentLengthBytes = 1 << 20 });
        Assert.That(folder.ReadAll(), Is.EqualTo((0L, (JournalTail?)null)));
        writer.Sync();
        Assert.That(folder.ReadAll(), Is.EqualTo((5_000L, (JournalTail?)null)));
        Append(writer, 5_001);
        writer.Sync();
        Assert.That(folder.ReadAll(), Is.EqualTo((5_001L, (JournalTail?)null)));
    }

    [Test]
    public void Sealed_segments_that_wait_are_bounded_and_a_sync_makes_room()
    {
        using JournalWriter writer = Create(Options with { LagMaxBytes = 1, LagMaxInputs = 100_000 });
        long withRoom = 0;
        var refusal = Assert.Throws<JournalException>(() =>
        {
            while (writer.AppendedSequence < 1_000)
            {
                Append(writer, writer.AppendedSequence + 1);
                withRoom = writer.RoomInputs > 0 ? writer.AppendedSequence : withRoom;
            }
        });
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.Lagging));
        Assert.That(refusal.Message, Does.Contain("4 sealed segments wait for their sync").And.Contain("raise LagMaxBytes"));
        long refused = writer.AppendedSequence;
        Assert.That(withRoom, Is.InRange(refused / 3, refused / 2), "room ends with the second of five segments");
        Assert.That((writer.RoomInputs, writer.Failure), Is.EqualTo((0, (JournalException?)null)));
        writer.Sync();
        Assert.That(writer.RoomInputs, Is.EqualTo(100_000));
        Append(writer, refused + 10);
        writer.Dispose();
        using JournalReader reader = JournalReader.Open(Folder, new JournalReaderOptions { Device = _device });
        for (long sequence = 1; sequence <= refused + 10; sequence++)
        {
            Assert.That(reader.TryRead(out JournalRecord record), Is.True);
            JournalFolder.AssertIs(record, sequence);
        }
    }

    [Test]
    public void Whoever_waits_is_called_when_more_is_durable_and_when_the_journal_stops()
    {
        List<(long Durable, bool HasStopped)> calls = [];
        JournalWriter? writer = null;
        writer = Create(Options with { OnDurable = () => calls.Add((writer!.DurableSequence, writer.Failure is not null)) });
        Append(writer, 3);
        writer.Sync();
        Append(writer, 5);
        writer.Sync();
        _device.Before = static what => throw new JournalException(JournalFault.SyncFailed, "the disk is gone", what);
        Append(writer, 6);
        Assert.Throws<JournalException>(writer.Sync);
        Assert.That(calls, Is.EqualTo(new[] { (3L, false), (5L, false), (5L, true) }));
        _device.Before = static _ => { };
        writer.Dispose();
    }

    [Test]
    public void A_write_to_a_full_device_is_an_error_that_says_so()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("needs /dev/full");
        using SafeFileHandle full = File.OpenHandle("/dev/full", access: FileAccess.Write);
        var refusal = Assert.Throws<JournalException>(() => NativeFile.Write("/dev/full", full, 0, new byte[100]));
        Assert.That((refusal!.Kind, refusal.File), Is.EqualTo((JournalFault.DiskFull, "/dev/full")));
        Assert.That(refusal.Message, Does.Contain("No space left on device").And.Contain("what was durable before stays so"));
    }

    [Test]
    public void A_listener_to_metrics_reads_the_lag()
    {
        using var folder = new JournalFolder();
        JournalOptions options = JournalFolder.Small with { ShardId = 77, Durability = JournalDurability.EveryInterval(TimeSpan.FromSeconds(60)) };
        List<long> read = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "orderplatform.journal.lag" && instrument.Unit == "inputs")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags[0].Value is 77L)
                read.Add(value);
        });
        listener.Start();
        using (JournalWriter writer = JournalWriter.Create(folder.FullPath, options))
        {
            Append(writer, 4);
            writer.Sync();
            Append(writer, 9);
            listener.RecordObservableInstruments();
        }

        listener.RecordObservableInstruments();
        Assert.That(read, Is.EqualTo(new[] { 5L }));
    }

    private static JournalOptions Options => JournalFolder.Small with { Durability = JournalDurability.EveryBatch, HasThreads = false };

    private static void Append(JournalWriter writer, long last)
    {
        for (long sequence = writer.AppendedSequence + 1; sequence <= last; sequence++)
            JournalFolder.Append(writer, sequence);
    }

    private JournalWriter Create(JournalOptions? options = null) => JournalWriter.Create(Folder, (options ?? Options) with { Device = _device });
}
