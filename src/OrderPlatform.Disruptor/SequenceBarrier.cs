using OrderPlatform.Disruptor.Memory;
using OrderPlatform.Disruptor.Sequencing;

namespace OrderPlatform.Disruptor;

/// <summary>
/// How far a consumer may read: the minimum of what it depends on. Without a dependency on another consumer of the ring that includes
/// what the producers have published. Made by <see cref="RingBuffer{TSlot}.NewBarrier"/>.
/// </summary>
public sealed class SequenceBarrier
{
    private readonly Barrier<HardwareMemory> _barrier;

    internal SequenceBarrier(Barrier<HardwareMemory> barrier) => _barrier = barrier;

    /// <summary>The highest sequence that may be read, given that all below <paramref name="next"/> may; next - 1 if there is nothing new.</summary>
    /// <exception cref="ObjectDisposedException">A ring that holds one of the counters was disposed.</exception>
    public long GetAvailable(long next) => _barrier.GetAvailable(next);
}
