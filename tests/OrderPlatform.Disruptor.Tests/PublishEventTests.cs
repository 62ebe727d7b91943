using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Tests;

/// <summary>Publishing in one step.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class PublishEventTests(bool isSingle)
{
    private RingBuffer<Slot> _ring = null!;
    private EventPoller<Slot> _poller = null!;

    [SetUp]
    public void Create()
    {
        _ring = RingSteps.Create(isSingle, 4);
        _poller = _ring.NewPoller();
    }

    [TearDown]
    public void Free() => _ring.Dispose();

    [Test]
    public void Slots_are_filled_and_seen_in_order_and_a_full_ring_refuses()
    {
        for (long round = 0; round < 10; round++)
        {
            for (long value = 0; value < 4; value++)
                Assert.That(_ring.TryPublishEvent(new Fill(value)), Is.EqualTo(ClaimResult.Claimed));
            Assert.That(_ring.TryPublishEvent(new Fill(9)), Is.EqualTo(ClaimResult.Full));
            (long, long)[] due = [.. Enumerable.Range(0, 4).Select(at => ((round * 4) + at, (long)at))];
            Assert.That(_poller.Take().Select(one => (one.Sequence, one.Value)), Is.EqualTo(due).AsCollection);
        }

        Assert.That(_ring.RefusedClaims, Is.EqualTo(10));
        Assert.That(_ring.OccupancyHighWater, Is.EqualTo(4));
    }

    [Test]
    public void It_mixes_with_claims()
    {
        _ring.TryPublishEvent(new Fill(1));
        _ring.Send(2);
        Assert.That(_ring.TryClaim(1, out long first), Is.EqualTo(ClaimResult.Claimed));
        Assert.That(first, Is.EqualTo(2));
        _ring.PublishVoid(first, first);
        _ring.TryPublishEvent(new Fill(3));
        Assert.That(_poller.Take().Select(one => one.Value), Is.EqualTo(new[] { 1L, 2, 3 }));
        Assert.That(_ring.TryClaimUpTo(9, out first, out int count), Is.EqualTo(ClaimResult.Claimed));
        Assert.That((first, count), Is.EqualTo((4L, 4)));
    }

    [Test]
    public void What_fails_while_it_fills_is_seen_by_nobody()
    {
        Assert.Throws<FormatException>(() => _ring.TryPublishEvent(new Fill(-1)));
        _ring.TryPublishEvent(new Fill(1));
        Assert.That(_poller.Take().Select(one => one.Value), Is.EqualTo(new[] { 1L }));
    }

    [Test]
    public void A_closed_or_disposed_ring_says_so([Values] bool isDisposed)
    {
        _ring.TryPublishEvent(new Fill(1));
        if (isDisposed)
            _ring.Dispose();
        else
            _ring.Close();
        var wait = default(YieldingWaitStrategy);
        Assert.That(_ring.TryPublishEvent(new Fill(2)), Is.EqualTo(ClaimResult.Closed));
        Assert.That(_ring.PublishEvent(new Fill(2), ref wait), Is.EqualTo(ClaimResult.Closed));
        Assert.That(_ring.TryClaim(out _), Is.EqualTo(ClaimResult.Closed));
        Assert.That(_ring.IsClosed, Is.True);
        if (!isDisposed)
        {
            Assert.That(_poller.Take(), Has.Count.EqualTo(1));
            Assert.That(_poller.IsDrained, Is.True);
        }
    }

    [Test]
    public void A_single_producer_with_a_claim_out_is_told()
    {
        _ring.TryClaim(out long sequence);
        if (isSingle)
            Assert.Throws<InvalidOperationException>(() => _ring.TryPublishEvent(new Fill(1)));
        else
            Assert.That(_ring.TryPublishEvent(new Fill(1)), Is.EqualTo(ClaimResult.Claimed));
        _ring.Publish(sequence);
        Assert.That(_ring.TryPublishEvent(new Fill(2)), Is.EqualTo(ClaimResult.Claimed));
    }

    [Test]
    public void A_publisher_keeps_its_place_through_full_and_free_and_failing_and_the_end()
    {
        if (!isSingle)
        {
            Assert.That(Assert.Throws<InvalidOperationException>(() => _ring.NewPublisher())!.Message, Does.Contain("many producers"));
            return;
        }

        _ring.Send(7);
        EventPublisher<Slot> publisher = _ring.NewPublisher();
        Assert.That(_poller.Take(), Has.Count.EqualTo(1));
        for (long round = 0; round < 10; round++)
        {
            for (long value = 0; value < 4; value++)
                Assert.That(publisher.TryPublish(new Fill(value)), Is.EqualTo(ClaimResult.Claimed));
            Assert.That(publisher.TryPublish(new Fill(9)), Is.EqualTo(ClaimResult.Full));
            (long, long)[] due = [.. Enumerable.Range(0, 4).Select(at => ((round * 4) + at + 1, (long)at))];
            Assert.That(_poller.Take().Select(one => (one.Sequence, one.Value)), Is.EqualTo(due).AsCollection);
            Assert.Throws<FormatException>(() => publisher.TryPublish(new Fill(-1)));
        }

        _ring.Send(8);
        Assert.That(_ring.NewPublisher().TryPublish(new Fill(5)), Is.EqualTo(ClaimResult.Claimed), "a new one knows what was published meanwhile");
        publisher = _ring.NewPublisher();
        _ring.Close();
        var wait = default(YieldingWaitStrategy);
        Assert.That(publisher.Publish(new Fill(6), ref wait), Is.EqualTo(ClaimResult.Closed));
        Assert.That(_poller.Take().Select(one => one.Value), Is.EqualTo(new[] { 8L, 5 }));
        Assert.That(_poller.IsDrained, Is.True);
        _ring.Dispose();
        Assert.That(publisher.TryPublish(new Fill(6)), Is.EqualTo(ClaimResult.Closed));
        Assert.Throws<ObjectDisposedException>(() => _ring.NewPublisher());
    }

    [Test]
    public void A_publisher_is_not_made_while_a_claim_is_out()
    {
        if (!isSingle)
            return;
        _ring.TryClaim(out long sequence);
        Assert.Throws<InvalidOperationException>(() => _ring.NewPublisher());
        _ring.Publish(sequence);
        Assert.That(_ring.NewPublisher().TryPublish(new Fill(1)), Is.EqualTo(ClaimResult.Claimed));
    }

    [Test]
    public void It_allocates_nothing()
    {
        var adder = default(Adder);
        var wait = default(YieldingWaitStrategy);
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            for (int round = 0; round < 1_000; round++)
            {
                _ring.PublishEvent(new Fill(round), ref wait);
                _ring.TryPublishEvent(new Fill(round));
                if (isSingle)
                    _ring.NewPublisher().TryPublish(new Fill(round));
                _poller.Poll(ref adder, 4);
            }
        }), Is.Zero);
    }

    private readonly struct Fill(long value) : IEventTranslator<Slot>
    {
        public void TranslateTo(ref Slot data, long sequence)
        {
            data.Value = value;
            if (value < 0)
                throw new FormatException("on purpose");
        }
    }
}
