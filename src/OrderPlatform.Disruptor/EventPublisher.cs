using System.Runtime.CompilerServices;
using OrderPlatform.Disruptor.Memory;
using OrderPlatform.Disruptor.Sequencing;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor;

/// <summary>
/// The producer's end of a single-producer ring, for a loop that publishes event after event: a local of this type keeps position and limit in
/// registers, so that an event need not wait for the store of the one before to come back from memory. Each event is published by itself, as
/// by <see cref="RingBuffer{TSlot}.TryPublishEvent"/>. Made by <see cref="RingBuffer{TSlot}.NewPublisher"/>; while it is used, its thread
/// publishes through it only, which Debug builds check.
/// </summary>
/// <typeparam name="TSlot">The ring's slots.</typeparam>
public struct EventPublisher<TSlot>
    where TSlot : unmanaged
{
    private readonly RingBuffer<TSlot> _ring;
    private readonly SingleProducerSequencer<HardwareMemory> _sequencer;
    private long _next;
    private long _limit;

    internal EventPublisher(RingBuffer<TSlot> ring, SingleProducerSequencer<HardwareMemory> sequencer)
    {
        _ring = ring;
        _sequencer = sequencer;
        _next = sequencer.NextToPublish;
        _limit = sequencer.Limit;
    }

    /// <summary>Fills and publishes one slot.</summary>
    /// <param name="translator">Fills the slot; what it throws goes to the caller, and nothing was published.</param>
    /// <returns><see cref="ClaimResult.Claimed"/> if it was published.</returns>
    /// <exception cref="InvalidOperationException">Debug builds: something else has claimed or published meanwhile.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimResult TryPublish<TTranslator>(TTranslator translator)
        where TTranslator : IEventTranslator<TSlot>, allows ref struct
    {
        if (_next > _limit)
        {
            long limit = Look(_ring, _sequencer, _next);
            if (limit < 0)
                return (ClaimResult)(-limit);
            _limit = limit;
        }

        return Fill(ref translator);
    }

    /// <summary>As <see cref="TryPublish"/>, but waits as <paramref name="wait"/> says while the ring is full.</summary>
    /// <inheritdoc cref="TryPublish" path="/exception"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimResult Publish<TTranslator, TWait>(TTranslator translator, ref TWait wait)
        where TTranslator : IEventTranslator<TSlot>, allows ref struct
        where TWait : struct, IWaitStrategy
    {
        if (_next > _limit)
        {
            long limit = Await(_ring, _sequencer, _next, ref wait);
            if (limit < 0)
                return (ClaimResult)(-limit);
            _limit = limit;
        }

        return Fill(ref translator);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ClaimResult Fill<TTranslator>(ref TTranslator translator)
        where TTranslator : IEventTranslator<TSlot>, allows ref struct
    {
        if (_ring.IsDisposed)
            return ClaimResult.Closed;
        _sequencer.AssertNext(_next);
        translator.TranslateTo(ref _ring[_next], _next);
        ClaimResult result = _sequencer.PublishUnclaimed(_next);
        if (result == ClaimResult.Claimed)
            _next++;
        return result;
    }

    // The limit, or a refusal as a negative number. Static and out of line, and without a reference to anything of the publisher's: who takes its
    // address takes it out of its registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Look(RingBuffer<TSlot> ring, SingleProducerSequencer<HardwareMemory> sequencer, long next)
    {
        if (ring.IsDisposed)
            return -(long)ClaimResult.Closed;
        return sequencer.TryExtend(next) ? sequencer.Limit : -(long)sequencer.Refuse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Await<TWait>(RingBuffer<TSlot> ring, SingleProducerSequencer<HardwareMemory> sequencer, long next, ref TWait wait)
        where TWait : struct, IWaitStrategy
    {
        long limit;
        while ((limit = Look(ring, sequencer, next)) == -(long)ClaimResult.Full)
            wait.Idle(0);
        wait.Idle(1);
        return limit;
    }
}
