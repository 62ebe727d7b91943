using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Sequencing;

/// <summary>The minimum of what a consumer depends on.</summary>
internal sealed class Barrier<TMemory>
    where TMemory : struct, ISharedMemory
{
    private readonly Sequencer<TMemory> _sequencer;
    private readonly Sequence[] _dependencies;
    private readonly bool _includesProducers;

    public Barrier(Sequencer<TMemory> sequencer, NativeBlock ring, ReadOnlySpan<Sequence> dependencies)
    {
        _sequencer = sequencer;
        _dependencies = dependencies.ToArray();
        // A consumer of this ring can only have passed what was published before.
        _includesProducers = !Array.Exists(_dependencies, sequence => sequence.Block == ring);
    }

    public long GetAvailable(long next)
    {
        long available = Sequence.Minimum<TMemory>(_dependencies, long.MaxValue);
        if (_includesProducers)
            available = Math.Min(available, _sequencer.HighestPublished(next));
        return Math.Max(available, next - 1);
    }
}
