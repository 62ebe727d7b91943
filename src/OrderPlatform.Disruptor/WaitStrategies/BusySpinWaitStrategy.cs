namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>Never gives the core away: the fastest wake-up, for a thread that has a core of its own.</summary>
public struct BusySpinWaitStrategy : IWaitStrategy
{
    /// <inheritdoc/>
    public readonly void Idle(int workCount)
    {
    }

    /// <inheritdoc/>
    public readonly void Reset()
    {
    }
}
