using System.Runtime.InteropServices;
using OrderPlatform.Disruptor;

namespace OrderPlatform.Benchmarks;

[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct Slot64
{
    public long Value;
}

[StructLayout(LayoutKind.Sequential, Size = 128)]
public struct Slot128
{
    public long Value;
}

[StructLayout(LayoutKind.Sequential, Size = 256)]
public struct Slot256
{
    public long Value;
}

/// <summary>Adds up what it is handed: the checksum of a run. The value is the first eight bytes of any slot.</summary>
internal struct RingChecksum<TSlot> : IEventHandler<TSlot>
    where TSlot : unmanaged
{
    public long Sum;

    public void OnEvent(ref TSlot data, long sequence, bool endOfBatch) => Sum += System.Runtime.CompilerServices.Unsafe.As<TSlot, long>(ref data);

    public static void Verify(long sum, long count)
    {
        if (sum != count * (count - 1) / 2)
            throw new InvalidOperationException($"Checksum {sum} of {count} events is wrong.");
    }
}
