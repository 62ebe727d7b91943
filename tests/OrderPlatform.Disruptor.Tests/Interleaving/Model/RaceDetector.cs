namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>Two accesses to one cell, at least one of them plain and one a store, that nothing orders.</summary>
internal readonly record struct DataRace(int Cell, int Thread, int OtherThread, bool OtherWrote, bool OtherWasPlain);

/// <summary>
/// Remembers for each cell when each thread last read and wrote it, plainly or not, by the thread's own clock. An access is in order
/// with an earlier one if the accessing thread's vector clock covers that. Cells without plain accesses are not followed, nor the atomic
/// reads of cells without plain stores; which ones have some is found out on the way, and then the exploration begins anew.
/// </summary>
internal sealed class RaceDetector(int threads, int cells, Views views)
{
    private const int PlainReads = 0;
    private const int PlainWrites = 1;
    private const int AtomicReads = 2;
    private const int AtomicWrites = 3;

    private readonly RowTable _rows = new();
    private readonly Dictionary<(int Record, int Known), int> _normalised = [];
    private readonly bool[] _hasPlainAccess = new bool[cells];
    private readonly bool[] _hasPlainWrite = new bool[cells];

    /// <summary>True if a cell is accessed in a way that was not known when the exploration began.</summary>
    public bool HasLearned { get; set; }

    public int Initial => _rows.Intern(new int[4 * threads]);

    /// <summary>Notes an access.</summary>
    /// <returns>The cell's new record, or -1 and the race.</returns>
    public int Note(int record, int cell, int thread, int view, bool isWrite, bool isPlain, out DataRace race)
    {
        race = default;
        Learn(cell, isWrite, isPlain);
        if (!_hasPlainAccess[cell] || (!isWrite && !isPlain && !_hasPlainWrite[cell]))
            return record;
        ReadOnlySpan<int> seen = _rows[record];
        for (int other = 0; other < threads; other++)
        {
            if (other == thread)
                continue;
            int known = views.Clock(view, other);
            int kind = seen[(PlainWrites * threads) + other] > known ? PlainWrites
                : isWrite && seen[(PlainReads * threads) + other] > known ? PlainReads
                : isPlain && seen[(AtomicWrites * threads) + other] > known ? AtomicWrites
                : isPlain && isWrite && seen[(AtomicReads * threads) + other] > known ? AtomicReads
                : -1;
            if (kind < 0)
                continue;
            race = new DataRace(cell, thread, other, kind is PlainWrites or AtomicWrites, kind is PlainReads or PlainWrites);
            return -1;
        }

        Span<int> row = stackalloc int[4 * threads];
        // What a plain store follows on, whatever follows on the store follows on too.
        if (isPlain && isWrite)
            row.Clear();
        else
            seen.CopyTo(row);
        row[((isPlain ? 0 : 2) + (isWrite ? 1 : 0)) * threads + thread] = views.Clock(view, thread);
        return _rows.Intern(row);
    }

    /// <summary>Without the accesses that every living thread's next one follows on, the others counted from there.</summary>
    public int Normalise(int record, int known)
    {
        if (_normalised.TryGetValue((record, known), out int normal))
            return normal;
        Span<int> row = stackalloc int[4 * threads];
        _rows[record].CopyTo(row);
        for (int index = 0; index < row.Length; index++)
            row[index] = Math.Max(0, row[index] - views.Clock(known, index % threads));

        normal = _rows.Intern(row);
        _normalised.Add((record, known), normal);
        return normal;
    }

    private void Learn(int cell, bool isWrite, bool isPlain)
    {
        if (!isPlain || (_hasPlainWrite[cell] && _hasPlainAccess[cell]) || (_hasPlainAccess[cell] && !isWrite))
            return;
        _hasPlainAccess[cell] = true;
        _hasPlainWrite[cell] |= isWrite;
        HasLearned = true;
    }
}
