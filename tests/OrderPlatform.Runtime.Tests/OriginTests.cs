using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests;

/// <summary>Inputs that peers send carry their numbers into the journal, and nothing of it into the engine.</summary>
[TestFixture]
internal sealed class OriginTests
{
    private static readonly uint Alpha = Origin.OfPublisher(7, 1);
    private static readonly uint Venue = Origin.OfGateway(1);

    [Test]
    public void The_origin_lies_behind_the_message_and_the_engine_does_not_see_it()
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            Append(journal, 1, new Origin(41, Alpha));
            Append(journal, 2, default);
        }

        var plain = new BusinessLogicProcessor();
        plain.Process(1, 100, Tick(100));
        plain.Process(2, 200, Tick(200));
        using JournalReader reader = folder.Read();
        Assert.That(reader.TryRead(out JournalRecord first), Is.True);
        Assert.That(JournaledInput.OriginOf(first), Is.EqualTo(new Origin(41, Alpha)));
        Assert.That(JournaledInput.MessageOf(first).ToArray(), Is.EqualTo(Tick(100)));
        Assert.That(reader.TryRead(out JournalRecord second), Is.True);
        Assert.That(JournaledInput.OriginOf(second).IsNone, Is.True);
        using JournalReader again = folder.Read();
        var runner = new ReplayRunner(again, null);
        runner.Run(null, CancellationToken.None);
        Assert.That(runner.Engine.DigestText(), Is.EqualTo(plain.DigestText()));
    }

    [TestCase(10, 0)]
    [TestCase(10, 4)]
    [TestCase(9_000, 0)]
    [TestCase(9_000, 100)]
    [TestCase(9_000, 8_990)]
    [TestCase(60_000, 500)]
    public void The_last_numbers_are_found_from_the_journals_end_wherever_the_last_table_is(int inputs, int tableAfter)
    {
        using var folder = new JournalFolder();
        var expected = new OriginTable();
        using (JournalWriter journal = folder.Create())
        {
            for (int sequence = 1; sequence <= inputs; sequence++)
            {
                Origin origin = sequence % 3 == 0 ? new Origin((ulong)sequence, Alpha) : sequence == 2 ? new Origin(99, Venue) : default;
                Append(journal, sequence, origin);
                if (!origin.IsNone)
                {
                    expected.Set(origin, sequence);
                }

                if (sequence == tableAfter)
                {
                    expected.Append(journal, sequence * 100L);
                }
            }
        }

        OriginTable found = OriginTable.Recover(Path.Combine(folder.Path, "journal"), new JournalReaderOptions(), inputs);
        Assert.That(found.Last(Alpha), Is.EqualTo(expected.Last(Alpha)));
        Assert.That(found.Last(Venue), Is.EqualTo(((ulong)99, 2L)));
        Assert.That(found.Ids, Is.EquivalentTo(expected.Ids));
    }

    private static void Append(JournalWriter journal, long sequence, Origin origin)
    {
        var slot = new InputSlot { Source = InputSource.Publisher, Origin = origin };
        byte[] tick = Tick(sequence * 100);
        tick.CopyTo(slot.Payload);
        slot.MessageLength = tick.Length;
        journal.Append(sequence, sequence * 100, TickEncoder.TemplateId, slot.Source.ToFlags(origin), slot.WriteRecord());
    }

    private static byte[] Tick(long timeNanos)
    {
        var bytes = new byte[TickEncoder.EncodedLength];
        var e = TickEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.TimestampNanos = timeNanos;
        return bytes;
    }
}
