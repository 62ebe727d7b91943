using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrderPlatform.HdrHistogram;

/// <summary>Sums counts, 64 cells at a time.</summary>
internal static class CountScan
{
    /// <summary>The cells of one step.</summary>
    public const int BlockCells = 64;

    /// <summary>The sum of any number of counts.</summary>
    public static long Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        while (counts.Length >= BlockCells)
        {
            sum += SumOfBlock(counts[..BlockCells]);
            counts = counts[BlockCells..];
        }

        foreach (long count in counts)
            sum += count;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long SumOfBlock(ReadOnlySpan<long> block)
    {
        ref long first = ref MemoryMarshal.GetReference(block);
        Vector256<long> one = Vector256<long>.Zero;
        Vector256<long> two = Vector256<long>.Zero;
        Vector256<long> three = Vector256<long>.Zero;
        Vector256<long> four = Vector256<long>.Zero;
        for (nuint cell = 0; cell < BlockCells; cell += 16)
        {
            one += Vector256.LoadUnsafe(ref first, cell);
            two += Vector256.LoadUnsafe(ref first, cell + 4);
            three += Vector256.LoadUnsafe(ref first, cell + 8);
            four += Vector256.LoadUnsafe(ref first, cell + 12);
        }

        return Vector256.Sum(one + two + three + four);
    }
}
