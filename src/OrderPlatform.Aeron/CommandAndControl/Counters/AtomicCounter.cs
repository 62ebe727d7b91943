using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl.Counters;

/// <summary>
/// A 64-bit value in shared memory with an id: a counter of events, a position, a status. One writer, unless the member says otherwise;
/// anybody reads. Whoever owns the memory keeps it mapped as long as the counter is used.
/// </summary>
public sealed unsafe class AtomicCounter
{
    private readonly long* _value;

    /// <param name="values">The values of all counters.</param>
    /// <param name="counterId">Which of them.</param>
    /// <param name="onClose">Frees the id; null for a counter that somebody else owns.</param>
    public AtomicCounter(UnsafeBuffer values, int counterId, Action<int>? onClose = null)
    {
        _value = (long*)values.At((long)counterId * CountersDescriptor.ValueRecordLength, CountersDescriptor.ValueRecordLength);
        Id = counterId;
        _onClose = onClose;
    }

    private Action<int>? _onClose;

    /// <summary>Its place among the counters.</summary>
    public int Id { get; }

    /// <summary>True after <see cref="Close"/>.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Reads with acquire order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Get() => Volatile.Read(ref *_value);

    /// <summary>Reads without order: for its own writer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetPlain() => *_value;

    /// <summary>Writes with release order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetRelease(long value) => Volatile.Write(ref *_value, value);

    /// <summary>Raises with release order; leaves a greater value alone. True if it was raised.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ProposeMaxRelease(long value)
    {
        if (*_value >= value)
            return false;
        Volatile.Write(ref *_value, value);
        return true;
    }

    /// <summary>Adds one, from any thread.</summary>
    public long Increment() => Interlocked.Increment(ref *_value) - 1;

    /// <summary>Adds, from any thread.</summary>
    public long GetAndAdd(long delta) => Interlocked.Add(ref *_value, delta) - delta;

    /// <summary>Adds with release order, by the only writer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddRelease(long delta) => Volatile.Write(ref *_value, *_value + delta);

    /// <summary>Frees the id, once.</summary>
    public void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        _onClose?.Invoke(Id);
        _onClose = null;
    }
}
