namespace OrderPlatform.Disruptor.Agents;

/// <summary>Never gives the core away: the fastest wake-up, for a thread that has a core of its own.</summary>
public struct BusySpinIdleStrategy : IIdleStrategy
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
