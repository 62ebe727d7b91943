namespace OrderPlatform.Disruptor;

/// <summary>
/// How far a consumer may read: the minimum of what it depends on. Without a dependency on another consumer of the ring that includes
/// what the producers have published.
/// </summary>
public sealed class SequenceBarrier
{
    private readonly Sequencer _sequencer;
    private readonly Sequence[] _dependencies;
    private readonly bool _includesProducers;

    internal SequenceBarrier(Sequencer sequencer, NativeBlock ring, ReadOnlySpan<Sequence> dependencies)
    {
        _sequencer = sequencer;
        _dependencies = dependencies.ToArray();
        // A consumer of this ring can only have passed what was published before.
        _includesProducers = !Array.Exists(_dependencies, sequence => sequence.Block == ring);
    }

    /// <summary>The highest sequence that may be read, given that all below <paramref name="next"/> may; next - 1 if there is nothing new.</summary>
    public long GetAvailable(long next)
    {
        long available = Sequence.Minimum(_dependencies, long.MaxValue);
        if (_includesProducers)
            available = Math.Min(available, _sequencer.HighestPublished(next));
        return Math.Max(available, next - 1);
    }
}
