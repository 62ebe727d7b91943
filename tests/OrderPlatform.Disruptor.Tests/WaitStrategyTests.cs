using System.Diagnostics;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Tests;

/// <summary>Makes each strategy of the family; the blocking ones need somebody who wakes them.</summary>
public static class WaitStrategies
{
    public static TWait Make<TWait>(WakeUp wakeUp)
        where TWait : struct, IWaitStrategy
    {
        object made = default(TWait) switch
        {
            ParkingWaitStrategy => new ParkingWaitStrategy(20_000, 200_000),
            BlockingWaitStrategy => new BlockingWaitStrategy(wakeUp, 5_000),
            PhasedBackoffWaitStrategy<ParkingWaitStrategy> => BackOff(Make<ParkingWaitStrategy>(wakeUp)),
            PhasedBackoffWaitStrategy<BlockingWaitStrategy> => BackOff(Make<BlockingWaitStrategy>(wakeUp)),
            GatheringWaitStrategy<YieldingWaitStrategy> => Gather(Make<YieldingWaitStrategy>(wakeUp)),
            GatheringWaitStrategy<BlockingWaitStrategy> => Gather(Make<BlockingWaitStrategy>(wakeUp)),
            _ => new TWait(),
        };
        return (TWait)made;
    }

    private static PhasedBackoffWaitStrategy<TFallback> BackOff<TFallback>(TFallback fallback)
        where TFallback : struct, IWaitStrategy => new(1_000, 5_000, fallback);

    private static GatheringWaitStrategy<TEmpty> Gather<TEmpty>(TEmpty empty)
        where TEmpty : struct, IWaitStrategy => new(empty, 8, 16);
}

/// <summary>
/// The contract of every wait strategy: returns, also after long idling and as a default value; allocates nothing; wakes when there is
/// something; comes by now and then when there is nothing.
/// </summary>
[TestFixture(typeof(BusySpinWaitStrategy))]
[TestFixture(typeof(SpinPauseWaitStrategy))]
[TestFixture(typeof(YieldingWaitStrategy))]
[TestFixture(typeof(ParkingWaitStrategy))]
[TestFixture(typeof(BlockingWaitStrategy))]
[TestFixture(typeof(PhasedBackoffWaitStrategy<ParkingWaitStrategy>))]
[TestFixture(typeof(PhasedBackoffWaitStrategy<BlockingWaitStrategy>))]
[TestFixture(typeof(GatheringWaitStrategy<YieldingWaitStrategy>))]
[TestFixture(typeof(GatheringWaitStrategy<BlockingWaitStrategy>))]
public sealed class WaitStrategyTests<TWait>
    where TWait : struct, IWaitStrategy
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Test]
    public void Idling_returns_and_allocates_nothing([Values] bool isDefault)
    {
        var wakeUp = new WakeUp();
        TWait wait = isDefault ? default : WaitStrategies.Make<TWait>(wakeUp);
        Assert.That(AllocationCount.LeastOfRounds(() => Run(ref wait, wakeUp)), Is.Zero);
    }

    [Test]
    public void A_reset_is_allowed_at_any_time()
    {
        var wakeUp = new WakeUp();
        TWait wait = WaitStrategies.Make<TWait>(wakeUp);
        wait.Reset();
        wait.Idle(0);
        wait.Reset();
        wait.Reset();
        wait.Idle(1);
    }

    [Test]
    public void Each_of_many_slots_wakes_a_consumer_that_waits_for_it([Values] bool isSingle)
    {
        const int Rounds = 300;
        using RingBuffer<Slot> ring = RingSteps.Create(isSingle, 4);
        EventPoller<Slot> poller = ring.NewPoller();
        var wakeUp = new WakeUp();
        ring.WakeOnPublish(wakeUp);
        int taken = 0;
        var consumer = new Thread(() =>
        {
            TWait wait = WaitStrategies.Make<TWait>(wakeUp);
            var adder = default(Adder);
            while (!poller.IsDrained)
            {
                int count = poller.Poll(ref adder, 4);
                Volatile.Write(ref taken, taken + count);
                wait.Idle(count);
            }
        })
        { IsBackground = true };
        consumer.Start();
        for (int round = 1; round <= Rounds; round++)
        {
            ring.Send(round);

            // The next only when this one has woken the consumer: a lost wake-up costs five seconds, and the limit.
            Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref taken) == round, Limit), Is.True);
        }

        ring.Close();
        Assert.That(consumer.Join(Limit), Is.True);
    }

    [Test]
    public void A_producer_that_waits_for_room_goes_on_when_there_is_some_and_ends_when_the_ring_closes()
    {
        using RingBuffer<Slot> ring = RingBuffer<Slot>.CreateSingleProducer(2);
        EventPoller<Slot> poller = ring.NewPoller();
        var wakeUp = new WakeUp();
        ring.WakeOnRelease(wakeUp);
        long sent = 0;
        ClaimResult last = default;
        var producer = new Thread(() =>
        {
            TWait wait = WaitStrategies.Make<TWait>(wakeUp);
            while ((last = ring.Claim(ref wait, out long sequence)) == ClaimResult.Claimed)
            {
                ring.Publish(sequence);
                Volatile.Write(ref sent, sequence + 1);
            }
        })
        { IsBackground = true };
        producer.Start();
        for (long round = 1; round <= 200; round++)
        {
            Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref sent) == round + 1, Limit), Is.True);
            Assert.That(poller.Take(1), Has.Count.EqualTo(1));
        }

        ring.Close();
        Assert.That(producer.Join(Limit), Is.True, "a producer that waits in a claim gets an answer");
        Assert.That(last, Is.EqualTo(ClaimResult.Closed));
    }

    private static void Run(ref TWait wait, WakeUp wakeUp)
    {
        for (int cycle = 0; cycle < 120; cycle++)
        {
            wait.Idle(0);
            wakeUp.Signal();
        }

        for (int cycle = 0; cycle < 10_000; cycle++)
            wait.Idle(1);
        wait.Reset();
        wait.Idle(0);
        wakeUp.Signal();
        wait.Idle(0);
    }
}

public sealed class WaitStrategyOptionTests
{
    [Test]
    public void Periods_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ParkingWaitStrategy(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ParkingWaitStrategy(1_000_000_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ParkingWaitStrategy(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new PhasedBackoffWaitStrategy<ParkingWaitStrategy>(-1, 0, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new BlockingWaitStrategy(new WakeUp(), 0));
        Assert.Throws<ArgumentNullException>(() => _ = new BlockingWaitStrategy(null!));
    }

    [Test]
    public void A_sleeper_that_nobody_wakes_comes_by_at_its_limit()
    {
        var wait = new BlockingWaitStrategy(new WakeUp(), 1);
        long began = Stopwatch.GetTimestamp();
        for (int cycle = 0; cycle < 10; cycle++)
            wait.Idle(0);
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public void A_gathering_strategy_needs_a_batch_and_a_pause()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new GatheringWaitStrategy<YieldingWaitStrategy>(default, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new GatheringWaitStrategy<YieldingWaitStrategy>(default, 1, 0));
    }

    [Test]
    public void Waiting_longer_parks_longer_up_to_the_bound()
    {
        var wait = new ParkingWaitStrategy(1_000_000, 4_000_000);
        long began = Stopwatch.GetTimestamp();
        for (int cycle = 0; cycle < 4; cycle++)
            wait.Idle(0);
        Assert.That(Stopwatch.GetElapsedTime(began), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(1 + 2 + 4 + 4)), "a sleep may be longer, never shorter");
    }
}
