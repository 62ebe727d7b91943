using System.Collections.Concurrent;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver;

/// <summary>What other agents of the driver ask of one: rare, so each is a delegate. Bounded; an offer to a full queue is counted and tried again by its caller.</summary>
internal sealed class AgentCommands(AtomicCounter failedOffers, int capacity = AgentCommands.DefaultCapacity)
{
    public const int DefaultCapacity = 4096;
    private const int DrainLimit = 64;

    private readonly ConcurrentQueue<Action> _queue = new();
    private int _count;

    /// <summary>Queues a command; false when the queue is full.</summary>
    public bool TryOffer(Action command)
    {
        if (Interlocked.Increment(ref _count) > capacity)
        {
            Interlocked.Decrement(ref _count);
            failedOffers.Increment();
            return false;
        }

        _queue.Enqueue(command);
        return true;
    }

    /// <summary>Queues a command; waits for room, which the other agent's next cycle makes.</summary>
    public void Offer(Action command)
    {
        // On one thread the queue never fills between two cycles: what fills it is bounded by what a conductor's cycle may do.
        while (!TryOffer(command))
            Thread.Yield();
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
