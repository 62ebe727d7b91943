using OrderPlatform.Journal.Tests.Devices;

namespace OrderPlatform.Journal.Tests;

/// <summary>
/// Whatever happens to a byte of a journal of three segments: found with its place, cut as torn, or harmless; never a wrong record, never another exception.
/// </summary>
public sealed class DamageTests
{
    private const string Folder = "shard";
    private const int Inputs = 110;

    private MemoryDevice _device = null!;

    private string[] Segments => [.. _device.List(Folder, ".journal").Order(StringComparer.Ordinal)];

    [SetUp]
    public void Make() => _device = new MemoryDevice();

    [Test]
    public void Any_change_of_any_byte_of_a_closed_journal_is_found([Values("page-cache", "every-batch")] string policy)
    {
        Fill(policy, closes: true);
        bool isProven = policy == "every-batch";
        string lastSegment = Segments[^1];
        // Under page-cache nothing stands behind the last record; under every-batch the mark does, and only the mark itself can seem torn.
        long end = EndOf(lastSegment);
        long provenBytes = end - (isProven ? DurableMark.AlignedBytes : RecordHeader.Align(32 + JournalFolder.PayloadOf(Inputs).Length));
        ForEachChange((path, offset) =>
        {
            (long last, JournalTail? torn, JournalException? found) = Read();
            bool isAtEnd = path == lastSegment && offset >= provenBytes;
            string place = $"{path} at {offset}: {found?.Message}";
            Assert.That(found is null, Is.EqualTo(isAtEnd), place);
            Assert.That(found is null || found.File == path, Is.True, place);
            Assert.That(found?.Kind != JournalFault.DamagedRecord || found.Offset <= offset, Is.True, place);
            if (isAtEnd)
                Assert.That((last, torn?.TornBytes > 0, torn?.File), Is.EqualTo((isProven || offset >= end ? Inputs : Inputs - 1, true, path)), place);
        });
    }

    [Test]
    public void Any_change_of_any_byte_of_a_journal_whose_writer_was_killed_is_found_unless_it_was_not_durable()
    {
        Fill("every-batch", closes: false);
        long durable = JournalInspection.Inspect(Folder, _device).DurableSequence;
        Assert.That(durable, Is.InRange(Inputs - 20, Inputs - 1));
        int torn = 0;
        ForEachChange((path, offset) =>
        {
            (long last, JournalTail? tail, JournalException? found) = Read();
            Assert.That(found is null != (tail is null), Is.True, $"{path} at {offset} went unseen");
            torn += tail is null ? 0 : 1;
            if (tail is not null)
                Assert.That(last, Is.InRange(durable, Inputs), $"{path} at {offset}");
        });
        Assert.That(torn, Is.Positive);
    }

    [Test]
    public void A_writer_opens_what_is_torn_and_nothing_that_is_damaged()
    {
        Fill("every-batch", closes: false);
        byte[][] originals = [.. Segments.Select(path => _device.FileOf(path).Bytes.ToArray())];
        string[] paths = Segments;
        for (int segment = 0; segment < paths.Length; segment++)
        {
            for (int offset = 0; offset < originals[segment].Length; offset += 13)
            {
                for (int restored = 0; restored < paths.Length; restored++)
                    _device.Replace(paths[restored], [.. originals[restored]]);
                _device.FileOf(paths[segment]).Bytes[offset] ^= 0x10;
                (long last, JournalTail? torn, JournalException? found) = Read();
                if (found is not null)
                {
                    var refusal = Assert.Throws<JournalException>(() => Open());
                    Assert.That((refusal!.Kind, refusal.File, refusal.Offset), Is.EqualTo((found.Kind, found.File, found.Offset)));
                    continue;
                }

                using (JournalWriter writer = Open())
                {
                    Assert.That((writer.Recovery.LastSequence, writer.Recovery.TornBytes), Is.EqualTo((last, torn?.TornBytes ?? 0)));
                    JournalFolder.Append(writer, last + 1);
                }

                Assert.That(Read(), Is.EqualTo((last + 1, (JournalTail?)null, (JournalException?)null)));
                _device.Names.Where(static name => !name.EndsWith(".journal", StringComparison.Ordinal)).ToList().ForEach(_device.Remove);
                Segments.Except(paths).ToList().ForEach(_device.Remove);
            }
        }
    }

    [Test]
    public void Any_shorter_or_longer_file_is_refused()
    {
        Fill("every-batch", closes: true);
        foreach (string path in Segments)
        {
            byte[] original = _device.FileOf(path).Bytes.ToArray();
            for (int length = 0; length < original.Length; length++)
            {
                _device.Replace(path, original[..length]);
                AssertRefused(path, length);
            }

            _device.Replace(path, [.. original, .. original]);
            AssertRefused(path, 2 * original.Length);
            _device.Replace(path, original);
        }
    }

    [Test]
    public void A_kill_at_any_byte_of_a_journal_leaves_its_whole_records([Values("page-cache", "every-batch")] string policy)
    {
        Fill(policy, closes: false);
        string path = Segments[^1];
        byte[] original = _device.FileOf(path).Bytes.ToArray();
        long first = SegmentName.FirstSequenceOf(path);
        long before = -1;
        for (int written = SegmentHeader.LengthBytes; written <= original.Length; written++)
        {
            _device.Replace(path, [.. original[..written], .. new byte[original.Length - written]]);
            (long last, JournalTail? torn, JournalException? found) = Read();
            Assert.That(found, Is.Null);
            Assert.That(last, Is.InRange(Math.Max(before, first - 1), Inputs));
            Assert.That(torn is null || torn.Offset + torn.TornBytes <= written, Is.True);
            before = last;
        }

        Assert.That(before, Is.EqualTo(Inputs));
    }

    [Test]
    public void Damage_in_the_middle_is_located_and_not_repaired()
    {
        using var folder = new JournalFolder();
        folder.Fill(3);
        string path = folder.Segments[0];
        long second = 128 + RecordHeader.Align(32 + JournalFolder.PayloadOf(1).Length);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[second + 33] ^= 1;
        File.WriteAllBytes(path, bytes);
        var refusal = Assert.Throws<JournalException>(() => JournalWriter.Open(folder.FullPath, JournalFolder.Small));
        Assert.That((refusal!.Kind, refusal.File, refusal.Offset, refusal.Sequence), Is.EqualTo((JournalFault.DamagedRecord, path, second, 1L)));
        Assert.That(refusal.Message, Does.Contain(path).And.Contain($"offset {second}").And.Contain("after sequence 1"));
        Assert.That(refusal.Message, Does.Contain("restore").And.Contain("truncate the journal at sequence 1"));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(bytes), "nothing is repaired in silence");
    }

    [Test]
    public void A_whole_page_of_zeros_before_the_last_record_is_damage()
    {
        using (JournalWriter writer = JournalWriter.Create(Folder, JournalFolder.Small with { SegmentLengthBytes = 32768, Device = _device }))
        {
            for (long sequence = 1; sequence <= 200; sequence++)
                JournalFolder.Append(writer, sequence);
        }

        string path = Segments[0];
        int lastRecord = (int)(EndOf(path) - RecordHeader.Align(32 + JournalFolder.PayloadOf(200).Length));
        _device.FileOf(path).Bytes[4096..lastRecord].Clear();
        Assert.That(Read().Found!.Kind, Is.EqualTo(JournalFault.DamagedRecord));
    }

    private void AssertRefused(string path, int length)
    {
        JournalException? found = Read().Found;
        Assert.That((found?.Kind, found?.File), Is.EqualTo((JournalFault.DamagedHeader, path)), $"{path} of {length} bytes");
    }

    private JournalWriter Open() =>
        JournalWriter.Open(Folder, JournalFolder.Small with { Device = _device, Durability = JournalDurability.EveryBatch, HasThreads = false });

    private void Fill(string policy, bool closes)
    {
        JournalOptions options = JournalFolder.Small with { Device = _device, Durability = JournalDurability.Parse(policy), HasThreads = false };
        JournalWriter writer = JournalWriter.Create(Folder, options);
        for (long sequence = 1; sequence <= Inputs; sequence++)
        {
            JournalFolder.Append(writer, sequence);
            if (sequence % 9 == 0)
                writer.Sync();
        }

        if (closes)
        {
            writer.Dispose();
        }
        else
        {
            // In the middle of a sync: its records are in the file, and nothing calls them durable.
            _device.Before = static what =>
            {
                if (what == "sync")
                    throw new PowerCut();
            };
            if (options.Durability.IsSynced)
                Assert.Throws<PowerCut>(writer.Sync);
            _device = _device.Kill();
        }

        Assert.That(Segments, Has.Length.InRange(3, 4));
        Assert.That(Read(), Is.EqualTo(((long)Inputs, (JournalTail?)null, (JournalException?)null)));
    }

    // Each byte with its lowest bit, its highest bit and all bits flipped, as 0 and as 255.
    private void ForEachChange(Action<string, int> check)
    {
        foreach (string path in Segments)
        {
            MemoryFile file = _device.FileOf(path);
            for (int offset = 0; offset < file.LengthBytes; offset++)
            {
                byte original = file.Bytes[offset];
                foreach (int changed in new[] { original ^ 0x01, original ^ 0x80, original ^ 0xFF, 0x00, 0xFF }.Distinct())
                {
                    if (changed == original)
                        continue;
                    file.Bytes[offset] = (byte)changed;
                    check(path, offset);
                }

                file.Bytes[offset] = original;
            }
        }
    }

    // Reads to the end or to the damage; every record on the way is the one that was written.
    private (long Last, JournalTail? Torn, JournalException? Found) Read()
    {
        long last = 0;
        try
        {
            using JournalReader reader = JournalReader.Open(Folder, new JournalReaderOptions { Device = _device });
            while (reader.TryRead(out JournalRecord record))
                JournalFolder.AssertIs(record, ++last);
            return (last, reader.Torn, null);
        }
        catch (JournalException found)
        {
            return (last, null, found);
        }
    }

    private long EndOf(string path) => RecordHeader.Align(_device.FileOf(path).Bytes.LastIndexOfAnyExcept((byte)0) + 1);
}
