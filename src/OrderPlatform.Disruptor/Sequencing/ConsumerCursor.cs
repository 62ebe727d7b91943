using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Sequencing;

/// <summary>The consumer's side of the protocol: what may be read, and that it was read. One thread.</summary>
internal sealed unsafe class ConsumerCursor<TMemory>
    where TMemory : struct, ISharedMemory
{
    private readonly ConsumerCounters* _counters;
    private readonly Barrier<TMemory> _barrier;
    private IWakeTarget[] _wakeOnRelease = [];

    public ConsumerCursor(ConsumerCounters* counters, Barrier<TMemory> barrier)
    {
        _counters = counters;
        _barrier = barrier;
        counters->Sequence = Sequence.InitialValue;
        counters->Available = Sequence.InitialValue;
    }

    public long BacklogHighWater => Volatile.Read(ref _counters->BacklogHighWater);

    /// <summary>The consumer's own view of how far it is.</summary>
    public long Done => TMemory.Read(&_counters->Sequence);

    /// <summary>How far the barrier is known to allow reading.</summary>
    public long Available => TMemory.Read(&_counters->Available);

    public void AddWakeTarget(IWakeTarget target) => _wakeOnRelease = [.. _wakeOnRelease, target];

    /// <summary>Looks at the barrier only when less than <paramref name="limit"/> is known to be there.</summary>
    public bool TryBegin(int limit, out long first, out long last)
    {
        first = Done + 1;
        long available = Available;
        if (available - first + 1 < limit)
            available = Look(first, available);
        last = Math.Min(available, first + limit - 1);
        return last >= first;
    }

    /// <summary>Frees everything up to <paramref name="sequence"/>.</summary>
    public void Release(long sequence)
    {
        TMemory.WriteRelease(&_counters->Sequence, sequence);
        if (_wakeOnRelease.Length != 0)
            SignalReleased();
    }

    public void SignalReleased()
    {
        foreach (IWakeTarget target in _wakeOnRelease)
            target.Signal();
    }

    private long Look(long first, long available)
    {
        available = _barrier.GetAvailable(available + 1);
        TMemory.Write(&_counters->Available, available);
        long backlog = available - first + 1;
        if (backlog > _counters->BacklogHighWater)
            Volatile.Write(ref _counters->BacklogHighWater, backlog);
        return available;
    }
}
