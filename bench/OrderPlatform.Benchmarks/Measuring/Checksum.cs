using System.Runtime.CompilerServices;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>
/// Checks a run: each value is the number of its event (so the order holds and none is missing or doubled), and their sum is that of the
/// numbers. One addition and one comparison an event, the same for every contestant. There are four sums, since a sum in memory takes longer
/// to come back than a ring takes for an event: the check must not be what is measured.
/// </summary>
internal struct Checksum
{
    private Sums _sums;
    private long _wrong;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value, long number)
    {
        Unsafe.Add(ref Unsafe.As<Sums, long>(ref _sums), (nint)(number & 3)) += value;
        if (value != number)
            _wrong++;
    }

    public readonly void Verify(long count)
    {
        if (_wrong != 0)
            throw new InvalidOperationException($"Among {count} events at least one was lost, doubled or out of order.");
        long sum = unchecked(_sums[0] + _sums[1] + _sums[2] + _sums[3]);
        if (sum != unchecked(count * (count - 1) / 2))
            throw new InvalidOperationException($"Checksum {sum} of {count} events is wrong.");
    }

    [InlineArray(4)]
    private struct Sums
    {
        private long _first;
    }
}
