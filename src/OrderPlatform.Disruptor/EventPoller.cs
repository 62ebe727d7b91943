using System.Runtime.CompilerServices;
using OrderPlatform.Disruptor.Memory;
using OrderPlatform.Disruptor.Sequencing;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor;

/// <summary>
/// One consumer of a ring: it owns a <see cref="Disruptor.Sequence"/>, reads up to its barrier, and is polled by one thread.
/// </summary>
public sealed unsafe class EventPoller<TSlot>
    where TSlot : unmanaged
{
    private readonly RingBuffer<TSlot> _ring;
    private readonly ConsumerCursor<HardwareMemory> _cursor;
    private ThreadRule _consumer = new("poller of a ring");

    internal EventPoller(RingBuffer<TSlot> ring, Sequence sequence, ConsumerCursor<HardwareMemory> cursor)
    {
        _ring = ring;
        _cursor = cursor;
        Sequence = sequence;
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
            return _cursor.BacklogHighWater;
        }
    }

    /// <summary>True once the ring is closed and everything in it has passed this consumer.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public bool IsDrained => Sequence.Value >= _ring.FinalSequence;

    /// <summary>
    /// Hands at most <paramref name="limit"/> slots to the handler and frees them. The counter moves once, at the end, and also when the
    /// handler throws: then up to the slot before the one that failed, which the next poll hands out again.
    /// </summary>
    /// <returns>How many slots were consumed, void ones included; 0 if there is nothing to read.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public int Poll<THandler>(ref THandler handler, int limit)
        where THandler : IEventHandler<TSlot>, allows ref struct
    {
        _consumer.Assert();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ObjectDisposedException.ThrowIf(_ring.IsDisposed, _ring);

        if (!_cursor.TryBegin(limit, out long first, out long last))
            return 0;
        if (_ring.VoidLast >= first)
            HandleBetweenVoids(ref handler, first, last);
        else
            Handle(ref handler, first, last);
        GC.KeepAlive(this);
        return (int)(last - first) + 1;
    }

    /// <summary>
    /// Early release, for a handler inside <see cref="Poll"/>: frees everything up to <paramref name="sequence"/> before the batch ends,
    /// so that a long batch starves neither producers nor the stages behind. What is released is not handed out again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The sequence lies beyond what the barrier allowed, or was freed before.</exception>
    public void Release(long sequence)
    {
        _consumer.Assert();
        ObjectDisposedException.ThrowIf(_ring.IsDisposed, _ring);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(sequence, _cursor.Done);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, _cursor.Available);
        _cursor.Release(sequence);
    }

    /// <summary>Has <paramref name="wakeUp"/> end the sleep of whoever waits until this consumer has freed a slot. Wire before the first claim.</summary>
    public void WakeOnRelease(WakeUp wakeUp)
    {
        ArgumentNullException.ThrowIfNull(wakeUp);
        _cursor.AddWakeTarget(wakeUp);
    }

    internal void SignalSleepers() => _cursor.SignalReleased();

    private void Handle<THandler>(ref THandler handler, long first, long last)
        where THandler : IEventHandler<TSlot>, allows ref struct
    {
        long next = first;
        try
        {
            HandleAll(ref handler, first, last, _ring.Slots, _ring.Mask, &next);
        }
        finally
        {
            Finish(next - 1);
        }
    }

    // Apart from the try region, whose locals live in memory, and with the ring's numbers at hand, since the compiler must assume that the
    // handler changes any field: so the loop runs in registers, and one store an event says how far it is.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HandleAll<THandler>(ref THandler handler, long first, long last, byte* slots, long mask, long* next)
        where THandler : IEventHandler<TSlot>, allows ref struct
    {
        for (long sequence = first; sequence <= last; sequence++)
        {
            *next = sequence;
            handler.OnEvent(ref Unsafe.AsRef<TSlot>(slots + ((nint)(sequence & mask) * sizeof(TSlot))), sequence, sequence == last);
        }

        *next = last + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HandleBetweenVoids<THandler>(ref THandler handler, long first, long last)
        where THandler : IEventHandler<TSlot>, allows ref struct
    {
        long lastEvent = last;
        while (lastEvent >= first && _ring.IsVoid(lastEvent))
            lastEvent--;
        long done = first - 1;
        try
        {
            for (long sequence = first; sequence <= lastEvent; sequence++)
            {
                if (!_ring.IsVoid(sequence))
                    handler.OnEvent(ref _ring[sequence], sequence, sequence == lastEvent);
                done = sequence;
            }

            done = last;
        }
        finally
        {
            Finish(done);
        }
    }

    // A handler that released early and then failed has freed more than it finished: the counter never goes back.
    private void Finish(long done)
    {
        if (done > _cursor.Done)
            _cursor.Release(done);
    }
}
