using System.Runtime.CompilerServices;
using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Tests;

public sealed class LayoutTests
{
    [Test]
    public unsafe void Counters_of_different_writers_are_128_bytes_apart()
    {
        ProducerCounters producer = default;
        byte* start = (byte*)&producer;
        Assert.That(Offset(&producer.Claimed), Is.Zero);
        Assert.That(Offset(&producer.Limit), Is.EqualTo(8));
        Assert.That(Offset(&producer.Cursor), Is.EqualTo(128));
        Assert.That(Offset(&producer.VoidLast), Is.EqualTo(256));
        Assert.That(Offset(&producer.Closed), Is.EqualTo(384));
        Assert.That(Offset(&producer.Final), Is.EqualTo(392));
        Assert.That(Offset(&producer.RefusedClaims), Is.EqualTo(512));
        Assert.That(Offset(&producer.OccupancyHighWater), Is.EqualTo(520));
        Assert.That(sizeof(ProducerCounters), Is.EqualTo(640));

        ConsumerCounters consumer = default;
        start = (byte*)&consumer;
        Assert.That(Offset(&consumer.Sequence), Is.Zero);
        Assert.That(Offset(&consumer.Available), Is.EqualTo(128));
        Assert.That(Offset(&consumer.BacklogHighWater), Is.EqualTo(136));
        Assert.That(sizeof(ConsumerCounters), Is.EqualTo(256));

        long Offset(long* field) => (byte*)field - start;
    }

    [Test]
    public void Regions_of_the_block_begin_on_lines([Values(1, 2, 8, 1024)] int capacity, [Values(8, 64, 256)] int slotBytes)
    {
        var layout = new RingLayout(capacity, slotBytes);
        Assert.That(RingLayout.ConsumersOffset % 128, Is.Zero);
        Assert.That(layout.MarksOffset, Is.EqualTo(RingLayout.ConsumersOffset + (32 * 256)));
        Assert.That(layout.SlotsOffset % 128, Is.Zero);
        Assert.That(layout.SlotsOffset, Is.GreaterThanOrEqualTo(layout.MarksOffset + (4L * capacity)));
        Assert.That(layout.LengthBytes % 128, Is.Zero);
        Assert.That(layout.LengthBytes, Is.GreaterThanOrEqualTo(layout.SlotsOffset + ((long)capacity * slotBytes)));
    }

    [Test]
    public unsafe void Slots_lie_on_lines_of_their_own([Values] bool isSingle)
    {
        using RingBuffer<Slot> ring = RingSteps.Create(isSingle, 8);
        long first = (long)Unsafe.AsPointer(ref ring[0]);
        Assert.That(first % 128, Is.Zero);
        for (long sequence = 0; sequence < 24; sequence++)
            Assert.That((long)Unsafe.AsPointer(ref ring[sequence]) - first, Is.EqualTo(sequence % 8 * 64));
    }

    [Test]
    public void Sizes_beyond_two_gibibytes_are_computed_right()
    {
        var layout = new RingLayout(1 << 30, 256);
        Assert.That(layout.SlotsOffset, Is.EqualTo(640 + (32 * 256) + (4L << 30)));
        Assert.That(layout.LengthBytes - layout.SlotsOffset, Is.EqualTo(256L << 30));
    }

    [TestCase(0)]
    [TestCase(-8)]
    [TestCase(100)]
    public void A_capacity_that_is_no_power_of_two_is_refused(int capacity)
    {
        var refusal = Assert.Throws<ArgumentException>(() => RingBuffer<Slot>.CreateSingleProducer(capacity));
        Assert.That(refusal!.Message, Does.Contain($"{capacity} is not a power of two"));
    }

    [Test]
    public void A_slot_that_does_not_fit_lines_is_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => RingBuffer<UnevenSlot>.CreateSingleProducer(8));
        Assert.That(refusal!.Message, Does.Contain("96 bytes"));
        Assert.Throws<ArgumentException>(() => RingBuffer<int>.CreateSingleProducer(8));
    }

    [Test]
    public void Slots_are_zero_at_the_start()
    {
        using RingBuffer<Slot> ring = RingBuffer<Slot>.CreateSingleProducer(64);
        for (long sequence = 0; sequence < 64; sequence++)
            Assert.That(ring[sequence].Value, Is.Zero);
    }
}
