namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>
/// For throughput: after a look that found little it pauses, so that more can gather. A counter that is read as often as it is written
/// moves between two cores with every slot, which costs more than the slot's work; read once in a while it stays with its writer. The
/// pause adapts and is bounded, and comes only after a slot was found, so that a slot which arrives alone is taken at once.
/// </summary>
/// <typeparam name="TEmpty">What to do while nothing comes.</typeparam>
public struct GatheringWaitStrategy<TEmpty> : IWaitStrategy
    where TEmpty : struct, IWaitStrategy
{
    private readonly int _batch;
    private readonly int _spinsMax;
#pragma warning disable IDE0044 // It changes: its methods change the struct in place.
    private TEmpty _empty;
#pragma warning restore IDE0044
    private int _spins;

    /// <param name="empty">What to do while nothing comes.</param>
    /// <param name="batch">How many slots are worth a look, at least 1.</param>
    /// <param name="spinsMax">The longest pause in units of <see cref="Thread.SpinWait"/> (some 10 to 40 ns each), at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public GatheringWaitStrategy(TEmpty empty, int batch = 256, int spinsMax = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spinsMax, 1);
        _empty = empty;
        _batch = batch;
        _spinsMax = spinsMax;
    }

    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        _empty.Idle(workCount);
        if (workCount <= 0)
            return;
        if (workCount < _batch)
            _spins = Math.Min((_spins * 2) + 1, _spinsMax);
        else if (workCount > 4 * _batch)
            _spins /= 2;
        if (_spins > 0)
            Thread.SpinWait(_spins);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _spins = 0;
        _empty.Reset();
    }
}
