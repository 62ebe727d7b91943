using System.Collections.Concurrent;
using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>
/// One thread, 64-byte events: 256 times in, then 256 times out; the time is for one event in and out.
/// <code>
///   thread ──► [ ] ──► same thread
/// </code>
/// </summary>
public class RingClaimBenchmark
{
    private const int Batch = 256;
    private const int Capacity = 1_024;

    private readonly RingBuffer<Slot64> _single = RingBuffer<Slot64>.CreateSingleProducer(Capacity);
    private readonly RingBuffer<Slot64> _multi = RingBuffer<Slot64>.CreateMultiProducer(Capacity);
    private readonly ConcurrentQueue<Slot64> _queue = new();
    private readonly Channel<Slot64> _channel =
        Channel.CreateBounded<Slot64>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    private EventPoller<Slot64> _singlePoller = null!;
    private EventPoller<Slot64> _multiPoller = null!;
    private RingCheck<Slot64> _check;

    [GlobalSetup]
    public void Wire()
    {
        _singlePoller = _single.NewPoller();
        _multiPoller = _multi.NewPoller();
    }

    [Benchmark(OperationsPerInvoke = Batch, Description = "one producer: claim, fill, publish, poll")]
    public int Claim() => ClaimAll(_single, _singlePoller);

    [Benchmark(OperationsPerInvoke = Batch, Description = "many producers: claim, fill, publish, poll")]
    public int ClaimOfMany() => ClaimAll(_multi, _multiPoller);

    [Benchmark(OperationsPerInvoke = Batch, Description = "one producer: publish in one step, poll")]
    public int PublishEvent()
    {
        var wait = default(YieldingWaitStrategy);
        for (int value = 0; value < Batch; value++)
            _single.PublishEvent(new Fill<Slot64>(value), ref wait);
        return Expect(_singlePoller.Poll(ref _check, Batch));
    }

    [Benchmark(OperationsPerInvoke = Batch, Description = "one producer: publish through a publisher, poll")]
    public int Publisher()
    {
        var wait = default(YieldingWaitStrategy);
        EventPublisher<Slot64> publisher = _single.NewPublisher();
        for (int value = 0; value < Batch; value++)
            publisher.Publish(new Fill<Slot64>(value), ref wait);
        return Expect(_singlePoller.Poll(ref _check, Batch));
    }

    [Benchmark(OperationsPerInvoke = Batch, Baseline = true, Description = "ConcurrentQueue: enqueue, dequeue")]
    public int Queue()
    {
        for (int value = 0; value < Batch; value++)
            _queue.Enqueue(Slot64.Of(value));
        int taken = 0;
        while (_queue.TryDequeue(out Slot64 slot))
            taken += slot.Value == taken ? 1 : 0;
        return Expect(taken);
    }

    [Benchmark(OperationsPerInvoke = Batch, Description = "Channel: write, read")]
    public int ChannelOfOne()
    {
        for (int value = 0; value < Batch; value++)
            _channel.Writer.TryWrite(Slot64.Of(value));
        int taken = 0;
        while (_channel.Reader.TryRead(out Slot64 slot))
            taken += slot.Value == taken ? 1 : 0;
        return Expect(taken);
    }

    private static int Expect(int taken) => taken == Batch ? taken : throw new InvalidOperationException($"{taken} of {Batch} events came out in order.");

    private int ClaimAll(RingBuffer<Slot64> ring, EventPoller<Slot64> poller)
    {
        for (int value = 0; value < Batch; value++)
        {
            if (ring.TryClaim(out long sequence) != ClaimResult.Claimed)
                throw new InvalidOperationException("The ring must have room.");
            Slot64.Put(ref ring[sequence], value);
            ring.Publish(sequence);
        }

        return Expect(poller.Poll(ref _check, Batch));
    }
}
