using System.Numerics;
using System.Runtime.CompilerServices;
using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Sequencing;

/// <summary>
/// Hands out sequences to producers and says which are published. A slot has a mark, an int that names the lap in which the slot
/// was published (positive) or abandoned (negative); 0 is "never". Laps make clearing unnecessary.
/// </summary>
internal abstract unsafe class Sequencer<TMemory>
    where TMemory : struct, ISharedMemory
{
    private readonly int _lapShift;
    private readonly Lock _wiring = new();
    private volatile Sequence[] _gates = [];
    private IWakeTarget[] _wakeOnPublish = [];
    private bool _hasSleepers;
    private volatile bool _isWired;

    protected Sequencer(NativeBlock block, in RingLayout layout)
    {
        Counters = (ProducerCounters*)block.Address;
        Marks = (int*)(block.Address + layout.MarksOffset);
        Capacity = layout.Capacity;
        _lapShift = BitOperations.Log2((uint)layout.Capacity);

        // The limit equals what is claimed: the first claim takes the slow path, which ends the wiring.
        Counters->Claimed = Sequence.InitialValue;
        Counters->Limit = Sequence.InitialValue;
        Counters->Cursor = Sequence.InitialValue;
        Counters->VoidLast = Sequence.InitialValue;
        Counters->Final = long.MaxValue;
    }

    public int Capacity { get; }

    public bool IsClosed => TMemory.ReadAcquire(&Counters->Closed) != 0;

    public long Cursor => TMemory.ReadAcquire(&Counters->Cursor);

    public long VoidLast => TMemory.ReadAcquire(&Counters->VoidLast);

    public long RefusedClaims => Volatile.Read(ref Counters->RefusedClaims);

    public long OccupancyHighWater => Volatile.Read(ref Counters->OccupancyHighWater);

    /// <summary>Last sequence that can ever be published; <see cref="long.MaxValue"/> while the ring is open.</summary>
    public long FinalSequence => TMemory.ReadAcquire(&Counters->Final);

    public long Gate => Sequence.Minimum<TMemory>(_gates, Sequence.InitialValue);

    protected ProducerCounters* Counters { get; }

    protected int* Marks { get; }

    protected bool HasSleepers => _hasSleepers;

    protected abstract long LastClaimed { get; }

    public abstract ClaimResult TryClaim(int least, int most, out long first, out int count);

    public abstract void Publish(long first, long last);

    public abstract void PublishVoid(long first, long last);

    /// <summary>Highest sequence so that it and everything from <paramref name="from"/> on is published; from - 1 if none.</summary>
    public abstract long HighestPublished(long from);

    public bool IsVoid(long sequence) => TMemory.ReadAcquire(&Marks[Index(sequence)]) == -Stamp(sequence);

    /// <summary>Puts <paramref name="added"/> among the counters that hold producers back, and takes out those it runs behind.</summary>
    public void AddGates(ReadOnlySpan<Sequence> added, ReadOnlySpan<Sequence> replaced)
    {
        lock (_wiring)
        {
            ThrowIfWired();
            var gates = new List<Sequence>(_gates);
            foreach (Sequence sequence in replaced)
                gates.Remove(sequence);
            gates.AddRange(added);
            _gates = [.. gates];
        }
    }

    public bool IsGate(Sequence sequence) => _gates.Contains(sequence);

    /// <summary>Has <paramref name="target"/> signalled after each publication.</summary>
    public void AddWakeTarget(IWakeTarget target)
    {
        lock (_wiring)
        {
            ThrowIfWired();
            _wakeOnPublish = [.. _wakeOnPublish, target];
            _hasSleepers = true;
        }
    }

    /// <summary>Puts the poison behind the last claim.</summary>
    /// <remarks>
    /// A producer stores its claim and then reads the flag; here the flag is stored and then the claims are read. The process-wide
    /// fence stands in for the one that the producer's path would need, so either the claim is seen here or the flag there.
    /// </remarks>
    public void Close()
    {
        if (TMemory.CompareExchange(&Counters->Closed, 1, 0) != 0)
            return;
        TMemory.ProcessWideFence();
        TMemory.WriteRelease(&Counters->Final, LastClaimed);
        SignalPublished();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void SignalPublished()
    {
        foreach (IWakeTarget target in _wakeOnPublish)
            target.Signal();
    }

    protected long ReadLimit(long claimed)
    {
        if (!_isWired)
        {
            lock (_wiring)
                _isWired = true;
        }

        long gate = Gate;
        NoteOccupancy(claimed - gate);
        return gate + Capacity;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public ClaimResult Refuse()
    {
        if (IsClosed)
            return ClaimResult.Closed;
        Interlocked.Increment(ref Counters->RefusedClaims);
        return ClaimResult.Full;
    }

    protected int Index(long sequence) => (int)sequence & (Capacity - 1);

    /// <summary>The lap, folded to 30 bits and never 0: two laps that meet in a slot differ by one, so folding cannot confuse them.</summary>
    protected int Stamp(long sequence) => ((int)(sequence >> _lapShift) & 0x3FFF_FFFF) + 1;

    // A statistic, not part of the protocol: two producers at once may lose the lower of two highs, and then one that is a moment old.
    private void NoteOccupancy(long occupancy)
    {
        if (occupancy > Counters->OccupancyHighWater)
            Volatile.Write(ref Counters->OccupancyHighWater, Math.Min(occupancy, Capacity));
    }

    private void ThrowIfWired()
    {
        if (_isWired)
            throw new InvalidOperationException("The ring has handed out slots already: wire all its consumers before the first claim.");
    }
}
