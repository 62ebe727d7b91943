using OrderPlatform.Journal.Tests.Devices;

namespace OrderPlatform.Journal.Tests;

public sealed class RecoveryTests
{
    [Test]
    public void A_record_torn_at_any_byte_is_cut_and_the_journal_goes_on([Values] bool lengthIsWritten)
    {
        using var folder = new JournalFolder();
        folder.Fill(10);
        string path = folder.Segments[0];
        byte[] whole = File.ReadAllBytes(path);
        int length = 32 + JournalFolder.PayloadOf(10).Length;
        int start = 128;
        for (long sequence = 1; sequence < 10; sequence++)
            start += (int)RecordHeader.Align(32 + JournalFolder.PayloadOf(sequence).Length);

        for (int written = 0; written < length; written++)
        {
            byte[] torn = (byte[])whole.Clone();
            torn.AsSpan(start + written).Clear();
            if (!lengthIsWritten)
                torn.AsSpan(start, 4).Clear();
            File.WriteAllBytes(path, torn);
            AssertRecovers(folder, torn, start, torn.AsSpan(start).LastIndexOfAnyExcept((byte)0) + 1);
        }
    }

    [Test]
    public void Restarts_append_and_never_cut([Values(1, 7, 40)] int inputsPerStart)
    {
        using var folder = new JournalFolder();
        folder.Fill(inputsPerStart);
        for (int start = 1; start < 12; start++)
        {
            using JournalWriter writer = JournalWriter.Open(folder.FullPath, JournalFolder.Small);
            Assert.That(writer.Recovery.LastSequence, Is.EqualTo(start * inputsPerStart));
            Assert.That(writer.Recovery.LastTimestampNanos, Is.EqualTo(start * inputsPerStart * 1000L));
            Assert.That(writer.Recovery.TornBytes, Is.Zero);
            for (int count = 1; count <= inputsPerStart; count++)
                JournalFolder.Append(writer, (start * inputsPerStart) + count);
        }

        Assert.That(folder.ReadAll(), Is.EqualTo((12L * inputsPerStart, (JournalTail?)null)));
    }

    [Test]
    public void A_writer_killed_between_seal_and_next_segment_goes_on()
    {
        using var folder = new JournalFolder();
        folder.Fill(100);
        string[] segments = folder.Segments;
        long first = SegmentName.FirstSequenceOf(segments[^1]);
        File.Delete(segments[^1]);
        File.WriteAllBytes(Path.Combine(folder.FullPath, "9.preparing"), [1, 2, 3]);
        using (JournalWriter writer = JournalWriter.Open(folder.FullPath, JournalFolder.Small))
        {
            Assert.That(writer.Recovery.LastSequence, Is.EqualTo(first - 1));
            JournalFolder.Append(writer, first);
        }

        Assert.That(folder.ReadAll().Last, Is.EqualTo(first));
        Assert.That(Directory.GetFiles(folder.FullPath, "*.preparing"), Is.Empty);
    }

    [Test]
    public void A_newer_schema_version_begins_a_new_segment_and_an_older_one_is_refused()
    {
        using var folder = new JournalFolder();
        folder.Fill(3);
        JournalOptions newer = JournalFolder.Small with { SchemaVersion = 3 };
        using (JournalWriter writer = JournalWriter.Open(folder.FullPath, newer))
            JournalFolder.Append(writer, 4);
        Assert.That(folder.Segments, Has.Length.EqualTo(2));
        Assert.That(folder.ReadAll().Last, Is.EqualTo(4));
        var refusal = Assert.Throws<JournalException>(() => JournalWriter.Open(folder.FullPath, JournalFolder.Small));
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.WrongSchema));
    }

    [Test]
    public void An_empty_journal_takes_a_newer_schema_version_in_place()
    {
        using var folder = new JournalFolder();
        folder.Fill(0);
        using (JournalWriter writer = JournalWriter.Open(folder.FullPath, JournalFolder.Small with { SchemaVersion = 3 }))
            JournalFolder.Append(writer, 1);
        Assert.That(folder.Segments, Has.Length.EqualTo(1));
        Assert.That(folder.ReadAll().Last, Is.EqualTo(1));
    }

    [Test]
    public void Verification_can_begin_at_a_later_segment()
    {
        using var folder = new JournalFolder();
        folder.Fill(200);
        using FileStream damaged = File.Open(folder.Segments[0], FileMode.Open);
        damaged.Position = 200;
        damaged.WriteByte(0xEE);
        damaged.Close();
        Assert.Throws<JournalException>(() => JournalWriter.Open(folder.FullPath, JournalFolder.Small));
        using JournalWriter writer = JournalWriter.Open(folder.FullPath, JournalFolder.Small with { VerifyFromSequence = 150 });
        Assert.That(writer.Recovery.LastSequence, Is.EqualTo(200));
    }

    [Test]
    public void A_power_cut_at_any_moment_of_a_recovery_leaves_what_is_cut_somewhere()
    {
        int cuts = 0;
        for (int calls = 0; calls < 12; calls++)
        {
            var device = new MemoryDevice();
            JournalOptions options = JournalFolder.Small with { Device = device, HasThreads = false };
            JournalWriter killed = JournalWriter.Create("shard", options);
            for (long sequence = 1; sequence <= 5; sequence++)
                JournalFolder.Append(killed, sequence);
            MemoryFile segment = device.FileOf(device.List("shard", ".journal").Single());
            int last = segment.Bytes.IndexOf(JournalFolder.PayloadOf(5));
            segment.Bytes[last] ^= 1;
            byte[] torn = segment.Bytes[(last - 32)..(last + 40)].ToArray();
            device = device.Kill();

            int left = calls;
            device.Before = _ =>
            {
                if (left-- <= 0)
                    throw new PowerCut();
            };
            try
            {
                Assert.That(JournalWriter.Open("shard", options with { Device = device }).Recovery.TornBytes, Is.Positive);
            }
            catch (PowerCut)
            {
                cuts++;
            }

            MemoryDevice survivor = device.CutPower(new NewNamesAreLost());
            Assert.That(survivor.Names.Any(name => survivor.FileOf(name).Bytes.IndexOf(torn) >= 0), Is.True, $"after {calls} calls");
        }

        Assert.That(cuts, Is.InRange(5, 11), "some cuts are inside the recovery, and some come after it");
    }

    private static void AssertRecovers(JournalFolder folder, byte[] torn, long start, long tornBytes)
    {
        using (JournalWriter writer = JournalWriter.Open(folder.FullPath, JournalFolder.Small))
        {
            Assert.That(writer.Recovery with { KeptFiles = [] }, Is.EqualTo(new JournalRecovery(9, 9000, tornBytes, folder.Segments[0], start)));
            Assert.That(writer.Recovery.KeptFiles, Has.Count.EqualTo(tornBytes > 0 ? 1 : 0));
            foreach (string kept in writer.Recovery.KeptFiles)
                Assert.That(File.ReadAllBytes(kept), Is.EqualTo(torn[(int)start..(int)(start + tornBytes)]), "what is cut lies beside the journal");
            JournalFolder.Append(writer, 10);
            JournalFolder.Append(writer, 11);
        }

        Assert.That(folder.ReadAll(), Is.EqualTo((11L, (JournalTail?)null)));
    }

    // The disk has written all data and no name.
    private sealed class NewNamesAreLost : Random
    {
        private bool _isAsked;

        public override int Next(int maxValue)
        {
            bool isAboutNames = !_isAsked;
            _isAsked = true;
            return isAboutNames ? 0 : maxValue - 1;
        }
    }
}
