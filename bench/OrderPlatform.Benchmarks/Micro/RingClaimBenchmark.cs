using BenchmarkDotNet.Attributes;
using OrderPlatform.Disruptor;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>
/// One thread: claim, store eight bytes, publish, 256 times, then one poll of all.
/// <code>
///   thread ──► [ring] ──► same thread
/// </code>
/// </summary>
public class RingClaimBenchmark
{
    private const int Batch = 256;

    private readonly RingBuffer<Slot128> _single = RingBuffer<Slot128>.CreateSingleProducer(1024);
    private readonly RingBuffer<Slot128> _multi = RingBuffer<Slot128>.CreateMultiProducer(1024);
    private EventPoller<Slot128> _singlePoller = null!;
    private EventPoller<Slot128> _multiPoller = null!;

    [GlobalSetup]
    public void Wire()
    {
        _singlePoller = _single.NewPoller();
        _multiPoller = _multi.NewPoller();
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public long SingleProducer() => Pass(_single, _singlePoller);

    [Benchmark(OperationsPerInvoke = Batch)]
    public long MultiProducer() => Pass(_multi, _multiPoller);

    private static long Pass(RingBuffer<Slot128> ring, EventPoller<Slot128> poller)
    {
        for (int value = 0; value < Batch; value++)
        {
            if (ring.TryClaim(out long sequence) != ClaimResult.Claimed)
                throw new InvalidOperationException("The ring must have room.");
            ring[sequence].Value = value;
            ring.Publish(sequence);
        }

        var checksum = default(RingChecksum<Slot128>);
        poller.Poll(ref checksum, Batch);
        RingChecksum<Slot128>.Verify(checksum.Sum, Batch);
        return checksum.Sum;
    }
}
