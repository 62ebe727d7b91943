using System.Collections.Concurrent;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver;

/// <summary>What other agents of the driver ask of one: rare, so each is a delegate.</summary>
internal sealed class AgentCommands(AtomicCounter failedOffers, int capacity = AgentCommands.DefaultCapacity)
{
    public const int DefaultCapacity = 4096;
    private const int DrainLimit = 64;

    private readonly ConcurrentQueue<Action> _queue = new();
    private int _count;

    /// <summary>Queues what the network asks for; false, and counted, when too much is queued already.</summary>
    public bool TryOffer(Action command)
    {
        if (Volatile.Read(ref _count) >= capacity)
        {
            failedOffers.Increment();
            return false;
        }

        Offer(command);
        return true;
    }

    /// <summary>Queues what has to be done: opening and closing, bounded by what clients may own.</summary>
    public void Offer(Action command)
    {
        Interlocked.Increment(ref _count);
        _queue.Enqueue(command);
    }

    /// <summary>Runs what is queued, a bounded number; by the agent that it is for.</summary>
    public int Drain()
    {
        if (Volatile.Read(ref _count) == 0)
            return 0;
        int count = 0;
        while (count < DrainLimit && _queue.TryDequeue(out Action? command))
        {
            Interlocked.Decrement(ref _count);
            count++;
            command();
        }

        return count;
    }
}
