using OrderPlatform.Journal.Tests.Devices;

namespace OrderPlatform.Journal.Tests;

/// <summary>Ending a journal by hand: what is kept, what is refused, and that nothing is destroyed.</summary>
public sealed class TruncationTests
{
    [Test]
    public void A_journal_ends_at_any_sequence_and_the_original_can_be_put_back([Values(0, 1, 35, 36, 37, 109)] int at)
    {
        using var folder = new JournalFolder();
        folder.Fill(110);
        Dictionary<string, byte[]> originals = folder.Segments.ToDictionary(static path => path, File.ReadAllBytes);
        JournalTruncated done = JournalTruncation.At(folder.FullPath, at);
        Assert.That(done.LastSequence, Is.EqualTo(at));
        Assert.That(folder.ReadAll(), Is.EqualTo(((long)at, (JournalTail?)null)));

        using (JournalWriter writer = JournalWriter.Open(folder.FullPath, JournalFolder.Small))
            JournalFolder.Append(writer, at + 1);
        Assert.That(folder.ReadAll().Last, Is.EqualTo(at + 1));

        foreach (string kept in done.KeptFiles)
        {
            string original = kept[..(kept.IndexOf(".journal", StringComparison.Ordinal) + ".journal".Length)];
            Assert.That(File.ReadAllBytes(kept), Is.EqualTo(originals[original]));
            File.Copy(kept, original, overwrite: true);
        }

        Assert.That(folder.ReadAll(), Is.EqualTo((110L, (JournalTail?)null)));
    }

    [Test]
    public void A_damaged_journal_opens_after_it_was_truncated_before_the_damage()
    {
        using var folder = new JournalFolder();
        folder.Fill(110);
        byte[] bytes = File.ReadAllBytes(folder.Segments[1]);
        bytes[2_000] ^= 1;
        File.WriteAllBytes(folder.Segments[1], bytes);
        JournalReport report = JournalInspection.Inspect(folder.FullPath);
        Assert.That(report.Verdict, Is.EqualTo(JournalVerdict.Damaged));
        Assert.That(report.Damage!.Sequence, Is.EqualTo(report.LastSequence));

        var refusal = Assert.Throws<JournalException>(() => JournalTruncation.At(folder.FullPath, report.LastSequence + 1));
        Assert.That(refusal!.Message, Does.Contain($"the last whole input is {report.LastSequence}"));
        JournalTruncation.At(folder.FullPath, report.LastSequence);
        Assert.That(folder.ReadAll(), Is.EqualTo((report.LastSequence, (JournalTail?)null)));
        JournalWriter.Open(folder.FullPath, JournalFolder.Small).Dispose();
    }

    [TestCase(-1, "the journal begins with sequence 1: choose 0 or more")]
    [TestCase(111, "the last whole input is 110")]
    [TestCase(110, "nothing lies behind it")]
    public void What_cannot_be_the_end_is_refused_and_changes_nothing(int at, string expected)
    {
        using var folder = new JournalFolder();
        folder.Fill(110);
        string[] before = Directory.GetFiles(folder.FullPath);
        Assert.That(Assert.Throws<JournalException>(() => JournalTruncation.At(folder.FullPath, at))!.Message, Does.Contain(expected));
        Assert.That(Directory.GetFiles(folder.FullPath), Is.EquivalentTo(before));
        Assert.That(folder.ReadAll().Last, Is.EqualTo(110));
    }

    [Test]
    public void A_writer_s_journal_is_not_truncated()
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create(10);
        Assert.That(Assert.Throws<JournalException>(() => JournalTruncation.At(folder.FullPath, 5))!.Kind, Is.EqualTo(JournalFault.Locked));
        Assert.That(folder.ReadAll().Last, Is.EqualTo(10));
    }

    [Test]
    public void A_power_cut_in_the_middle_of_a_truncation_loses_nothing()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var device = new MemoryDevice();
            JournalOptions options = JournalFolder.Small with { Device = device, Durability = JournalDurability.EveryBatch, HasThreads = false };
            using (JournalWriter writer = JournalWriter.Create("shard", options))
            {
                for (long sequence = 1; sequence <= 110; sequence++)
                    JournalFolder.Append(writer, sequence);
            }

            int calls = random.Next(14);
            device.Before = _ =>
            {
                if (calls-- <= 0)
                    throw new PowerCut();
            };
            try
            {
                JournalTruncation.At("shard", 40, device);
            }
            catch (PowerCut)
            {
            }

            MemoryDevice survivor = device.CutPower(random);
            JournalReport report = JournalInspection.Inspect("shard", survivor);
            Assert.That(report.LastSequence, Is.InRange(40, 110), $"seed {seed}");
            if (report.LastSequence == 110)
                continue;
            // Cut somewhere: the rest lies beside, whole.
            Assert.That(survivor.Names.Count(static name => name.EndsWith(".cut", StringComparison.Ordinal)), Is.Positive, $"seed {seed}");
            if (report.Verdict != JournalVerdict.Good)
                JournalTruncation.At("shard", 40, survivor);
            Assert.That(JournalInspection.Inspect("shard", survivor).LastSequence, Is.InRange(40, 109), $"seed {seed}");
        }
    }

    [Test]
    public void What_is_inspected_is_counted()
    {
        using var folder = new JournalFolder();
        using (JournalWriter writer = folder.Create(110))
            writer.Append(110, 1, 1, JournalFlags.Control, []);
        JournalReport report = JournalInspection.Inspect(folder.FullPath);
        Assert.That(report, Is.EqualTo(new JournalReport(folder.Segments.Length, 110, 1, 1, 110, false, 0, null, null)));
        Assert.That(report.Verdict, Is.EqualTo(JournalVerdict.Good));
        Assert.That(Assert.Throws<JournalException>(() => JournalInspection.Inspect(folder.FullPath + "-none"))!.Kind, Is.EqualTo(JournalFault.Missing));
    }
}
