using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor;

/// <summary>
/// An ever-growing counter with one writer, alone on its 128 bytes of native memory. Written with release, read with acquire:
/// whoever sees the number sees everything that was written before it.
/// </summary>
public sealed unsafe class Sequence
{
    /// <summary>The value before the first sequence, which is 0.</summary>
    public const long InitialValue = -1;

    private readonly long* _address;

    /// <summary>A counter in memory of its own, for a consumer outside a ring's pollers (a durable position, say).</summary>
    public Sequence(long initialValue = InitialValue)
        : this(new NativeBlock(RingLayout.LineBytes), 0)
    {
        SetValue(initialValue);
    }

    internal Sequence(NativeBlock block, long offsetBytes)
    {
        Block = block;
        _address = (long*)(block.Address + offsetBytes);
    }

    /// <summary>The counter's value (acquire).</summary>
    /// <exception cref="ObjectDisposedException">The ring that holds the counter was disposed.</exception>
    public long Value => Get<HardwareMemory>();

    internal NativeBlock Block { get; }

    /// <summary>Moves the counter (release). Only its one writer may do so.</summary>
    /// <exception cref="ObjectDisposedException">The ring that holds the counter was disposed.</exception>
    public void SetValue(long value)
    {
        ObjectDisposedException.ThrowIf(Block.IsDisposed, typeof(RingBuffer<>));
        HardwareMemory.WriteRelease(_address, value);
        GC.KeepAlive(this);
    }

    internal static long Minimum<TMemory>(ReadOnlySpan<Sequence> sequences, long otherwise)
        where TMemory : struct, ISharedMemory
    {
        if (sequences.IsEmpty)
            return otherwise;
        long minimum = long.MaxValue;
        foreach (Sequence sequence in sequences)
            minimum = Math.Min(minimum, sequence.Get<TMemory>());
        return minimum;
    }

    private long Get<TMemory>()
        where TMemory : struct, ISharedMemory
    {
        ObjectDisposedException.ThrowIf(Block.IsDisposed, typeof(RingBuffer<>));
        long value = TMemory.ReadAcquire(_address);
        GC.KeepAlive(this);
        return value;
    }
}
