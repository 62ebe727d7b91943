namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// What a thread or a message knows, as a number for a row: a vector clock (for each thread, how many releases of it happened before)
/// and for each cell the floor, the oldest message that may still be read.
/// </summary>
internal sealed class Views(int threads, int cells)
{
    /// <summary>The view of a message that orders nothing.</summary>
    public const int None = -1;

    private readonly RowTable _rows = new();
    private int? _nothing;
    private readonly Dictionary<long, int> _joins = [];
    private readonly Dictionary<long, int> _since = [];

    /// <summary>The view that covers nothing.</summary>
    public int Nothing => _nothing ??= _rows.Intern(new int[threads + cells]);

    public int Initial(int thread) => Tick(Nothing, thread);

    public int Clock(int view, int thread) => _rows[view][thread];

    public int Floor(int view, int cell) => _rows[view][threads + cell];

    public int WithFloor(int view, int cell, int floor)
    {
        if (Floor(view, cell) >= floor)
            return view;
        Span<int> row = stackalloc int[threads + cells];
        _rows[view].CopyTo(row);
        row[threads + cell] = floor;
        return _rows.Intern(row);
    }

    /// <summary>After a release: what the thread does from now on is not covered by it.</summary>
    public int Tick(int view, int thread)
    {
        Span<int> row = stackalloc int[threads + cells];
        _rows[view].CopyTo(row);
        row[thread]++;
        return _rows.Intern(row);
    }

    /// <summary>The floors alone: what a fence passes on. It makes stores visible, but lets nothing happen before anything.</summary>
    public int FloorsOf(int view)
    {
        Span<int> row = stackalloc int[threads + cells];
        _rows[view].CopyTo(row);
        row[..threads].Clear();
        return _rows.Intern(row);
    }

    /// <summary>What all threads in the mask know.</summary>
    public int Common(ReadOnlySpan<int> viewOfThread, int mask)
    {
        Span<int> row = stackalloc int[threads + cells];
        row.Fill(int.MaxValue);
        for (int thread = 0; thread < threads; thread++)
        {
            if ((mask & (1 << thread)) == 0)
                continue;
            ReadOnlySpan<int> known = _rows[viewOfThread[thread]];
            for (int index = 0; index < row.Length; index++)
                row[index] = Math.Min(row[index], known[index]);
        }

        return _rows.Intern(row);
    }

    /// <summary>The view counted from <paramref name="known"/>, which it covers or is made to cover.</summary>
    public int Since(int view, int known)
    {
        long key = ((long)view << 32) | (uint)known;
        if (_since.TryGetValue(key, out int since))
            return since;
        Span<int> row = stackalloc int[threads + cells];
        _rows[view].CopyTo(row);
        ReadOnlySpan<int> start = _rows[known];
        for (int index = 0; index < row.Length; index++)
            row[index] = Math.Max(0, row[index] - start[index]);
        since = _rows.Intern(row);
        _since.Add(key, since);
        return since;
    }

    public int Join(int view, int other)
    {
        if (view == other || other == None)
            return view;
        long key = ((long)view << 32) | (uint)other;
        if (_joins.TryGetValue(key, out int joined))
            return joined;
        Span<int> row = stackalloc int[threads + cells];
        _rows[view].CopyTo(row);
        ReadOnlySpan<int> added = _rows[other];
        for (int index = 0; index < row.Length; index++)
            row[index] = Math.Max(row[index], added[index]);
        joined = _rows.Intern(row);
        _joins.Add(key, joined);
        return joined;
    }
}
