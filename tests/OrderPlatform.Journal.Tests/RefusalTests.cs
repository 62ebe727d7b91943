namespace OrderPlatform.Journal.Tests;

public sealed class RefusalTests
{
    [Test]
    public void A_second_writer_is_refused_until_the_first_is_gone()
    {
        using var folder = new JournalFolder();
        JournalWriter first = folder.Create(1);
        Assert.That(FaultOfOpening(folder.FullPath), Is.EqualTo(JournalFault.Locked));
        first.Dispose();
        JournalWriter.Open(folder.FullPath, JournalFolder.Small).Dispose();
    }

    [Test]
    public void Creating_over_a_journal_is_refused()
    {
        using var folder = new JournalFolder();
        folder.Fill(1);
        var refusal = Assert.Throws<JournalException>(() => folder.Create());
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.NotEmpty));
        Assert.That(folder.ReadAll().Last, Is.EqualTo(1));
    }

    [Test]
    public void A_missing_directory_is_created_by_create_and_refused_by_open_and_read()
    {
        using var folder = new JournalFolder();
        string missing = Path.Combine(folder.FullPath, "a", "b");
        Assert.That(FaultOfOpening(missing), Is.EqualTo(JournalFault.Missing));
        Assert.That(Assert.Throws<JournalException>(() => JournalReader.Open(missing))!.Kind, Is.EqualTo(JournalFault.Missing));
        JournalWriter.Create(missing, JournalFolder.Small).Dispose();
        JournalWriter.Open(missing, JournalFolder.Small).Dispose();
    }

    [Test]
    public void An_empty_directory_is_refused_by_open_and_read()
    {
        using var folder = new JournalFolder();
        Assert.That(FaultOfOpening(folder.FullPath), Is.EqualTo(JournalFault.Missing));
        Assert.That(folder.FaultOfReading(), Is.EqualTo(JournalFault.Missing));
    }

    [Test]
    public void A_directory_that_cannot_be_written_is_refused()
    {
        using var folder = new JournalFolder();
        string file = Path.Combine(folder.FullPath, "file");
        File.WriteAllText(file, "");
        foreach (string path in new[] { file, "/proc/no-journal-here" })
        {
            var refusal = Assert.Throws<JournalException>(() => JournalWriter.Create(path, JournalFolder.Small));
            Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.Unavailable), path);
        }
    }

    [Test]
    public void Another_shard_or_schema_is_refused()
    {
        using var folder = new JournalFolder();
        folder.Fill(1);
        Assert.That(FaultOfOpening(folder.FullPath, JournalFolder.Small with { ShardId = 4 }), Is.EqualTo(JournalFault.WrongShard));
        Assert.That(FaultOfOpening(folder.FullPath, JournalFolder.Small with { SchemaId = 8 }), Is.EqualTo(JournalFault.WrongSchema));
    }

    [TestCase(0, 0x58, JournalFault.WrongMagic)]
    [TestCase(8, 0x03, JournalFault.WrongVersion)]
    [TestCase(8, 0x00, JournalFault.WrongVersion)]
    [TestCase(16, 0x09, JournalFault.DamagedHeader)]
    public void A_changed_header_is_told_apart(int offset, byte value, JournalFault fault)
    {
        using var folder = new JournalFolder();
        folder.Fill(1);
        byte[] bytes = File.ReadAllBytes(folder.Segments[0]);
        bytes[offset] = value;
        File.WriteAllBytes(folder.Segments[0], bytes);
        Assert.That(folder.FaultOfReading(), Is.EqualTo(fault));
    }

    [Test]
    public void A_missing_segment_in_the_middle_is_named()
    {
        using var folder = new JournalFolder();
        folder.Fill(200);
        string missing = folder.Segments[1];
        File.Delete(missing);
        var refusal = Assert.Throws<JournalException>(() => folder.ReadAll());
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.MissingSegment));
        Assert.That(refusal.Message, Does.Contain(missing));
    }

    [Test]
    public void Swapped_segments_are_refused()
    {
        using var folder = new JournalFolder();
        folder.Fill(200);
        string[] segments = folder.Segments;
        File.Move(segments[1], segments[1] + "x");
        File.Move(segments[2], segments[1]);
        File.Move(segments[1] + "x", segments[2]);
        Assert.That(folder.FaultOfReading(), Is.EqualTo(JournalFault.BrokenChain));
    }

    [Test]
    public void A_segment_of_another_run_is_refused()
    {
        using var folder = new JournalFolder();
        using var other = new JournalFolder();
        folder.Fill(200);
        using (JournalWriter writer = other.Create())
        {
            for (long sequence = 1; sequence <= 200; sequence++)
                writer.Append(sequence, 1, 1, 0, JournalFolder.PayloadOf(sequence));
        }

        Assert.That(Path.GetFileName(other.Segments[2]), Is.EqualTo(Path.GetFileName(folder.Segments[2])));
        File.Copy(other.Segments[2], folder.Segments[2], overwrite: true);
        Assert.That(folder.FaultOfReading(), Is.EqualTo(JournalFault.BrokenChain));
    }

    [Test]
    public void A_misnamed_segment_is_named()
    {
        using var folder = new JournalFolder();
        folder.Fill(200);
        File.Move(folder.Segments[0], Path.Combine(folder.FullPath, "first.journal"));
        var refusal = Assert.Throws<JournalException>(() => folder.ReadAll());
        Assert.That(refusal!.Message, Does.Contain("first.journal"));
    }

    [Test]
    public void A_format_version_of_another_build_is_named_with_those_that_can_be_read_and_the_way_out()
    {
        using var folder = new JournalFolder();
        folder.Fill(1);
        byte[] bytes = File.ReadAllBytes(folder.Segments[0]);
        bytes[8] = 9;
        File.WriteAllBytes(folder.Segments[0], bytes);
        string message = Assert.Throws<JournalException>(() => JournalWriter.Open(folder.FullPath, JournalFolder.Small))!.Message;
        Assert.That(message, Does.Contain(folder.Segments[0]).And.Contain("format version 9").And.Contain("reads 1 to 2"));
        Assert.That(message, Does.Contain("use the build that wrote it"));
    }

    [Test]
    public void A_journal_of_format_version_1_is_read_and_continued()
    {
        using var folder = new JournalFolder();
        folder.Fill(0);
        byte[] bytes = File.ReadAllBytes(folder.Segments[0]);
        bytes[8] = 1;
        BitConverter.TryWriteBytes(bytes.AsSpan(124), Crc32C.Of(bytes.AsSpan(0, 124)));
        File.WriteAllBytes(folder.Segments[0], bytes);
        Assert.That(folder.ReadAll().Last, Is.Zero);
        using (JournalWriter writer = JournalWriter.Open(folder.FullPath, JournalFolder.Small))
            JournalFolder.Append(writer, 1);
        Assert.That(File.ReadAllBytes(folder.Segments[0])[8], Is.EqualTo(1));
        using (JournalWriter writer = JournalWriter.Open(folder.FullPath, JournalFolder.Small with { Durability = JournalDurability.EveryBatch }))
            JournalFolder.Append(writer, 2);
        Assert.That(folder.ReadAll().Last, Is.EqualTo(2));
        Assert.That(folder.Segments.Select(static path => File.ReadAllBytes(path)[8]), Is.EqualTo(new byte[] { 1, 2 }));
    }

    [Test]
    public void A_lock_file_that_nobody_holds_keeps_nobody_out()
    {
        using var folder = new JournalFolder();
        folder.Fill(1);
        Assert.That(File.Exists(Path.Combine(folder.FullPath, "journal.lock")), Is.True);
        JournalWriter.Open(folder.FullPath, JournalFolder.Small).Dispose();
    }

    [Test]
    public void A_read_only_disk_refuses_a_writer_and_lets_a_reader_read()
    {
        using SmallDisk disk = SmallDisk.Mount(1_024);
        string folder = Path.Combine(disk.FullPath, "shard");
        using (JournalWriter writer = JournalWriter.Create(folder, JournalFolder.Small))
            JournalFolder.Append(writer, 1);
        disk.MakeReadOnly();
        var refusal = Assert.Throws<JournalException>(() => JournalWriter.Open(folder, JournalFolder.Small));
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.Unavailable));
        Assert.That(refusal.Message, Does.Contain(folder).And.Contain("Read-only file system"));
        refusal = Assert.Throws<JournalException>(() => JournalWriter.Create(Path.Combine(disk.FullPath, "new"), JournalFolder.Small));
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.Unavailable));
        Assert.That(JournalInspection.Inspect(folder).LastSequence, Is.EqualTo(1));
    }

    [Test]
    public void A_disk_that_is_really_full_stops_intake_and_loses_nothing([Values("page-cache", "every-batch")] string policy)
    {
        using SmallDisk disk = SmallDisk.Mount(256);
        string folder = Path.Combine(disk.FullPath, "shard");
        JournalOptions options = JournalFolder.Small with { SegmentLengthBytes = 1 << 15, Durability = JournalDurability.Parse(policy) };
        long last = 0;
        long durable;
        using (JournalWriter writer = JournalWriter.Create(folder, options))
        {
            var refusal = Assert.Throws<JournalException>(() =>
            {
                while (last < 100_000)
                {
                    JournalFolder.Append(writer, last + 1);
                    last++;
                }
            });
            Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.DiskFull));
            Assert.That(refusal.Message, Does.Contain("free space on the disk"));
            Assert.That(writer.Failure, Is.SameAs(refusal));
            Assert.That(Assert.Throws<JournalException>(() => JournalFolder.Append(writer, last + 1))!.Kind, Is.EqualTo(JournalFault.DiskFull));
            durable = writer.DurableSequence;
        }

        Assert.That(last, Is.GreaterThan(1_000));
        using JournalReader reader = JournalReader.Open(folder);
        long read = 0;
        while (reader.TryRead(out JournalRecord record))
            JournalFolder.AssertIs(record, ++read);
        Assert.That(reader.Torn, Is.Null);
        Assert.That(read, policy == "page-cache" ? Is.EqualTo(last) : Is.InRange(durable, last));
    }

    private static JournalFault FaultOfOpening(string path, JournalOptions? options = null) =>
        Assert.Throws<JournalException>(() => JournalWriter.Open(path, options ?? JournalFolder.Small))!.Kind;
}
