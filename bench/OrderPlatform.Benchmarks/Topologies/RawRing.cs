using System.Runtime.InteropServices;
using OrderPlatform.Benchmarks.Measuring;

namespace OrderPlatform.Benchmarks.Topologies;

/// <summary>
/// Two threads, slots and two counters, written by hand: no closing, no checks, no waiting but a pause, and the consumer takes and frees
/// an eighth of the ring at a time. Not a queue that anybody could use, but what the machine gives to one at this hour.
/// </summary>
internal static unsafe class RawRing<TSlot>
    where TSlot : unmanaged, ISlot<TSlot>
{
    private const int LineLongs = 32;

    public static RunResult Run(TimeSpan time, int capacity)
    {
        var slots = (TSlot*)NativeMemory.AlignedAlloc((nuint)(capacity * sizeof(TSlot)), 256);
        long* counters = (long*)NativeMemory.AlignedAlloc(2 * LineLongs * sizeof(long), 256);
        NativeMemory.Clear(slots, (nuint)(capacity * sizeof(TSlot)));
        counters[0] = counters[LineLongs] = -1;
        var ending = new Ending(time);
        var checksum = default(Checksum);
        double batch = 0;
        double seconds = Crew.Run(
            new Role(Crew.First, () =>
            {
                long limit = capacity - 1;
                ending.Produce(first => limit = Send(slots, counters, capacity, first, limit));
            }),
            new Role(Crew.Second, () => batch = ending.Consume(() => Take(slots, counters, capacity, ref checksum))));
        NativeMemory.AlignedFree(slots);
        NativeMemory.AlignedFree(counters);
        checksum.Verify(ending.Total);
        return new RunResult(ending.Total, seconds, batch);
    }

    private static long Send(TSlot* slots, long* counters, int capacity, long first, long limit)
    {
        for (long value = first; value < first + Ending.Chunk; value++)
        {
            while (value > limit)
            {
                limit = Volatile.Read(ref counters[LineLongs]) + capacity;
                if (value > limit)
                    Thread.SpinWait(8);
            }

            TSlot.Put(ref slots[value & (capacity - 1)], value);
            Volatile.Write(ref counters[0], value);
        }

        return limit;
    }

    private static int Take(TSlot* slots, long* counters, int capacity, ref Checksum checksum)
    {
        long next = counters[LineLongs] + 1;
        long last = Math.Min(Volatile.Read(ref counters[0]), next + (capacity / 8) - 1);
        Checksum sum = checksum;
        for (long sequence = next; sequence <= last; sequence++)
            sum.Add(slots[sequence & (capacity - 1)].Value, sequence);
        checksum = sum;
        Volatile.Write(ref counters[LineLongs], last);
        Thread.SpinWait(last < next ? 1 : 64);
        return (int)(last - next + 1);
    }
}
