using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrderPlatform.HdrHistogram;

/// <summary>Finds where the running total of counts reaches a number, 64 cells at a time.</summary>
internal static class CountScan
{
    private const int BlockCells = 64;

    /// <summary>The first cell up to which, itself included, at least <paramref name="need"/> are counted. Looks from both ends in turns.</summary>
    /// <remarks>
    /// From above it is the last cell from which up more than total - need are counted: what lies above a cell is total minus what lies up to it, so "at
    /// least need up to here" and "at most total - need above here" are one condition. Whichever end meets the cell first has the answer; the other has
    /// by then done as much work, so the cost is at most twice that from the nearer end.
    /// </remarks>
    public static int IndexReaching(ReadOnlySpan<long> counts, long need, long total)
    {
        int low = 0;
        int high = counts.Length;
        long below = 0;
        long above = 0;
        while (high - low >= 2 * BlockCells)
        {
            long lower = SumOfBlock(counts.Slice(low, BlockCells));
            if (below + lower >= need)
                return FirstReaching(counts, low, below, need);
            below += lower;
            low += BlockCells;

            long upper = SumOfBlock(counts.Slice(high - BlockCells, BlockCells));
            if (above + upper > total - need)
                return LastExceeding(counts, high, above, total - need);
            above += upper;
            high -= BlockCells;
        }

        return FirstReaching(counts, low, below, need);
    }

    /// <summary>
    /// As <see cref="IndexReaching"/>, going on from cell <paramref name="index"/> below which <paramref name="below"/> are counted, and moving both there.
    /// </summary>
    public static void Advance(ReadOnlySpan<long> counts, ref int index, ref long below, long need)
    {
        while (counts.Length - index >= BlockCells)
        {
            long block = SumOfBlock(counts.Slice(index, BlockCells));
            if (below + block >= need)
                break;
            below += block;
            index += BlockCells;
        }

        while (index < counts.Length - 1 && below + counts[index] < need)
            below += counts[index++];
    }

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

    private static int FirstReaching(ReadOnlySpan<long> counts, int index, long below, long need)
    {
        while (index < counts.Length - 1 && below + counts[index] < need)
            below += counts[index++];
        return index;
    }

    private static int LastExceeding(ReadOnlySpan<long> counts, int end, long above, long limit)
    {
        int index = end - 1;
        while (index > 0 && above + counts[index] <= limit)
            above += counts[index--];
        return index;
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
