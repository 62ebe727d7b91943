namespace OrderPlatform.Journal.Tests;

public sealed class AppendTests
{
    [Test]
    public void Records_of_many_segments_come_back_as_they_were()
    {
        using var folder = new JournalFolder();
        folder.Fill(2000);
        Assert.That(folder.Segments, Has.Length.GreaterThan(30));
        Assert.That(folder.ReadAll(), Is.EqualTo((2000L, (JournalTail?)null)));
    }

    [Test]
    public void A_wrong_sequence_is_refused_and_changes_nothing()
    {
        using var folder = new JournalFolder();
        using (JournalWriter writer = folder.Create(5))
        {
            foreach (long wrong in new long[] { 5, 7, 0, -1, long.MaxValue })
            {
                var refusal = Assert.Throws<JournalException>(() => writer.Append(wrong, 0, 0, 0, [1]));
                Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.SequenceGap));
                Assert.That(refusal.Message, Does.Contain("6 is due"));
            }

            var control = Assert.Throws<JournalException>(() => writer.Append(6, 0, 0, JournalFlags.Control, []));
            Assert.That(control!.Message, Does.Contain("5 is due"));
            JournalFolder.Append(writer, 6);
            Assert.That(writer.AppendedSequence, Is.EqualTo(6));
        }

        Assert.That(folder.ReadAll().Last, Is.EqualTo(6));
    }

    [Test]
    public void Control_records_do_not_advance_the_sequence()
    {
        using var folder = new JournalFolder();
        using (JournalWriter writer = folder.Create(1))
        {
            writer.Append(1, 5, 99, JournalFlags.Control, [42]);
            Assert.That(writer.AppendedSequence, Is.EqualTo(1));
            JournalFolder.Append(writer, 2);
        }

        using JournalReader reader = JournalReader.Open(folder.FullPath);
        Assert.That(reader.TryRead(out _), Is.True);
        Assert.That(reader.TryRead(out JournalRecord control), Is.True);
        Assert.That(control.IsControl && control.Sequence == 1 && control.TemplateId == 99 && control.Payload[0] == 42, Is.True);
        Assert.That(reader.TryRead(out JournalRecord second), Is.True);
        JournalFolder.AssertIs(second, 2);
    }

    [Test]
    public void A_payload_beyond_the_limit_is_refused_with_both_lengths()
    {
        using var folder = new JournalFolder();
        int longest = 4096 - 128 - 64;
        using (JournalWriter writer = folder.Create())
        {
            var refusal = Assert.Throws<JournalException>(() => writer.Append(1, 0, 0, 0, new byte[longest + 1]));
            Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.PayloadTooLarge));
            Assert.That(refusal.Message, Does.Contain("3905").And.Contain("3904"));
            writer.Append(1, 0, 0, 0, new byte[longest]);
            writer.Append(2, 0, 0, 0, new byte[longest]);
            writer.Append(3, 0, 0, 0, []);
        }

        using JournalReader reader = JournalReader.Open(folder.FullPath);
        int[] lengths = new int[3];
        for (int index = 0; index < 3; index++)
        {
            Assert.That(reader.TryRead(out JournalRecord record), Is.True);
            lengths[index] = record.Payload.Length;
        }

        Assert.That(lengths, Is.EqualTo(new[] { longest, longest, 0 }));
        Assert.That(folder.Segments, Has.Length.EqualTo(3));
    }

    [Test]
    public void The_reserved_flag_is_refused()
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create();
        var refusal = Assert.Throws<JournalException>(() => writer.Append(1, 0, 0, JournalFlags.EndOfSegment, []));
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.ReservedFlag));
    }

    [Test]
    public void A_segment_of_control_records_alone_ends_in_a_clear_refusal()
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create();
        var refusal = Assert.Throws<JournalException>(() =>
        {
            for (int count = 0; count < 200; count++)
                writer.Append(0, 0, 1, JournalFlags.Control, []);
        });
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.SegmentExhausted));
        Assert.That(folder.Segments, Has.Length.EqualTo(1));
    }

    [Test]
    public void Appending_and_reading_allocate_nothing()
    {
        using var folder = new JournalFolder();
        JournalOptions options = JournalFolder.Small with { SegmentLengthBytes = 4 << 20 };
        byte[] payload = new byte[96];
        using (JournalWriter writer = folder.Create(0, options))
        {
            long sequence = 0;
            Assert.That(AllocationCount.LeastOfRounds(() =>
            {
                for (int count = 0; count < 4000; count++)
                    writer.Append(++sequence, sequence, 1, 0, payload);
            }), Is.Zero);
        }

        using JournalReader reader = JournalReader.Open(folder.FullPath);
        long bytes = 0;
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            for (int count = 0; count < 4000; count++)
            {
                reader.TryRead(out JournalRecord record);
                bytes += record.Payload.Length;
            }
        }), Is.Zero);
        Assert.That(bytes, Is.EqualTo(20_000L * 96));
    }

    [Test]
    public void Under_page_cache_what_is_appended_is_durable()
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create(3);
        Assert.That(writer.DurableSequence, Is.EqualTo(3));
    }

    [Test]
    public void A_disposed_writer_says_so()
    {
        using var folder = new JournalFolder();
        JournalWriter writer = folder.Create(3);
        writer.Dispose();
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => JournalFolder.Append(writer, 4));
        Assert.Throws<ObjectDisposedException>(writer.Sync);
        Assert.That(Directory.GetFiles(folder.FullPath, "*.preparing"), Is.Empty);
    }

    [Test]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => JournalWriter.Create("unused", new JournalOptions { SegmentLengthBytes = 5000 }));
        Assert.Throws<ArgumentException>(() => JournalWriter.Create("unused", new JournalOptions { SegmentLengthBytes = 2048 }));
        Assert.Throws<ArgumentException>(() => JournalWriter.Create("unused", new JournalOptions { FirstSequence = 0 }));
        Assert.Throws<ArgumentException>(
            () => JournalWriter.Create("unused", new JournalOptions { SegmentLengthBytes = 4096, PayloadLengthMaxBytes = 3905 }));
    }
}
