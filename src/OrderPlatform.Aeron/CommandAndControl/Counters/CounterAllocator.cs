using System.Text;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.CommandAndControl.Counters;

/// <summary>
/// Allocates counters in shared memory; one thread of the driver. An id that was freed is given out again only after a time, so that whoever
/// still reads it does not take the next counter's value for its own. Source: aeron_counters_manager.h of Aeron 1.52.
/// </summary>
public sealed class CounterAllocator
{
    private const long NanosPerMilli = 1_000_000;

    private readonly UnsafeBuffer _metaData;
    private readonly UnsafeBuffer _values;
    private readonly IClock _clock;
    private readonly long _freeToReuseTimeoutMs;
    private readonly Action<int> _free;

    /// <summary>In the order in which they were freed, which is that of their deadlines.</summary>
    private readonly Queue<(int Id, long DeadlineMs)> _freed = new();

    /// <summary>By id. What stands in shared memory others may overwrite; what the driver does must not depend on it.</summary>
    private readonly List<bool> _isAllocated = [];

    /// <param name="metaData">A record of metadata per counter, zeroed.</param>
    /// <param name="values">A record of values per counter, zeroed.</param>
    /// <param name="clock">Says when a freed id may be used again.</param>
    /// <param name="freeToReuseTimeoutNs">How long after it was freed.</param>
    public CounterAllocator(UnsafeBuffer metaData, UnsafeBuffer values, IClock clock, long freeToReuseTimeoutNs)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfNegative(freeToReuseTimeoutNs);
        _metaData = metaData;
        _values = values;
        _clock = clock;
        _freeToReuseTimeoutMs = freeToReuseTimeoutNs / NanosPerMilli;
        _free = Free;
        Capacity = CountersDescriptor.Capacity(metaData, values);
    }

    /// <summary>How many counters there can be at once.</summary>
    public int Capacity { get; }

    /// <summary>Makes a counter with the value zero.</summary>
    /// <param name="typeId">What kind; see <see cref="CounterTypes"/>.</param>
    /// <param name="key">What it counts, by a layout of its type; cut to <see cref="CountersDescriptor.KeyMaxLength"/> bytes.</param>
    /// <param name="label">For people; cut to <see cref="CountersDescriptor.LabelMaxLength"/> bytes.</param>
    /// <param name="registrationId">What was asked for when it was made.</param>
    /// <param name="ownerId">The client that it belongs to.</param>
    /// <param name="referenceId">The thing that it belongs to.</param>
    /// <returns>The counter; closing it frees the id.</returns>
    /// <exception cref="ControlProtocolException">There are <see cref="Capacity"/> already.</exception>
    public AtomicCounter Allocate(int typeId, ReadOnlySpan<byte> key, string label, long registrationId = 0, long ownerId = 0, long referenceId = 0) =>
        Allocate(typeId, key, Encoding.UTF8.GetBytes(label), registrationId, ownerId, referenceId);

    /// <inheritdoc cref="Allocate(int, ReadOnlySpan{byte}, string, long, long, long)"/>
    public AtomicCounter Allocate(
        int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, long registrationId = 0, long ownerId = 0, long referenceId = 0)
    {
        int id = TakeId();
        _isAllocated[id] = true;
        long value = (long)id * CountersDescriptor.ValueRecordLength;
        _values.PutLong(value + CountersDescriptor.OwnerIdOffset, ownerId);
        _values.PutLong(value + CountersDescriptor.ReferenceIdOffset, referenceId);
        _values.PutLongRelease(value + CountersDescriptor.RegistrationIdOffset, registrationId);
        _values.PutLongRelease(value + CountersDescriptor.ValueOffset, 0);

        long record = (long)id * CountersDescriptor.MetaDataRecordLength;
        ReadOnlySpan<byte> keptKey = key[..Math.Min(key.Length, CountersDescriptor.KeyMaxLength)];
        _metaData.PutInt(record + CountersDescriptor.TypeIdOffset, typeId);
        _metaData.PutLong(record + CountersDescriptor.FreeForReuseDeadlineMsOffset, CountersDescriptor.NotFreeToReuse);
        _metaData.Clear(record + CountersDescriptor.KeyOffset, CountersDescriptor.KeyMaxLength);
        keptKey.CopyTo(_metaData.AsSpan(record + CountersDescriptor.KeyOffset, keptKey.Length));
        PutLabel(record, label);
        _metaData.PutIntRelease(record + CountersDescriptor.StateOffset, CountersDescriptor.RecordAllocated);
        return new AtomicCounter(_values, id, _free);
    }

    /// <summary>Frees a counter. Its value and its label stay readable until the id is used again.</summary>
    /// <exception cref="ArgumentException">There is no such counter.</exception>
    public void Free(int counterId)
    {
        long record = AllocatedRecord(counterId);
        _metaData.PutIntRelease(record + CountersDescriptor.StateOffset, CountersDescriptor.RecordReclaimed);
        _metaData.Clear(record + CountersDescriptor.KeyOffset, CountersDescriptor.KeyMaxLength);
        long deadlineMs = _clock.EpochMillis + _freeToReuseTimeoutMs;
        _metaData.PutLongRelease(record + CountersDescriptor.FreeForReuseDeadlineMsOffset, deadlineMs);
        _isAllocated[counterId] = false;
        _freed.Enqueue((counterId, deadlineMs));
    }

    /// <summary>Replaces a label.</summary>
    /// <inheritdoc cref="Free" path="/exception"/>
    public void SetLabel(int counterId, string label) => PutLabel(AllocatedRecord(counterId), Encoding.UTF8.GetBytes(label));

    /// <summary>Adds to the end of a label what there is room for.</summary>
    /// <inheritdoc cref="Free" path="/exception"/>
    public void AppendToLabel(int counterId, string suffix)
    {
        long record = AllocatedRecord(counterId);
        ReadOnlySpan<byte> added = Encoding.UTF8.GetBytes(suffix);
        int length = Math.Clamp(_metaData.GetInt(record + CountersDescriptor.LabelLengthOffset), 0, CountersDescriptor.LabelMaxLength);
        added = Cut(added, CountersDescriptor.LabelMaxLength - length);
        added.CopyTo(_metaData.AsSpan(record + CountersDescriptor.LabelOffset + length, added.Length));
        _metaData.PutIntRelease(record + CountersDescriptor.LabelLengthOffset, length + added.Length);
    }

    /// <summary>Replaces a key, cut to <see cref="CountersDescriptor.KeyMaxLength"/> bytes.</summary>
    /// <inheritdoc cref="Free" path="/exception"/>
    public void SetKey(int counterId, ReadOnlySpan<byte> key)
    {
        long record = AllocatedRecord(counterId);
        Span<byte> target = _metaData.AsSpan(record + CountersDescriptor.KeyOffset, CountersDescriptor.KeyMaxLength);
        key = key[..Math.Min(key.Length, target.Length)];
        key.CopyTo(target);
        target[key.Length..].Clear();
    }

    /// <summary>Replaces the id of what a counter belongs to.</summary>
    /// <inheritdoc cref="Free" path="/exception"/>
    public void SetReferenceId(int counterId, long referenceId)
    {
        AllocatedRecord(counterId);
        _values.PutLongRelease(((long)counterId * CountersDescriptor.ValueRecordLength) + CountersDescriptor.ReferenceIdOffset, referenceId);
    }

    private int TakeId()
    {
        if (_freed.TryPeek(out (int Id, long DeadlineMs) freed) && _clock.EpochMillis >= freed.DeadlineMs)
            return _freed.Dequeue().Id;
        if (_isAllocated.Count < Capacity)
        {
            _isAllocated.Add(false);
            return _isAllocated.Count - 1;
        }

        throw new ControlProtocolException(
            ErrorCode.StorageSpace,
            $"There is no counter free: all {Capacity} are used, {_freed.Count} of them until their time of reuse. "
                + "Close what is not needed, or give the driver a longer counters buffer.");
    }

    private long AllocatedRecord(int counterId)
    {
        if ((uint)counterId >= (uint)_isAllocated.Count || !_isAllocated[counterId])
            throw new ArgumentException($"There is no counter {counterId}.", nameof(counterId));
        return (long)counterId * CountersDescriptor.MetaDataRecordLength;
    }

    private void PutLabel(long record, ReadOnlySpan<byte> label)
    {
        ReadOnlySpan<byte> kept = Cut(label, CountersDescriptor.LabelMaxLength);
        kept.CopyTo(_metaData.AsSpan(record + CountersDescriptor.LabelOffset, kept.Length));
        _metaData.PutIntRelease(record + CountersDescriptor.LabelLengthOffset, kept.Length);
    }

    /// <summary>At most that many bytes, and no part of a character.</summary>
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int lengthMax)
    {
        if (text.Length <= lengthMax)
            return text;
        int length = lengthMax;
        while (length > 0 && (text[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return text[..length];
    }
}
