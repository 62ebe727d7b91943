using OrderPlatform.Disruptor;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>Checks numbers of several producers in one stream: each producer's own come in order, and all come. The producer is in the upper bits.</summary>
internal readonly struct MergeCheck(int producers) : IEventHandler<Slot64>
{
    private const int Shift = 48;

    private readonly long[] _next = new long[producers];
    private readonly long[] _wrong = new long[1];

    public static long Origin(int producer) => (long)producer << Shift;

    public void OnEvent(ref Slot64 data, long sequence, bool endOfBatch)
    {
        int producer = (int)(data.Value >> Shift);
        _wrong[0] |= (data.Value ^ _next[producer]) & ((1L << Shift) - 1);
        _next[producer]++;
    }

    public void Verify(long count)
    {
        if (_wrong[0] != 0 || _next.Sum() != count)
            throw new InvalidOperationException($"{_next.Sum()} of {count} events came, or a producer's own were out of order.");
    }
}
