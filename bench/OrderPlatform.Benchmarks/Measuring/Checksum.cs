using System.Runtime.CompilerServices;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>
/// Checks a run: each value is the number of its event (so the order holds and none is missing or doubled), and their sum is that of the
/// numbers. One addition and one comparison an event, the same for every contestant.
/// </summary>
internal struct Checksum
{
    private long _sum;
    private long _wrong;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value, long number)
    {
        _sum += value;
        if (value != number)
            _wrong++;
    }

    public readonly void Verify(long count)
    {
        if (_wrong != 0)
            throw new InvalidOperationException($"Among {count} events at least one was lost, doubled or out of order.");
        if (_sum != unchecked(count * (count - 1) / 2))
            throw new InvalidOperationException($"Checksum {_sum} of {count} events is wrong.");
    }
}
