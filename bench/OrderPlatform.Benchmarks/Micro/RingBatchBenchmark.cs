using BenchmarkDotNet.Attributes;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Disruptor;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>Events of 64 bytes claimed and published 64 at a time, then polled; and a look that finds nothing. The time is for one event.</summary>
public class RingBatchBenchmark
{
    private const int Batch = 64;

    private readonly RingBuffer<Slot64> _single = RingBuffer<Slot64>.CreateSingleProducer(1_024);
    private readonly RingBuffer<Slot64> _multi = RingBuffer<Slot64>.CreateMultiProducer(1_024);
    private EventPoller<Slot64> _singlePoller = null!;
    private EventPoller<Slot64> _multiPoller = null!;
    private EventPoller<Slot64> _emptyPoller = null!;
    private RingCheck<Slot64> _check;

    [GlobalSetup]
    public void Wire()
    {
        _singlePoller = _single.NewPoller();
        _multiPoller = _multi.NewPoller();
        _emptyPoller = RingBuffer<Slot64>.CreateSingleProducer(1_024).NewPoller();
    }

    [Benchmark(OperationsPerInvoke = Batch, Baseline = true, Description = "one producer: 64 in, 64 out")]
    public int Single() => Pass(_single, _singlePoller);

    [Benchmark(OperationsPerInvoke = Batch, Description = "many producers: 64 in, 64 out")]
    public int Multi() => Pass(_multi, _multiPoller);

    [Benchmark(Description = "poll of nothing")]
    public int PollEmpty() => _emptyPoller.Poll(ref _check, Batch);

    private int Pass(RingBuffer<Slot64> ring, EventPoller<Slot64> poller)
    {
        ring.TryClaim(Batch, out long first);
        for (long sequence = first; sequence < first + Batch; sequence++)
            Slot64.Put(ref ring[sequence], sequence);
        ring.Publish(first, first + Batch - 1);
        int taken = poller.Poll(ref _check, Batch);
        return taken == Batch ? taken : throw new InvalidOperationException($"{taken} of {Batch} events came out.");
    }
}
