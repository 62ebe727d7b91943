namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>
/// Spins with the processor's pause instruction: keeps the core, but leaves a hardware sibling and the memory bus more of it, and looks
/// at the counter less often, which spares its writer.
/// </summary>
public struct SpinPauseWaitStrategy : IWaitStrategy
{
    /// <inheritdoc/>
    public readonly void Idle(int workCount)
    {
        if (workCount <= 0)
            Thread.SpinWait(1);
    }

    /// <inheritdoc/>
    public readonly void Reset()
    {
    }
}
