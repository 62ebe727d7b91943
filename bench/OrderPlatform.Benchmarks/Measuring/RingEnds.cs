using OrderPlatform.Disruptor;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>Fills a slot with a number.</summary>
internal readonly struct Fill<TSlot>(long value) : IEventTranslator<TSlot>
    where TSlot : unmanaged, ISlot<TSlot>
{
    public void TranslateTo(ref TSlot data, long sequence) => TSlot.Put(ref data, value);
}

/// <summary>Fills all bytes of a slot with a number.</summary>
internal readonly struct FillWhole<TSlot>(long value) : IEventTranslator<TSlot>
    where TSlot : unmanaged, ISlot<TSlot>
{
    public void TranslateTo(ref TSlot data, long sequence) => TSlot.PutWhole(ref data, value);
}

/// <summary>Checks the numbers of a ring that one producer fills.</summary>
internal struct RingCheck<TSlot> : IEventHandler<TSlot>
    where TSlot : unmanaged, ISlot<TSlot>
{
    public Checksum Checksum;

    public void OnEvent(ref TSlot data, long sequence, bool endOfBatch) => Checksum.Add(data.Value, sequence);
}
