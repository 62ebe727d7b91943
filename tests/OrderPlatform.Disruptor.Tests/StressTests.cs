using System.Diagnostics;

namespace OrderPlatform.Disruptor.Tests;

public sealed class StressTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Test]
    public void Two_producers_keep_their_order_and_lose_nothing()
    {
        const int PerProducer = 200_000;
        using RingBuffer<Slot> ring = RingBuffer<Slot>.CreateMultiProducer(256);
        EventPoller<Slot> poller = ring.NewPoller();
        Thread[] producers = [Start(() => Produce(ring, 0, PerProducer)), Start(() => Produce(ring, 1, PerProducer))];
        var handler = new OrderCheck(new long[2]);
        long began = Stopwatch.GetTimestamp();
        while (handler.Last[0] + handler.Last[1] < 2 * PerProducer && Stopwatch.GetElapsedTime(began) < Limit)
        {
            if (poller.Poll(ref handler, 64) == 0)
                Thread.Yield();
        }

        Array.ForEach(producers, thread => thread.Join(Limit));
        Assert.That(handler.Faults, Is.Zero);
        Assert.That(handler.Last, Is.EqualTo(new long[] { PerProducer, PerProducer }));
    }

    [Test]
    public void Closing_under_producers_loses_no_successful_claim([Values] bool isSingle)
    {
        for (int round = 0; round < 200; round++)
        {
            using RingBuffer<Slot> ring = RingSteps.Create(isSingle, 64);
            EventPoller<Slot> poller = ring.NewPoller();
            long sent = 0;
            Thread producer = Start(() => sent = ProduceUntilClosed(ring));
            var counter = new OrderCheck(new long[2]);
            long began = Stopwatch.GetTimestamp();
            while (!poller.IsDrained && Stopwatch.GetElapsedTime(began) < Limit)
            {
                if (poller.Poll(ref counter, 16) == 0)
                    Thread.Yield();
                if (counter.Last[0] > round)
                    ring.Close();
            }

            Assert.That(producer.Join(Limit), Is.True);
            Assert.That(counter.Faults, Is.Zero);
            Assert.That(counter.Last[0], Is.EqualTo(sent));
        }
    }

    [Test]
    public void A_chain_of_threads_keeps_its_order()
    {
        const int Events = 300_000;
        using RingBuffer<Slot> ring = RingBuffer<Slot>.CreateSingleProducer(128);
        EventPoller<Slot> first = ring.NewPoller();
        EventPoller<Slot> second = ring.NewPoller(first.Sequence);
        Thread producer = Start(() => Produce(ring, 0, Events));
        Thread stage = Start(() =>
        {
            var doubler = default(Doubler);
            while (!first.IsDrained)
            {
                if (first.Poll(ref doubler, 32) == 0)
                    Thread.Yield();
            }
        });
        var adder = default(Adder);
        long began = Stopwatch.GetTimestamp();
        while (second.Sequence.Value < Events - 1 && Stopwatch.GetElapsedTime(began) < Limit)
        {
            if (second.Poll(ref adder, 32) == 0)
                Thread.Yield();
        }

        producer.Join(Limit);
        ring.Close();
        Assert.That(stage.Join(Limit), Is.True);
        Assert.That(adder.Sum, Is.EqualTo((long)Events * (Events + 1)), "each value doubled exactly once before it was added");
    }

    private static Thread Start(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void Produce(RingBuffer<Slot> ring, int producer, int count)
    {
        long began = Stopwatch.GetTimestamp();
        for (long value = 1; value <= count;)
        {
            if (ring.TryClaim(out long sequence) != ClaimResult.Claimed)
            {
                if (Stopwatch.GetElapsedTime(began) > Limit)
                    return;
                Thread.Yield();
                continue;
            }

            Fill(ref ring[sequence], producer, value++);
            ring.Publish(sequence);
        }
    }

    private static long ProduceUntilClosed(RingBuffer<Slot> ring)
    {
        long sent = 0;
        while (true)
        {
            switch (ring.TryClaim(out long sequence))
            {
                case ClaimResult.Claimed:
                    Fill(ref ring[sequence], 0, ++sent);
                    ring.Publish(sequence);
                    break;
                case ClaimResult.Closed:
                    return sent;
                default:
                    Thread.Yield();
                    break;
            }
        }
    }

    private static void Fill(ref Slot slot, int producer, long value)
    {
        slot.Value = value;
        slot.Producer = producer;
    }

    private struct OrderCheck(long[] last) : IEventHandler<Slot>
    {
        public int Faults;

        public readonly long[] Last => last;

        public void OnEvent(ref Slot data, long sequence, bool endOfBatch)
        {
            if (data.Value != last[data.Producer] + 1)
                Faults++;
            last[data.Producer] = data.Value;
        }
    }

    private readonly struct Doubler : IEventHandler<Slot>
    {
        public void OnEvent(ref Slot data, long sequence, bool endOfBatch) => data.Value *= 2;
    }
}
