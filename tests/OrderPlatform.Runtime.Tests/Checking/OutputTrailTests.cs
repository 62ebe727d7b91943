using OrderPlatform.Runtime.Checking;

namespace OrderPlatform.Runtime.Tests.Checking;

/// <summary>The trail gives a digest that is right, or none.</summary>
[TestFixture]
internal sealed class OutputTrailTests
{
    private const int Length = 16;

    [Test]
    public void An_entry_is_ahead_then_present_then_gone()
    {
        var trail = new OutputTrail(100, Length);
        Assert.That(Find(trail, 101), Is.EqualTo((TrailEntry.Ahead, 0UL)));
        for (long sequence = 101; sequence < 100 + Length; sequence++)
        {
            trail.Leave(sequence, (ulong)sequence * 7);
            Assert.That(Find(trail, 101), Is.EqualTo((TrailEntry.Present, 707UL)));
        }

        trail.Leave(100 + Length, 1);
        Assert.That(Find(trail, 101).Entry, Is.EqualTo(TrailEntry.Gone), "the writer may be overwriting it");
        Assert.That(Find(trail, 102), Is.EqualTo((TrailEntry.Present, 714UL)));
    }

    [Test]
    public void What_the_live_engine_did_before_it_left_a_trail_is_gone()
    {
        var trail = new OutputTrail(100, Length);
        Assert.That(new[] { Find(trail, 1).Entry, Find(trail, 100).Entry }, Is.All.EqualTo(TrailEntry.Gone));
        Assert.That(trail.LastSequence, Is.EqualTo(100));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(12)]
    public void A_length_that_is_no_power_of_two_is_refused(int length) =>
        Assert.That(() => new OutputTrail(0, length), Throws.ArgumentException.With.Message.Contains($"a trail of {length} entries"));

    [Test]
    public void A_reader_beside_the_writer_never_takes_an_overwritten_entry_for_its_own()
    {
        const long Count = 2_000_000;
        var trail = new OutputTrail(0, Length);
        var writer = new Thread(() =>
        {
            for (long sequence = 1; sequence <= Count; sequence++)
            {
                trail.Leave(sequence, (ulong)sequence * 3);
            }
        });
        long wrong = 0;
        long present = 0;
        writer.Start();
        for (long sequence = 1; sequence <= Count;)
        {
            (TrailEntry entry, ulong digest) = Find(trail, sequence);
            if (entry == TrailEntry.Ahead)
            {
                Thread.Yield();
                continue;
            }

            present += entry == TrailEntry.Present ? 1 : 0;
            wrong += entry == TrailEntry.Present && digest != (ulong)sequence * 3 ? 1 : 0;
            sequence = entry == TrailEntry.Gone ? Math.Max(sequence + 1, trail.LastSequence - (Length / 2)) : sequence + 1;
        }

        writer.Join();
        Assert.That(wrong, Is.Zero);
        Assert.That(present, Is.Positive);
    }

    private static (TrailEntry Entry, ulong Digest) Find(OutputTrail trail, long sequence)
    {
        TrailEntry entry = trail.Find(sequence, out ulong digest);
        return (entry, digest);
    }
}
