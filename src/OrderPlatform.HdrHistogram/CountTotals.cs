namespace OrderPlatform.HdrHistogram;

/// <summary>
/// The sums of a histogram's counts by blocks, made in one vector pass: gives the total, and then the cell in which a running total reaches a number by looking
/// at the sums and at one block.
/// </summary>
internal readonly ref struct CountTotals
{
    /// <summary>Room for so many sums is needed.</summary>
    public const int BlocksMax = 512;

    private readonly ReadOnlySpan<long> _counts;
    private readonly ReadOnlySpan<long> _blocks;
    private readonly int _blockCells;

    public CountTotals(ReadOnlySpan<long> counts, Span<long> room)
    {
        const int Step = BlocksMax * CountScan.BlockCells;
        _counts = counts;
        _blockCells = CountScan.BlockCells * Math.Max(1, (counts.Length + Step - 1) / Step);
        _blocks = room[..((counts.Length + _blockCells - 1) / _blockCells)];
        for (int block = 0; block < _blocks.Length; block++)
        {
            int first = block * _blockCells;
            room[block] = CountScan.Sum(counts.Slice(first, Math.Min(_blockCells, counts.Length - first)));
            Total += room[block];
        }
    }

    /// <summary>The sum of all.</summary>
    public long Total { get; }

    /// <summary>The first cell up to which, itself included, at least <paramref name="need"/> are counted; the last cell if that many are not there.</summary>
    public int IndexReaching(long need)
    {
        long below = 0;
        int block = 0;
        while (block < _blocks.Length - 1 && below + _blocks[block] < need)
            below += _blocks[block++];
        int index = block * _blockCells;
        while (index < _counts.Length - 1 && below + _counts[index] < need)
            below += _counts[index++];
        return index;
    }
}
