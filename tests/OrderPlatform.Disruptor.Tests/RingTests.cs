using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Tests;

/// <summary>What one thread can see of a ring, for both kinds of producing.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class RingTests(bool isSingle)
{
    private RingBuffer<Slot> _ring = null!;

    [SetUp]
    public void Create() => _ring = RingSteps.Create(isSingle, 8);

    [TearDown]
    public void Free() => _ring.Dispose();

    [Test]
    public void Slots_come_in_order_around_the_ring_many_times()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        Assert.That(_ring.Cursor, Is.EqualTo(-1));
        for (long round = 0; round < 100; round++)
        {
            for (long value = 0; value < 5; value++)
                _ring.Send((round * 5) + value);
            Assert.That(_ring.Occupancy, Is.EqualTo(5));
            Assert.That(poller.Take(), Is.EqualTo(Enumerable.Range((int)round * 5, 5).Select(at => ((long)at, (long)at, at % 5 == 4))));
            Assert.That(_ring.Occupancy, Is.Zero);
        }

        Assert.That(poller.BacklogHighWater, Is.EqualTo(5));
    }

    [Test]
    public void A_full_ring_refuses_until_the_slot_is_consumed()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        for (long value = 0; value < 8; value++)
            _ring.Send(value);
        Assert.That((_ring.TryClaim(out long refused), refused), Is.EqualTo((ClaimResult.Full, -1L)));
        Assert.That(_ring.RefusedClaims, Is.EqualTo(1));
        Assert.That(poller.Take(1), Has.Count.EqualTo(1));
        _ring.Send(8);
        Assert.That(_ring.TryClaim(out _), Is.EqualTo(ClaimResult.Full));
    }

    [Test]
    public void A_ring_without_consumers_fills_and_loses_nothing()
    {
        for (long value = 0; value < 8; value++)
            _ring.Send(value);
        Assert.That(_ring.TryClaim(out _), Is.EqualTo(ClaimResult.Full));
    }

    [Test]
    public void A_claim_of_more_than_the_ring_is_too_large()
    {
        _ring.NewPoller();
        Assert.That(_ring.TryClaim(9, out long refused), Is.EqualTo(ClaimResult.TooLarge));
        Assert.That(refused, Is.EqualTo(-1));
        Assert.That((_ring.TryClaim(8, out long first), first), Is.EqualTo((ClaimResult.Claimed, 0L)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ring.TryClaim(0, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ring.TryClaimUpTo(0, out _, out _));
    }

    [Test]
    public void Claiming_up_to_a_number_gives_what_is_free()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        Assert.That((_ring.TryClaimUpTo(5, out long first, out int count), first, count), Is.EqualTo((ClaimResult.Claimed, 0L, 5)));
        _ring.Publish(0, 4);
        Assert.That((_ring.TryClaimUpTo(100, out first, out count), first, count), Is.EqualTo((ClaimResult.Claimed, 5L, 3)));
        _ring.Publish(5, 7);
        Assert.That((_ring.TryClaimUpTo(100, out first, out count), first, count), Is.EqualTo((ClaimResult.Full, -1L, 0)));
        poller.Take(2);
        Assert.That((_ring.TryClaimUpTo(100, out first, out count), first, count), Is.EqualTo((ClaimResult.Claimed, 8L, 2)));
    }

    [Test]
    public void Consumers_see_nothing_before_it_is_published()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        _ring.TryClaim(3, out long first);
        Assert.That(poller.Take(), Is.Empty);
        _ring.Publish(first, first + 2);
        Assert.That(poller.Take(), Has.Count.EqualTo(3));
    }

    [Test]
    public void A_poll_stops_at_its_limit_and_marks_the_end()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        for (long value = 0; value < 7; value++)
            _ring.Send(value);
        Assert.That(poller.Take(3).Select(one => one.EndOfBatch), Is.EqualTo(new[] { false, false, true }));
        Assert.That(poller.Take(3).Select(one => one.Sequence), Is.EqualTo(new[] { 3L, 4L, 5L }));
        Assert.That(poller.Take(3), Is.EqualTo(new[] { (6L, 6L, true) }));
        Assert.That(poller.Take(3), Is.Empty);
        Assert.Throws<ArgumentOutOfRangeException>(() => poller.Take(0));
    }

    [Test]
    public void Abandoned_claims_are_passed_over()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        for (long round = 0; round < 20; round++)
        {
            _ring.TryClaim(5, out long first);
            _ring[first].Value = 1;
            _ring.Publish(first);
            _ring.PublishVoid(first + 1, first + 2);
            _ring[first + 3].Value = 2;
            _ring.Publish(first + 3);
            _ring.PublishVoid(first + 4, first + 4);
            Assert.That(poller.Take(), Is.EqualTo(new[] { (first, 1L, false), (first + 3, 2L, true) }));
            Assert.That(poller.Sequence.Value, Is.EqualTo(first + 4));
        }

        _ring.TryClaim(out long only);
        _ring.PublishVoid(only, only);
        var recorder = new Recorder([]);
        Assert.That(poller.Poll(ref recorder, 10), Is.EqualTo(1), "a void is progress");
    }

    [Test]
    public void A_closed_ring_refuses_producers_and_drains_consumers()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        _ring.Send(1);
        _ring.TryClaim(out long pending);
        Assert.That(poller.IsDrained, Is.False);
        _ring.Close();
        _ring.Close();
        Assert.That((_ring.TryClaim(out long refused), refused), Is.EqualTo((ClaimResult.Closed, -1L)));
        Assert.That(_ring.TryClaim(2, out _), Is.EqualTo(ClaimResult.Closed));
        Assert.That(_ring.TryClaimUpTo(2, out _, out _), Is.EqualTo(ClaimResult.Closed));
        Assert.That(poller.Take(), Has.Count.EqualTo(1));
        Assert.That(poller.IsDrained, Is.False, "a claim from before the closing is still out");
        _ring.Publish(pending);
        Assert.That(poller.Take(), Has.Count.EqualTo(1));
        Assert.That(poller.IsDrained, Is.True);
    }

    [Test]
    public void A_later_stage_never_passes_an_earlier_one()
    {
        EventPoller<Slot> journal = _ring.NewPoller();
        EventPoller<Slot> other = _ring.NewPoller();
        EventPoller<Slot> engine = _ring.NewPoller(journal.Sequence, other.Sequence);
        for (long value = 0; value < 8; value++)
            _ring.Send(value);
        Assert.That(engine.Take(), Is.Empty);
        journal.Take(5);
        Assert.That(engine.Take(), Is.Empty);
        other.Take(3);
        Assert.That(engine.Take(), Has.Count.EqualTo(3));
        other.Take();
        Assert.That(engine.Take(1), Has.Count.EqualTo(1));
        journal.Take();
        Assert.That(_ring.TryClaim(5, out _), Is.EqualTo(ClaimResult.Full), "the last stage holds the producer");
        Assert.That(_ring.TryClaim(4, out _), Is.EqualTo(ClaimResult.Claimed));
    }

    [Test]
    public void A_consumer_can_wait_for_a_position_outside_the_ring()
    {
        var durable = new Sequence();
        EventPoller<Slot> egress = _ring.NewPoller(durable);
        _ring.Send(0);
        _ring.Send(1);
        Assert.That(egress.Take(), Is.Empty);
        durable.SetValue(0);
        Assert.That(egress.Take(), Has.Count.EqualTo(1));
        durable.SetValue(1000);
        Assert.That(egress.Take(), Has.Count.EqualTo(1), "no further than what is published");
    }

    [Test]
    public void A_counter_outside_the_ring_can_hold_producers_back()
    {
        var reader = new Sequence();
        _ring.AddGatingSequences(reader);
        Assert.That(_ring.TryClaim(8, out _), Is.EqualTo(ClaimResult.Claimed));
        Assert.That(_ring.TryClaim(out _), Is.EqualTo(ClaimResult.Full));
        reader.SetValue(0);
        Assert.That(_ring.TryClaim(out _), Is.EqualTo(ClaimResult.Claimed));
    }

    [Test]
    public void Wiring_after_the_first_claim_is_refused()
    {
        _ring.NewPoller();
        _ring.Send(1);
        Assert.Throws<InvalidOperationException>(() => _ring.NewPoller());
    }

    [Test]
    public void The_number_of_pollers_is_bounded()
    {
        for (int count = 0; count < RingLayout.ConsumersMax; count++)
            _ring.NewPoller();
        var refusal = Assert.Throws<InvalidOperationException>(() => _ring.NewPoller());
        Assert.That(refusal!.Message, Does.Contain("32"));
    }

    [Test]
    public void A_failing_handler_loses_no_slot_and_repeats_none()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        for (long value = 0; value < 6; value++)
            _ring.Send(value);
        List<(long Sequence, long Value, bool EndOfBatch)> seen = [];
        var failing = new FailingAt(3, seen);
        Assert.Throws<InvalidOperationException>(() => poller.Poll(ref failing, 10));
        Assert.That(poller.Sequence.Value, Is.EqualTo(2));
        seen.AddRange(poller.Take());
        Assert.That(seen.Select(one => one.Sequence), Is.EqualTo(new[] { 0L, 1, 2, 3, 4, 5 }));
    }

    [Test]
    public void Publishing_and_polling_allocate_nothing()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        var adder = default(Adder);
        Assert.That(AllocationCount.LeastOfRounds(() => Pass(poller, ref adder, 20_000)), Is.Zero);
        Assert.That(adder.Sum, Is.EqualTo(5 * (20_000L * 19_999 / 2)));
    }

    [Test]
    public void A_disposed_ring_answers_without_touching_its_memory()
    {
        EventPoller<Slot> poller = _ring.NewPoller();
        _ring.Send(1);
        _ring.Dispose();
        _ring.Dispose();
        Assert.That(_ring.TryClaim(out _), Is.EqualTo(ClaimResult.Closed));
        Assert.Throws<ObjectDisposedException>(() => poller.Take());
        Assert.Throws<ObjectDisposedException>(() => _ = poller.Sequence.Value);
        Assert.Throws<ObjectDisposedException>(() => _ = poller.BacklogHighWater);
        Assert.Throws<ObjectDisposedException>(() => _ = _ring.Occupancy);
        Assert.Throws<ObjectDisposedException>(() => _ring.NewPoller());
    }

    private void Pass(EventPoller<Slot> poller, ref Adder adder, int count)
    {
        for (long value = 0; value < count; value++)
        {
            _ring.TryClaim(out long sequence);
            _ring[sequence].Value = value;
            _ring.Publish(sequence);
            if (value % 4 == 3)
                poller.Poll(ref adder, 100);
        }
    }

    private readonly struct FailingAt(long at, List<(long Sequence, long Value, bool EndOfBatch)> seen) : IEventHandler<Slot>
    {
        public void OnEvent(ref Slot data, long sequence, bool endOfBatch)
        {
            if (sequence == at)
                throw new InvalidOperationException("on purpose");
            seen.Add((sequence, data.Value, endOfBatch));
        }
    }
}
