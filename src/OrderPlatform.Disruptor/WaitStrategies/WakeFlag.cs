using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>
/// The agreement that no wake-up is lost. The sleeper raises the flag, looks once more and then sleeps; the writer moves its counter and
/// then looks at the flag. Each stores and then loads what the other stores, so between the two a full fence is due on both sides, or
/// both may see the old value and the sleeper sleeps on. The sleeper, who is idle, pays for both with a process-wide fence; the
/// writer's part is one load of a line that hardly ever changes.
/// </summary>
internal readonly unsafe struct WakeFlag<TMemory>(long* cell)
    where TMemory : struct, ISharedMemory
{
    public void Raise()
    {
        TMemory.WriteRelease(cell, 1);
        TMemory.ProcessWideFence();
    }

    public void Lower() => TMemory.WriteRelease(cell, 0);

    /// <summary>For the writer, after its store: true if the sleeper is to be woken, for one of several writers only.</summary>
    public bool TryTake() => TMemory.ReadAcquire(cell) != 0 && TMemory.CompareExchange(cell, 0, 1) == 1;
}
