using System.Runtime.CompilerServices;

namespace OrderPlatform.Disruptor;

/// <summary>
/// A fixed number of slots in native memory, addressed by an ever-growing sequence (the first is 0). Producers claim, fill and publish;
/// consumers poll. Nothing waits in here: a full ring is an answer, and waiting is the caller's choice.
/// </summary>
/// <remarks>
/// Wire all consumers before the first claim. Dispose only when no thread uses the ring, its pollers or a reference to a slot any more.
/// </remarks>
/// <typeparam name="TSlot">A struct whose size is a power of two and a multiple of 64 bytes.</typeparam>
public sealed unsafe class RingBuffer<TSlot> : IDisposable
    where TSlot : unmanaged
{
    private readonly NativeBlock _block;
    private readonly Sequencer _sequencer;
    private readonly byte* _slots;
    private readonly long _mask;
    private readonly int _slotShift;
    private int _pollerCount;

    private RingBuffer(int capacity, bool isSingleProducer)
    {
        var layout = new RingLayout(capacity, sizeof(TSlot));
        _block = new NativeBlock(layout.LengthBytes);
        _sequencer = isSingleProducer ? new SingleProducerSequencer(_block, layout) : new MultiProducerSequencer(_block, layout);
        _slots = _block.Address + layout.SlotsOffset;
        _mask = capacity - 1;
        _slotShift = layout.SlotShift;
    }

    /// <summary>How many slots the ring has.</summary>
    public int Capacity => _sequencer.Capacity;

    /// <summary>The last published sequence (one producer) or the last claimed one (many); -1 at the start.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public long Cursor => Live.Cursor;

    /// <summary>How many slots the slowest consumer has not freed. Any thread may read it; it is a moment's view.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public long Occupancy => Math.Clamp(Live.Cursor - Live.Gate, 0, Capacity);

    /// <summary>How many claims were answered with <see cref="ClaimResult.Full"/>.</summary>
    /// <exception cref="ObjectDisposedException">The ring was disposed.</exception>
    public long RefusedClaims => Live.RefusedClaims;

    /// <summary>True after <see cref="Close"/>: no claim succeeds any more.</summary>
    public bool IsClosed => _sequencer.IsClosed;

    internal bool IsDisposed => _block.IsDisposed;

    internal long FinalSequence => _sequencer.FinalSequence;

    internal long VoidLast => _sequencer.VoidLast;

    private Sequencer Live
    {
        get
        {
            ObjectDisposedException.ThrowIf(_block.IsDisposed, this);
            return _sequencer;
        }
    }

    /// <summary>The slot of a sequence, unchecked: only for sequences that were claimed or are being consumed.</summary>
    public ref TSlot this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef<TSlot>(_slots + ((nint)(sequence & _mask) << _slotShift));
    }

#pragma warning disable CA1000 // The slot type has to be named anyway; Disruptor-net's users know the factories here.
    /// <summary>A ring for one producing thread: claims cost no locked instruction.</summary>
    /// <exception cref="ArgumentException">The capacity is no power of two, or the slot's size does not fit lines.</exception>
    /// <exception cref="InsufficientMemoryException">The memory cannot be had.</exception>
    public static RingBuffer<TSlot> CreateSingleProducer(int capacity) => new(capacity, isSingleProducer: true);

    /// <summary>A ring for any number of producing threads.</summary>
    /// <inheritdoc cref="CreateSingleProducer" path="/exception"/>
    public static RingBuffer<TSlot> CreateMultiProducer(int capacity) => new(capacity, isSingleProducer: false);
#pragma warning restore CA1000

    /// <summary>Claims one slot.</summary>
    /// <param name="sequence">The slot's sequence if claimed, else -1.</param>
    public ClaimResult TryClaim(out long sequence)
    {
        ClaimResult result = _sequencer.TryClaim(1, 1, out sequence, out _);
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

        ClaimResult result = _sequencer.TryClaim(count, count, out first, out _);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Claims as many slots in a row as are free, at least one and at most <paramref name="countMax"/>.</summary>
    /// <param name="countMax">The most that the caller can use, at least 1.</param>
    /// <param name="first">The first of the sequences if claimed, else -1.</param>
    /// <param name="count">How many were claimed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is below 1.</exception>
    public ClaimResult TryClaimUpTo(int countMax, out long first, out int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ClaimResult result = _sequencer.TryClaim(1, countMax, out first, out count);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Lets consumers see one claimed and filled slot.</summary>
    public void Publish(long sequence) => Publish(sequence, sequence);

    /// <summary>Lets consumers see claimed and filled slots. A single producer publishes in the order of its claims.</summary>
    public void Publish(long first, long last)
    {
        _sequencer.Publish(first, last);
        GC.KeepAlive(this);
    }

    /// <summary>Gives claimed slots up: consumers pass them without seeing them.</summary>
    public void PublishVoid(long first, long last)
    {
        _sequencer.PublishVoid(first, last);
        GC.KeepAlive(this);
    }

    /// <summary>Ends intake: producers get <see cref="ClaimResult.Closed"/>, what is claimed can still be published, consumers drain.</summary>
    public void Close() => _sequencer.Close();

    /// <summary>A new consumer that runs behind <paramref name="after"/>, or behind the producers if that is empty.</summary>
    /// <exception cref="InvalidOperationException">Slots were claimed already, or the ring has its most consumers.</exception>
    public EventPoller<TSlot> NewPoller(params ReadOnlySpan<Sequence> after)
    {
        if (_pollerCount == RingLayout.ConsumersMax)
            throw new InvalidOperationException($"A ring has at most {RingLayout.ConsumersMax} pollers: fuse stages or chain another ring.");
        long offset = RingLayout.ConsumersOffset + ((long)_pollerCount * RingLayout.LineBytes);
        var sequence = new Sequence(_block, offset);
        var poller = new EventPoller<TSlot>(this, sequence, (ConsumerCounters*)(_block.Address + offset), NewBarrier(after));
        AddGatingSequences([sequence], after);
        _pollerCount++;
        return poller;
    }

    /// <summary>A barrier over <paramref name="dependencies"/>, for consumers that are not pollers.</summary>
    public SequenceBarrier NewBarrier(params ReadOnlySpan<Sequence> dependencies) => new(Live, _block, dependencies);

    /// <summary>Holds producers back by the counters of consumers that are not pollers.</summary>
    /// <exception cref="InvalidOperationException">Slots were claimed already.</exception>
    public void AddGatingSequences(params ReadOnlySpan<Sequence> sequences) => AddGatingSequences(sequences, []);

    /// <summary>Closes the ring and frees its memory.</summary>
    public void Dispose()
    {
        if (_block.IsDisposed)
            return;
        Close();
        _block.Dispose();
    }

    internal bool IsVoid(long sequence) => _sequencer.IsVoid(sequence);

    private void AddGatingSequences(ReadOnlySpan<Sequence> added, ReadOnlySpan<Sequence> replaced) => Live.AddGates(added, replaced);
}
