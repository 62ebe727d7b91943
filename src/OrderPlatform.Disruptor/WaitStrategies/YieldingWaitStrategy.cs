namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>Spins for a while, then offers the core to whoever is ready to run. Alone on its core it still uses all of it.</summary>
public struct YieldingWaitStrategy : IWaitStrategy
{
    /// <summary>Looks in vain before the first yield.</summary>
    public const int SpinCyclesMax = 100;

    private int _spinCycles;

    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        if (workCount > 0)
            _spinCycles = 0;
        else if (_spinCycles < SpinCyclesMax)
            _spinCycles++;
        else
            Thread.Yield();
    }

    /// <inheritdoc/>
    public void Reset() => _spinCycles = 0;
}
