using System.Text;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl.Counters;

/// <summary>
/// Reads the counters of a driver, from any thread and process, while they change. Nothing that stands in them is trusted: ids are checked, and
/// lengths are cut to what there is room for. Source: aeron_counters_manager.h of Aeron 1.52.
/// </summary>
/// <param name="metaData">A record of metadata per counter.</param>
/// <param name="values">A record of values per counter.</param>
public sealed class CountersReader(UnsafeBuffer metaData, UnsafeBuffer values)
{
    /// <summary>What a search returns that finds nothing.</summary>
    public const int NullCounterId = -1;

    /// <summary>The metadata, by the offsets of <see cref="CountersDescriptor"/>.</summary>
    public UnsafeBuffer MetaData { get; } = metaData;

    /// <summary>The values, by the offsets of <see cref="CountersDescriptor"/>.</summary>
    public UnsafeBuffer Values { get; } = values;

    /// <summary>The greatest id that a counter can have.</summary>
    public int MaxCounterId { get; } = CountersDescriptor.Capacity(metaData, values) - 1;

    /// <summary>One of the states that <see cref="CountersDescriptor"/> names; anything else is damage.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public int State(int counterId) => MetaData.GetIntVolatile(Record(counterId) + CountersDescriptor.StateOffset);

    /// <summary>What kind of counter.</summary>
    /// <inheritdoc cref="State" path="/exception"/>
    public int TypeId(int counterId) => MetaData.GetInt(Record(counterId) + CountersDescriptor.TypeIdOffset);

    /// <summary>Milliseconds since the epoch from which a freed id may be used again.</summary>
    /// <inheritdoc cref="State" path="/exception"/>
    public long FreeForReuseDeadlineMs(int counterId) =>
        MetaData.GetLongVolatile(Record(counterId) + CountersDescriptor.FreeForReuseDeadlineMsOffset);

    /// <summary>The label.</summary>
    /// <inheritdoc cref="State" path="/exception"/>
    public string Label(int counterId)
    {
        long record = Record(counterId);
        int length = MetaData.GetIntVolatile(record + CountersDescriptor.LabelLengthOffset);
        return Encoding.UTF8.GetString(
            MetaData.AsSpan(record + CountersDescriptor.LabelOffset, Math.Clamp(length, 0, CountersDescriptor.LabelMaxLength)));
    }

    /// <summary>A copy of the key: all of its <see cref="CountersDescriptor.KeyMaxLength"/> bytes.</summary>
    /// <inheritdoc cref="State" path="/exception"/>
    public byte[] Key(int counterId) =>
        MetaData.AsSpan(Record(counterId) + CountersDescriptor.KeyOffset, CountersDescriptor.KeyMaxLength).ToArray();

    /// <summary>The value, with acquire order.</summary>
    /// <inheritdoc cref="State" path="/exception"/>
    public long Value(int counterId) => Values.GetLongVolatile(ValueRecord(counterId) + CountersDescriptor.ValueOffset);

    /// <summary>What was asked for when the counter was made.</summary>
    /// <inheritdoc cref="State" path="/exception"/>
    public long RegistrationId(int counterId) => Values.GetLongVolatile(ValueRecord(counterId) + CountersDescriptor.RegistrationIdOffset);

    /// <summary>The client that the counter belongs to.</summary>
    /// <inheritdoc cref="State" path="/exception"/>
    public long OwnerId(int counterId) => Values.GetLong(ValueRecord(counterId) + CountersDescriptor.OwnerIdOffset);

    /// <summary>The thing that the counter belongs to.</summary>
    /// <inheritdoc cref="State" path="/exception"/>
    public long ReferenceId(int counterId) => Values.GetLong(ValueRecord(counterId) + CountersDescriptor.ReferenceIdOffset);

    /// <summary>True for a counter that is in use now.</summary>
    public bool IsAllocated(int counterId) =>
        (uint)counterId <= (uint)MaxCounterId && MaxCounterId >= 0 && State(counterId) == CountersDescriptor.RecordAllocated;

    /// <summary>All counters in use, by rising id, each as it is when its turn comes.</summary>
    public IEnumerable<CounterRecord> Counters()
    {
        for (int id = 0; id <= MaxCounterId; id++)
        {
            int state = State(id);
            if (state == CountersDescriptor.RecordUnused)
                yield break;
            if (state == CountersDescriptor.RecordAllocated)
                yield return new CounterRecord(id, TypeId(id), Label(id), Value(id), RegistrationId(id), OwnerId(id), ReferenceId(id));
        }
    }

    /// <summary>The counter in use of a type and a registration id; <see cref="NullCounterId"/> if there is none.</summary>
    public int FindByTypeIdAndRegistrationId(int typeId, long registrationId)
    {
        for (int id = 0; id <= MaxCounterId; id++)
        {
            int state = State(id);
            if (state == CountersDescriptor.RecordUnused)
                break;
            if (state == CountersDescriptor.RecordAllocated && TypeId(id) == typeId && RegistrationId(id) == registrationId)
                return id;
        }

        return NullCounterId;
    }

    private long Record(int counterId) => (long)Checked(counterId) * CountersDescriptor.MetaDataRecordLength;

    private long ValueRecord(int counterId) => (long)Checked(counterId) * CountersDescriptor.ValueRecordLength;

    private int Checked(int counterId)
    {
        if (counterId < 0 || counterId > MaxCounterId)
            throw new ArgumentOutOfRangeException(nameof(counterId), $"There is no counter {counterId}: ids go from 0 to {MaxCounterId}.");
        return counterId;
    }
}
