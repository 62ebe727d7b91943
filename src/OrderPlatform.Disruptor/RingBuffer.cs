using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using OrderPlatform.Disruptor.Memory;
using OrderPlatform.Disruptor.Sequencing;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor;

/// <summary>
/// A fixed number of slots in native memory, addressed by an ever-growing sequence (the first is 0). Producers claim, fill and publish;
/// consumers poll. A full ring is an answer (<see cref="TryClaim(out long)"/>); who wants to wait says how (<see cref="Claim{TWait}(ref TWait, out long)"/>).
/// </summary>
/// <remarks>
/// Wire all consumers before the first claim. Dispose only when no thread uses the ring, its pollers or a reference to a slot any more.
/// </remarks>
/// <typeparam name="TSlot">A struct without references whose size is a power of two, at least 8 bytes; from 64 on a slot has its lines to itself.</typeparam>
public sealed unsafe class RingBuffer<TSlot> : IDisposable
    where TSlot : unmanaged
{
    private readonly NativeBlock _block;
    private readonly byte* _slots;
    private readonly long _mask;
    private readonly List<EventPoller<TSlot>> _pollers = [];

    // One of the two, and none after disposal: the test that finds out which is a null check and a direct call.
    private SingleProducerSequencer<HardwareMemory>? _single;
    private MultiProducerSequencer<HardwareMemory>? _multi;

    private RingBuffer(int capacity, bool isSingleProducer)
    {
        var layout = new RingLayout(capacity, sizeof(TSlot));
        _block = new NativeBlock(layout.LengthBytes);
        if (isSingleProducer)
            _single = new SingleProducerSequencer<HardwareMemory>(_block, layout);
        else
            _multi = new MultiProducerSequencer<HardwareMemory>(_block, layout);
        _slots = _block.Address + layout.SlotsOffset;
        _mask = capacity - 1;
        Capacity = capacity;
        IsSingleProducer = isSingleProducer;
    }

    /// <summary>How many slots the ring has.</summary>
    public int Capacity { get; }

    /// <summary>True if only one thread may produce.</summary>
    public bool IsSingleProducer { get; }

    /// <summary>The last published sequence (one producer) or the last claimed one (many); -1 at the start.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public long Cursor => Live.Cursor;

    /// <summary>How many slots the slowest consumer has not freed. Any thread may read it; it is a moment's view.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public long Occupancy => Math.Clamp(Live.Cursor - Live.Gate, 0, Capacity);

    /// <summary>
    /// The most slots in use that a producer saw when it looked at the consumers, which it does at least once a lap and whenever the ring
    /// seems full. What waits in front of each consumer is <see cref="EventPoller{TSlot}.BacklogHighWater"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public long OccupancyHighWater => Live.OccupancyHighWater;

    /// <summary>How many claims were answered with <see cref="ClaimResult.Full"/>.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public long RefusedClaims => Live.RefusedClaims;

    /// <summary>True after <see cref="Close"/>: no claim succeeds any more.</summary>
    public bool IsClosed => IsDisposed || Live.IsClosed;

    /// <summary>The poison's place: the last sequence that can ever be published; <see cref="long.MaxValue"/> while the ring is open.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public long FinalSequence => Live.FinalSequence;

    internal bool IsDisposed => _single is null && _multi is null;

    internal long VoidLast => Live.VoidLast;

    internal byte* Slots => _slots;

    internal long Mask => _mask;

    private Sequencer<HardwareMemory> Live
    {
        get
        {
            Sequencer<HardwareMemory>? sequencer = _single;
            return sequencer ?? _multi ?? throw new ObjectDisposedException(GetType().Name);
        }
    }

    /// <summary>The slot of a sequence, unchecked: only for sequences that were claimed or are being consumed.</summary>
    public ref TSlot this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef<TSlot>(_slots + ((nint)(sequence & _mask) * sizeof(TSlot)));
    }

#pragma warning disable CA1000 // The slot type has to be named anyway; Disruptor-net's users know the factories here.
    /// <summary>A ring for one producing thread: claims cost no locked instruction.</summary>
    /// <exception cref="ArgumentException">The capacity is no power of two, or the slot's size does not fit.</exception>
    /// <exception cref="InsufficientMemoryException">The memory cannot be had.</exception>
    public static RingBuffer<TSlot> CreateSingleProducer(int capacity) => new(capacity, isSingleProducer: true);

    /// <summary>A ring for any number of producing threads.</summary>
    /// <inheritdoc cref="CreateSingleProducer" path="/exception"/>
    public static RingBuffer<TSlot> CreateMultiProducer(int capacity) => new(capacity, isSingleProducer: false);
#pragma warning restore CA1000

    /// <summary>Claims one slot.</summary>
    /// <param name="sequence">The slot's sequence if claimed, else -1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimResult TryClaim(out long sequence)
    {
        ClaimResult result;
        if (_single is { } single)
        {
            result = single.TryClaimOne(out sequence);
        }
        else
        {
            result = TryClaimOfMany(1, 1, out long first, out _);
            sequence = first;
        }

        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Claims <paramref name="count"/> slots in a row, or none.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="first">The first of the sequences if claimed, else -1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public ClaimResult TryClaim(int count, out long first)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count > Capacity)
        {
            first = Sequence.InitialValue;
            return ClaimResult.TooLarge;
        }

        return TryClaimBetween(count, count, out first, out _);
    }

    /// <summary>Claims as many slots in a row as are free, at least one and at most <paramref name="countMax"/>.</summary>
    /// <param name="countMax">The most that the caller can use, at least 1.</param>
    /// <param name="first">The first of the sequences if claimed, else -1.</param>
    /// <param name="count">How many were claimed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is below 1.</exception>
    public ClaimResult TryClaimUpTo(int countMax, out long first, out int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        return TryClaimBetween(1, countMax, out first, out count);
    }

    /// <summary>Claims one slot, and waits as <paramref name="wait"/> says while the ring is full.</summary>
    /// <param name="wait">How to wait; it keeps its state between calls.</param>
    /// <param name="sequence">The slot's sequence if claimed, else -1.</param>
    /// <returns><see cref="ClaimResult.Claimed"/>, or <see cref="ClaimResult.Closed"/> also to a producer that was waiting.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimResult Claim<TWait>(ref TWait wait, out long sequence)
        where TWait : struct, IWaitStrategy
    {
        ClaimResult result = TryClaim(out sequence);
        if (result != ClaimResult.Full)
            return result;

        // A local of its own, so that the caller's stays in a register.
        result = ClaimWaiting(ref wait, out long waited);
        sequence = waited;
        return result;
    }

    /// <summary>
    /// Claims, fills and publishes one slot in one step: the cheapest way to publish, and one that cannot leave a claim behind. What
    /// <paramref name="translator"/> throws goes to the caller, and nothing was published.
    /// </summary>
    /// <param name="translator">Fills the slot. By value, so that it stays in registers.</param>
    /// <returns><see cref="ClaimResult.Claimed"/> if the slot was published.</returns>
    /// <exception cref="InvalidOperationException">The single producer has a claim out that it has not published.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimResult TryPublishEvent<TTranslator>(TTranslator translator)
        where TTranslator : IEventTranslator<TSlot>, allows ref struct
    {
        if (_single is not { } single)
            return TryPublishEventOfMany(translator);
        long next = single.NextToPublish;
        if (next > single.Limit && !single.TryExtend(next))
            return single.Refuse();
        translator.TranslateTo(ref this[next], next);
        ClaimResult result = single.PublishUnclaimed(next);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>As <see cref="TryPublishEvent"/>, but waits as <paramref name="wait"/> says while the ring is full.</summary>
    /// <inheritdoc cref="TryPublishEvent" path="/exception"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimResult PublishEvent<TTranslator, TWait>(TTranslator translator, ref TWait wait)
        where TTranslator : IEventTranslator<TSlot>, allows ref struct
        where TWait : struct, IWaitStrategy
    {
        ClaimResult result = TryPublishEvent(translator);
        return result != ClaimResult.Full ? result : PublishEventWaiting(translator, ref wait);
    }

    /// <summary>A publisher for the single producer's loop, which keeps position and limit at hand.</summary>
    /// <exception cref="InvalidOperationException">The ring is for many producers, or the single one has a claim out that it has not published.</exception>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public EventPublisher<TSlot> NewPublisher() => Live == _single
        ? new EventPublisher<TSlot>(this, _single)
        : throw new InvalidOperationException("A publisher knows its place because nobody else publishes: with many producers use TryPublishEvent.");

    /// <summary>Lets consumers see one claimed and filled slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long sequence)
    {
        if (_single is { } single)
            single.PublishOne(sequence);
        else
            PublishOfMany(sequence, sequence);
        GC.KeepAlive(this);
    }

    /// <summary>Lets consumers see claimed and filled slots. A single producer publishes in the order of its claims.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public void Publish(long first, long last)
    {
        Live.Publish(first, last);
        GC.KeepAlive(this);
    }

    /// <summary>Gives claimed slots up: consumers pass them without seeing them.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public void PublishVoid(long first, long last)
    {
        Live.PublishVoid(first, last);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// Puts the poison behind the last claim: producers get <see cref="ClaimResult.Closed"/>, also those that wait in a claim; what is
    /// claimed can still be published; each consumer is drained when it has passed everything. The poison is a position, not a slot, so
    /// that a full ring takes it too, from any thread.
    /// </summary>
    public void Close()
    {
        if (IsDisposed)
            return;
        Live.Close();
        foreach (EventPoller<TSlot> poller in _pollers)
            poller.SignalSleepers();
    }

    /// <summary>A new consumer that runs behind <paramref name="after"/>, or behind the producers if that is empty.</summary>
    /// <exception cref="InvalidOperationException">Slots were claimed already, or the ring has its most consumers.</exception>
    public EventPoller<TSlot> NewPoller(params ReadOnlySpan<Sequence> after)
    {
        if (_pollers.Count == RingLayout.ConsumersMax)
            throw new InvalidOperationException($"A ring has at most {RingLayout.ConsumersMax} pollers: fuse stages or chain another ring.");
        long offset = RingLayout.ConsumersOffset + ((long)_pollers.Count * sizeof(ConsumerCounters));
        var sequence = new Sequence(_block, offset);
        var cursor = new ConsumerCursor<HardwareMemory>((ConsumerCounters*)(_block.Address + offset), new Barrier<HardwareMemory>(Live, _block, after));
        Live.AddGates([sequence], after);
        var poller = new EventPoller<TSlot>(this, sequence, cursor);
        _pollers.Add(poller);
        return poller;
    }

    /// <summary>A barrier over <paramref name="dependencies"/>, for consumers that are not pollers.</summary>
    public SequenceBarrier NewBarrier(params ReadOnlySpan<Sequence> dependencies) => new(new Barrier<HardwareMemory>(Live, _block, dependencies));

    /// <summary>Holds producers back by the counters of consumers that are not pollers.</summary>
    /// <exception cref="InvalidOperationException">Slots were claimed already.</exception>
    public void AddGatingSequences(params ReadOnlySpan<Sequence> sequences) => Live.AddGates(sequences, []);

    /// <summary>Has <paramref name="wakeUp"/> end the sleep of whoever waits for a publication.</summary>
    /// <exception cref="InvalidOperationException">Slots were claimed already.</exception>
    public void WakeOnPublish(WakeUp wakeUp)
    {
        ArgumentNullException.ThrowIfNull(wakeUp);
        Live.AddWakeTarget(wakeUp);
    }

    /// <summary>Has <paramref name="wakeUp"/> end the sleep of a producer that waits for room. Wire it after the consumers, before the first claim.</summary>
    public void WakeOnRelease(WakeUp wakeUp)
    {
        foreach (EventPoller<TSlot> poller in _pollers.Where(poller => Live.IsGate(poller.Sequence)))
            poller.WakeOnRelease(wakeUp);
    }

    /// <summary>Closes the ring and frees its memory. A claim is then answered with <see cref="ClaimResult.Closed"/>.</summary>
    public void Dispose()
    {
        if (_block.IsDisposed)
            return;
        Close();
        _single = null;
        _multi = null;
        _block.Dispose();
    }

    internal bool IsVoid(long sequence) => Live.IsVoid(sequence);

    private ClaimResult TryClaimBetween(int least, int most, out long first, out int count)
    {
        ClaimResult result = _single is { } single ? single.TryClaim(least, most, out first, out count) : TryClaimOfMany(least, most, out first, out count);
        GC.KeepAlive(this);
        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClaimResult ClaimWaiting<TWait>(ref TWait wait, out long sequence)
        where TWait : struct, IWaitStrategy
    {
        ClaimResult result;
        do
            wait.Idle(0);
        while ((result = TryClaim(out sequence)) == ClaimResult.Full);
        wait.Idle(1);
        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClaimResult PublishEventWaiting<TTranslator, TWait>(TTranslator translator, ref TWait wait)
        where TTranslator : IEventTranslator<TSlot>, allows ref struct
        where TWait : struct, IWaitStrategy
    {
        ClaimResult result;
        do
            wait.Idle(0);
        while ((result = TryPublishEvent(translator)) == ClaimResult.Full);
        wait.Idle(1);
        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClaimResult TryPublishEventOfMany<TTranslator>(TTranslator translator)
        where TTranslator : IEventTranslator<TSlot>, allows ref struct
    {
        ClaimResult result = TryClaimOfMany(1, 1, out long sequence, out _);
        if (result != ClaimResult.Claimed)
            return result;
        bool isFilled = false;
        try
        {
            translator.TranslateTo(ref this[sequence], sequence);
            isFilled = true;
        }
        finally
        {
            if (isFilled)
                PublishOfMany(sequence, sequence);
            else
                PublishVoid(sequence, sequence);
        }

        return ClaimResult.Claimed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClaimResult TryClaimOfMany(int least, int most, out long first, out int count)
    {
        if (_multi is { } multi)
            return multi.TryClaim(least, most, out first, out count);
        first = Sequence.InitialValue;
        count = 0;
        return ClaimResult.Closed;
    }

    [DoesNotReturn]
    private static void ThrowDisposed() => throw new ObjectDisposedException(nameof(RingBuffer<>));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PublishOfMany(long first, long last)
    {
        if (_multi is not { } multi)
            ThrowDisposed();
        else
            multi.Publish(first, last);
    }
}
