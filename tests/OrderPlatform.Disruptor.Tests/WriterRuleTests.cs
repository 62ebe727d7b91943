#if DEBUG
namespace OrderPlatform.Disruptor.Tests;

public sealed class WriterRuleTests
{
    [Test]
    public void A_second_thread_is_told_that_it_is_not_the_producer()
    {
        using RingBuffer<Slot> ring = RingBuffer<Slot>.CreateSingleProducer(8);
        ring.Send(1);
        Exception? caught = null;
        var thread = new Thread(() => caught = Assert.Catch(() => ring.TryClaim(out _)));
        thread.Start();
        thread.Join();
        Assert.That(caught, Is.TypeOf<InvalidOperationException>());
        Assert.That(caught!.Message, Does.Contain("one writer only"));
    }

    [Test]
    public void A_publication_out_of_order_is_refused()
    {
        using RingBuffer<Slot> ring = RingBuffer<Slot>.CreateSingleProducer(8);
        ring.TryClaim(3, out _);
        Assert.Throws<InvalidOperationException>(() => ring.Publish(1));
        Assert.Throws<InvalidOperationException>(() => ring.Publish(0, 3));
    }

    [Test]
    public void A_publisher_that_was_overtaken_is_told()
    {
        using RingBuffer<Slot> ring = RingBuffer<Slot>.CreateSingleProducer(8);
        EventPublisher<Slot> publisher = ring.NewPublisher();
        ring.Send(1);
        Assert.That(Assert.Throws<InvalidOperationException>(() => publisher.TryPublish(default(Nothing)))!.Message, Does.Contain("one of them at a time"));
    }

    private readonly struct Nothing : IEventTranslator<Slot>
    {
        public void TranslateTo(ref Slot data, long sequence)
        {
        }
    }
}
#endif
