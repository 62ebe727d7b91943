using System.Runtime.CompilerServices;

namespace OrderPlatform.Disruptor;

/// <summary>
/// One consumer of a ring: it owns a <see cref="Disruptor.Sequence"/>, reads up to its barrier, and is polled by one thread.
/// </summary>
public sealed unsafe class EventPoller<TSlot>
    where TSlot : unmanaged
{
    private readonly RingBuffer<TSlot> _ring;
    private readonly SequenceBarrier _barrier;
    private readonly ConsumerCounters* _counters;
    private ThreadRule _consumer = new("poller of a ring");

    internal EventPoller(RingBuffer<TSlot> ring, Sequence sequence, ConsumerCounters* counters, SequenceBarrier barrier)
    {
        _ring = ring;
        _barrier = barrier;
        _counters = counters;
        Sequence = sequence;
        counters->Sequence = Disruptor.Sequence.InitialValue;
        counters->Available = Disruptor.Sequence.InitialValue;
    }

    /// <summary>The last sequence this consumer is done with; others may depend on it.</summary>
    public Sequence Sequence { get; }

    /// <summary>The most slots that were ever found waiting at one poll. Any thread may read it.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public long BacklogHighWater
    {
        get
        {
            ObjectDisposedException.ThrowIf(_ring.IsDisposed, _ring);
            return Volatile.Read(ref _counters->BacklogHighWater);
        }
    }

    /// <summary>True once the ring is closed and everything in it has passed this consumer.</summary>
    public bool IsDrained => Sequence.Value >= _ring.FinalSequence;

    /// <summary>
    /// Hands at most <paramref name="limit"/> slots to the handler and frees them. The counter moves once, at the end, and also when the
    /// handler throws: then up to the slot before the one that failed, which the next poll hands out again.
    /// </summary>
    /// <returns>How many slots were consumed, void ones included; 0 if there is nothing to read.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public int Poll<THandler>(ref THandler handler, int limit)
        where THandler : struct, IEventHandler<TSlot>, allows ref struct
    {
        _consumer.Assert();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ObjectDisposedException.ThrowIf(_ring.IsDisposed, _ring);

        long next = _counters->Sequence + 1;
        long available = _counters->Available;
        if (available - next + 1 < limit)
        {
            available = Refresh(next, available);
            if (available < next)
                return 0;
        }

        int count = (int)Math.Min(available - next + 1, limit);
        long last = next + count - 1;
        if (_ring.VoidLast >= next)
            HandleBetweenVoids(ref handler, next, last);
        else
            Handle(ref handler, next, last);
        GC.KeepAlive(this);
        return count;
    }

    private long Refresh(long next, long available)
    {
        available = _barrier.GetAvailable(available + 1);
        _counters->Available = available;
        long backlog = available - next + 1;
        if (backlog > _counters->BacklogHighWater)
            Volatile.Write(ref _counters->BacklogHighWater, backlog);
        return available;
    }

    private void Handle<THandler>(ref THandler handler, long next, long last)
        where THandler : struct, IEventHandler<TSlot>, allows ref struct
    {
        long done = next - 1;
        try
        {
            for (long sequence = next; sequence <= last; sequence++)
            {
                handler.OnEvent(ref _ring[sequence], sequence, sequence == last);
                done = sequence;
            }
        }
        finally
        {
            Volatile.Write(ref _counters->Sequence, done);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HandleBetweenVoids<THandler>(ref THandler handler, long next, long last)
        where THandler : struct, IEventHandler<TSlot>, allows ref struct
    {
        long lastEvent = last;
        while (lastEvent >= next && _ring.IsVoid(lastEvent))
            lastEvent--;
        long done = next - 1;
        try
        {
            for (long sequence = next; sequence <= lastEvent; sequence++)
            {
                if (!_ring.IsVoid(sequence))
                    handler.OnEvent(ref _ring[sequence], sequence, sequence == lastEvent);
                done = sequence;
            }

            done = last;
        }
        finally
        {
            Volatile.Write(ref _counters->Sequence, done);
        }
    }
}
