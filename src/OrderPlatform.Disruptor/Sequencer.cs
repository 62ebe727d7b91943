using System.Numerics;

namespace OrderPlatform.Disruptor;

/// <summary>
/// Hands out sequences to producers and says which are published. A slot has a mark, an int that names the lap in which the slot
/// was published (positive) or abandoned (negative); 0 is "never". Laps make clearing unnecessary.
/// </summary>
internal abstract unsafe class Sequencer
{
    private readonly int _lapShift;
    private readonly object _wiring = new();
    private volatile Sequence[] _gates = [];
    private volatile bool _isWired;
    private volatile bool _isClosed;
    private long _finalSequence = long.MaxValue;

    protected Sequencer(NativeBlock block, in RingLayout layout)
    {
        Counters = (ProducerCounters*)block.Address;
        Marks = (int*)(block.Address + layout.MarksOffset);
        Capacity = layout.Capacity;
        _lapShift = BitOperations.Log2((uint)layout.Capacity);
        Counters->Claimed = Sequence.InitialValue;
        Counters->Cursor = Sequence.InitialValue;
        Counters->VoidLast = Sequence.InitialValue;
        // Below any real gate: the first claim takes the slow path, which ends the wiring.
        Counters->CachedGate = long.MinValue / 2;
    }

    public int Capacity { get; }

    public bool IsClosed => _isClosed;

    public long Cursor => Volatile.Read(ref Counters->Cursor);

    public long VoidLast => Volatile.Read(ref Counters->VoidLast);

    public long RefusedClaims => Volatile.Read(ref Counters->RefusedClaims);

    /// <summary>Last sequence that can ever be published; <see cref="long.MaxValue"/> while the ring is open.</summary>
    public long FinalSequence => Volatile.Read(ref _finalSequence);

    public long Gate => Sequence.Minimum(_gates, Sequence.InitialValue);

    protected ProducerCounters* Counters { get; }

    protected int* Marks { get; }

    protected abstract long LastClaimed { get; }

    public abstract ClaimResult TryClaim(int least, int most, out long first, out int count);

    public abstract void Publish(long first, long last);

    public abstract void PublishVoid(long first, long last);

    /// <summary>Highest sequence so that it and everything from <paramref name="from"/> on is published; from - 1 if none.</summary>
    public abstract long HighestPublished(long from);

    public bool IsVoid(long sequence) => Marks[Index(sequence)] == -Stamp(sequence);

    /// <summary>Puts <paramref name="added"/> among the counters that hold producers back, and takes out those it runs behind.</summary>
    public void AddGates(ReadOnlySpan<Sequence> added, ReadOnlySpan<Sequence> replaced)
    {
        lock (_wiring)
        {
            if (_isWired)
                throw new InvalidOperationException("The ring has handed out slots already: wire all its consumers before the first claim.");
            var gates = new List<Sequence>(_gates);
            foreach (Sequence sequence in replaced)
                gates.Remove(sequence);
            gates.AddRange(added);
            _gates = [.. gates];
        }
    }

    /// <remarks>
    /// A producer stores its claim and then reads the flag; here the flag is stored and then the claims are read. The process-wide
    /// barrier stands in for the fence that the producers' path would need, so either the claim is seen here or the flag there.
    /// </remarks>
    public void Close()
    {
        lock (_wiring)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            Interlocked.MemoryBarrierProcessWide();
            Volatile.Write(ref _finalSequence, LastClaimed);
        }
    }

    protected long RefreshGate()
    {
        if (!_isWired)
        {
            lock (_wiring)
                _isWired = true;
        }

        long gate = Gate;
        Volatile.Write(ref Counters->CachedGate, gate);
        return gate;
    }

    /// <summary>For a claim that met the closing: true if the closing counted it, so that consumers wait for it.</summary>
    protected bool IsCounted(long last)
    {
        // Whoever sees the flag finds the final sequence behind the lock.
        lock (_wiring)
            return last <= _finalSequence;
    }

    protected int Index(long sequence) => (int)sequence & (Capacity - 1);

    /// <summary>The lap, folded to 30 bits and never 0: two laps that meet in a slot differ by one, so folding cannot confuse them.</summary>
    protected int Stamp(long sequence) => ((int)(sequence >> _lapShift) & 0x3FFF_FFFF) + 1;
}
