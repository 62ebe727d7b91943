using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace OrderPlatform.Journal.Tests;

public sealed class ReadingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Test]
    public void Reading_can_begin_at_any_sequence()
    {
        using var folder = new JournalFolder();
        folder.Fill(150);
        for (long from = 1; from <= 150; from++)
        {
            using JournalReader reader = JournalReader.Open(folder.FullPath, new JournalReaderOptions { FromSequence = from });
            Assert.That(reader.TryRead(out JournalRecord record), Is.True);
            JournalFolder.AssertIs(record, from);
        }

        using JournalReader beyond = JournalReader.Open(folder.FullPath, new JournalReaderOptions { FromSequence = 151 });
        Assert.That(beyond.TryRead(out _), Is.False);
        Assert.That(beyond.LastSequence, Is.EqualTo(150));
    }

    [Test]
    public void A_sequence_older_than_the_journal_is_refused()
    {
        using var folder = new JournalFolder();
        folder.Fill(200);
        File.Delete(folder.Segments[0]);
        var refusal = Assert.Throws<JournalException>(() => JournalReader.Open(folder.FullPath, new JournalReaderOptions { FromSequence = 1 }));
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.MissingSegment));
    }

    [Test]
    public void A_follower_sees_each_record_when_it_is_appended()
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create();
        using JournalReader reader = JournalReader.Open(folder.FullPath, new JournalReaderOptions { IsFollowing = true });
        for (long sequence = 1; sequence <= 300; sequence++)
        {
            Assert.That(reader.TryRead(out _), Is.False);
            JournalFolder.Append(writer, sequence);
            Assert.That(reader.TryRead(out JournalRecord record), Is.True);
            JournalFolder.AssertIs(record, sequence);
        }
    }

    [Test]
    public void A_follower_beside_a_writing_thread_reads_all_in_order([Values("page-cache", "every-batch")] string policy)
    {
        const int Inputs = 30_000;
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create(0, JournalFolder.Small with { SegmentLengthBytes = 65536, Durability = JournalDurability.Parse(policy) });
        using JournalReader reader = JournalReader.Open(folder.FullPath, new JournalReaderOptions { IsFollowing = true });
        Exception? failure = null;
        var writing = new Thread(() =>
        {
            try
            {
                for (long sequence = 1; sequence <= Inputs; sequence++)
                    JournalFolder.Append(writer, sequence);
            }
            catch (JournalException caught)
            {
                failure = caught;
            }
        });
        writing.Start();
        long last = 0;
        long began = Stopwatch.GetTimestamp();
        while (last < Inputs && Stopwatch.GetElapsedTime(began) < Limit)
        {
            if (reader.TryRead(out JournalRecord record))
                JournalFolder.AssertIs(record, ++last);
            else
                Thread.Yield();
        }

        writing.Join();
        Assert.That(failure, Is.Null);
        Assert.That(last, Is.EqualTo(Inputs));
    }

    [Test]
    public void Reading_to_the_end_beside_a_writing_thread_never_cries_damage([Values("page-cache", "every-batch")] string policy)
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create(0, JournalFolder.Small with { Durability = JournalDurability.Parse(policy) });
        var writing = new Thread(() =>
        {
            for (long sequence = 1; sequence <= 4000; sequence++)
                JournalFolder.Append(writer, sequence);
        });
        writing.Start();
        bool isLast;
        long last;
        do
        {
            isLast = !writing.IsAlive;
            if (isLast)
                writer.Sync();
            long before = writer.DurableSequence;
            last = folder.ReadAll().Last;
            Assert.That(last, Is.GreaterThanOrEqualTo(before));
        }
        while (!isLast);
        Assert.That(last, Is.EqualTo(4000));
    }

    [Test]
    public void Syncing_beside_a_writing_thread_never_promises_too_much()
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create(0, JournalFolder.Small with { Durability = JournalDurability.EveryInterval(TimeSpan.FromSeconds(60)) });
        var writing = new Thread(() =>
        {
            for (long sequence = 1; sequence <= 3000; sequence++)
                JournalFolder.Append(writer, sequence);
        });
        writing.Start();
        do
        {
            long before = writer.AppendedSequence;
            writer.Sync();
            Assert.That(writer.DurableSequence, Is.GreaterThanOrEqualTo(before).And.LessThanOrEqualTo(writer.AppendedSequence));
        }
        while (writing.IsAlive);
        writer.Sync();
        Assert.That(writer.DurableSequence, Is.EqualTo(3000));
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public Property Payloads_of_any_size_come_back() =>
        Prop.ForAll(Gen.Choose(0, 900).ListOf().ToArbitrary(), sizes =>
        {
            using var folder = new JournalFolder();
            byte[][] payloads = [.. sizes.Select((size, index) => Enumerable.Range(0, size).Select(at => (byte)(at * (index + 3))).ToArray())];
            using (JournalWriter writer = folder.Create())
            {
                for (int index = 0; index < payloads.Length; index++)
                    writer.Append(index + 1, index, 1, 0, payloads[index]);
            }

            using JournalReader reader = JournalReader.Open(folder.FullPath);
            foreach (byte[] payload in payloads)
            {
                if (!reader.TryRead(out JournalRecord record) || !record.Payload.SequenceEqual(payload))
                    return false;
            }

            return !reader.TryRead(out _) && reader.Torn is null;
        });
}
