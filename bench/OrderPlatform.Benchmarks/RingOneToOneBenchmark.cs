using System.Collections.Concurrent;
using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using OrderPlatform.Disruptor;

namespace OrderPlatform.Benchmarks;

/// <summary>
/// One producer, one consumer, a thread each, both yielding when they must wait; the sum of all values is checked.
/// <code>
///   producer ──► [ring, channel or queue of 4,096] ──► consumer
/// </code>
/// </summary>
public class RingOneToOneBenchmark
{
    private const int Events = 2_000_000;
    private const int Capacity = 4096;
    private const int BatchMax = 512;

    [Benchmark(OperationsPerInvoke = Events)]
    public void Ring64() => RunRing<Slot64>();

    [Benchmark(OperationsPerInvoke = Events)]
    public void Ring128() => RunRing<Slot128>();

    [Benchmark(OperationsPerInvoke = Events)]
    public void Ring256() => RunRing<Slot256>();

    [Benchmark(OperationsPerInvoke = Events, Baseline = true)]
    public void Queue64()
    {
        var queue = new ConcurrentQueue<Slot64>();
        Run(
            value =>
            {
                if (queue.Count >= Capacity)
                    return false;
                queue.Enqueue(new Slot64 { Value = value });
                return true;
            },
            () => queue.TryDequeue(out Slot64 slot) ? slot.Value : -1);
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public void Channel64()
    {
        Channel<Slot64> channel = Channel.CreateBounded<Slot64>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
        Run(
            value => channel.Writer.TryWrite(new Slot64 { Value = value }),
            () => channel.Reader.TryRead(out Slot64 slot) ? slot.Value : -1);
    }

    private static void Run(Func<long, bool> trySend, Func<long> receive)
    {
        Thread producer = Start(() =>
        {
            for (long value = 0; value < Events;)
            {
                if (trySend(value))
                    value++;
                else
                    Thread.Yield();
            }
        });
        long sum = 0;
        for (int received = 0; received < Events;)
        {
            long value = receive();
            if (value < 0)
            {
                Thread.Yield();
                continue;
            }

            sum += value;
            received++;
        }

        producer.Join();
        RingChecksum<Slot64>.Verify(sum, Events);
    }

    private static unsafe void RunRing<TSlot>()
        where TSlot : unmanaged
    {
        using RingBuffer<TSlot> ring = RingBuffer<TSlot>.CreateSingleProducer(Capacity);
        EventPoller<TSlot> poller = ring.NewPoller();
        Thread producer = Start(() =>
        {
            for (long value = 0; value < Events;)
            {
                if (ring.TryClaim(out long sequence) != ClaimResult.Claimed)
                {
                    Thread.Yield();
                    continue;
                }

                System.Runtime.CompilerServices.Unsafe.As<TSlot, long>(ref ring[sequence]) = value++;
                ring.Publish(sequence);
            }
        });
        var checksum = default(RingChecksum<TSlot>);
        for (int received = 0; received < Events;)
        {
            int count = poller.Poll(ref checksum, BatchMax);
            received += count;
            if (count == 0)
                Thread.Yield();
        }

        producer.Join();
        RingChecksum<TSlot>.Verify(checksum.Sum, Events);
    }

    private static Thread Start(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
