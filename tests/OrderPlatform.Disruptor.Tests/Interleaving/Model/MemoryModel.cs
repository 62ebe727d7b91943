namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// Release and acquire by views. A state is a row of numbers: for each thread where its program stands and what it has seen, for each
/// cell its messages and its record of accesses, and what the full fences have made known to all. A store puts a message behind the
/// last of its cell; a load takes any message that is not behind the thread's floor, so that an old value may be read as long as
/// nothing forbids it.
/// </summary>
internal sealed class MemoryModel
{
    /// <summary>Added to a candidate's place if it is one of an await's second cell.</summary>
    private const int SecondCell = 1 << 20;

    private readonly int _threads;
    private readonly CellMap _cells;
    private readonly Views _views;
    private readonly Histories _histories;
    private readonly Sharing _sharing;

    public MemoryModel(int threads, CellMap cells)
    {
        _threads = threads;
        _cells = cells;
        _views = new Views(threads, cells.Count);
        _histories = new Histories(_views);
        _sharing = new Sharing(cells.Count);
        Races = new RaceDetector(threads, cells.Count, _views);
    }

    public int StateLength => (2 * _threads) + (2 * _cells.Count) + 1;

    /// <summary>True if something was found out that the exploration has to begin anew for.</summary>
    public bool HasLearned => Races.HasLearned || _sharing.HasLearned;

    private RaceDetector Races { get; }

    /// <summary>The race that the last access made, if any.</summary>
    public DataRace? Race { get; private set; }

    /// <summary>Where the last load's message was, and where the last of the cell is: for the trace.</summary>
    public (int Read, int Last) Place { get; private set; }

    // What full fences have made known to whoever makes one.
    private int Fenced => StateLength - 1;

    public void Initialise(Span<int> state)
    {
        for (int thread = 0; thread < _threads; thread++)
            state[View(thread)] = _views.Initial(thread);
        for (int cell = 0; cell < _cells.Count; cell++)
        {
            state[History(cell)] = _histories.Initial(_cells.InitialValue(cell));
            state[Record(cell)] = Races.Initial;
        }

        state[Fenced] = _views.Nothing;
    }

    /// <summary>What the access may choose from; nothing if it has to wait.</summary>
    public int Candidates(ReadOnlySpan<int> state, int thread, in Access access, Span<int> candidates)
    {
        switch (access.Kind)
        {
            case AccessKind.LoadAcquire or AccessKind.LoadRelaxed:
                return WithoutCovered(state, thread, access, candidates[..Readable(state, thread, access.Cell, unwanted: null, 0, candidates)]);
            case AccessKind.WaitWhile:
                return Readable(state, thread, access.Cell, access.Value, 0, candidates);
            case AccessKind.Await:
                int count = Readable(state, thread, access.Cell, access.Value, 0, candidates);
                if (access.SecondCell >= 0)
                    count += Readable(state, thread, access.SecondCell, access.Other, SecondCell, candidates[count..]);
                return count;
            default:
                candidates[0] = 0;
                return 1;
        }
    }

    /// <summary>Makes the access.</summary>
    /// <returns>Its result for the program.</returns>
    public long Perform(Span<int> state, int thread, in Access access, int candidate)
    {
        Race = null;
        _sharing.Note(thread, access);
        switch (access.Kind)
        {
            case AccessKind.Read:
                return Load(state, thread, access.Cell, Last(state, access.Cell), isAcquire: false, isPlain: true);
            case AccessKind.LoadAcquire or AccessKind.LoadRelaxed:
                return Load(state, thread, access.Cell, candidate, access.Kind == AccessKind.LoadAcquire, isPlain: false);
            case AccessKind.WaitWhile:
                Load(state, thread, access.Cell, candidate, isAcquire: true, isPlain: false);
                return 0;
            case AccessKind.Await:
                bool isSecond = candidate >= SecondCell;
                Load(state, thread, isSecond ? access.SecondCell : access.Cell, candidate & (SecondCell - 1), isAcquire: false, isPlain: false);
                return 0;
            case AccessKind.CompareExchange:
                return Swap(state, thread, access);
            case AccessKind.Fence:
                Fence(state, thread);
                return 0;
            default:
                Store(state, thread, access.Cell, access.Value, access.Kind == AccessKind.StoreRelease, access.Kind == AccessKind.Write);
                return 0;
        }
    }

    /// <summary>Makes states one that differ only in what no living thread can find out any more.</summary>
    public void Normalise(Span<int> state, int living)
    {
        int known = _views.Common(state.Slice(_threads, _threads), living == 0 ? (1 << _threads) - 1 : living);
        if (known == _views.Nothing)
            return;
        for (int cell = 0; cell < _cells.Count; cell++)
        {
            state[History(cell)] = _histories.Normalise(state[History(cell)], cell, known);
            state[Record(cell)] = Races.Normalise(state[Record(cell)], known);
        }

        for (int thread = 0; thread < _threads; thread++)
            state[View(thread)] = _views.Since(state[View(thread)], known);
        state[Fenced] = _views.Since(state[Fenced], known);
    }

    /// <summary>True if the access can neither affect another living thread nor be affected by one, now or later.</summary>
    public bool IsPrivate(ReadOnlySpan<int> state, int thread, in Access access, int living)
    {
        switch (access.Kind)
        {
            case AccessKind.LoadAcquire or AccessKind.LoadRelaxed:
                int history = state[History(access.Cell)];
                int last = _histories.Last(history);
                return !_sharing.IsWrittenByOthers(access.Cell, thread, living) && _views.Floor(state[View(thread)], access.Cell) == last
                    && ViewAfter(state, thread, access, last) == state[View(thread)];
            case AccessKind.StoreRelease or AccessKind.StoreRelaxed:
                return !_sharing.IsTouchedByOthers(access.Cell, thread, living);
            default:
                return false;
        }
    }

    public void BeginAnew() => Races.HasLearned = _sharing.HasLearned = false;

    public long LastValue(ReadOnlySpan<int> state, int cell) => _histories.Value(state[History(cell)], Last(state, cell));

    private int View(int thread) => _threads + thread;

    private int History(int cell) => (2 * _threads) + cell;

    private int Record(int cell) => (2 * _threads) + _cells.Count + cell;

    private int Last(ReadOnlySpan<int> state, int cell) => _histories.Last(state[History(cell)]);

    private int Readable(ReadOnlySpan<int> state, int thread, int cell, long? unwanted, int offset, Span<int> candidates)
    {
        int history = state[History(cell)];
        int floor = _views.Floor(state[View(thread)], cell);
        int count = 0;
        for (int place = _histories.Last(history); place >= floor; place--)
        {
            if (_histories.Value(history, place) != unwanted)
                candidates[count++] = place + offset;
        }

        return count;
    }

    // Of two messages with one value the older is enough if it shows less: whatever happens after the newer may happen after it too.
    private int WithoutCovered(ReadOnlySpan<int> state, int thread, in Access access, Span<int> candidates)
    {
        int history = state[History(access.Cell)];
        int kept = 0;
        for (int newer = 0; newer < candidates.Length; newer++)
        {
            bool isCovered = false;
            for (int older = newer + 1; older < candidates.Length && !isCovered; older++)
            {
                if (_histories.Value(history, candidates[newer]) != _histories.Value(history, candidates[older]))
                    continue;
                int after = ViewAfter(state, thread, access, candidates[newer]);
                isCovered = _views.Join(after, ViewAfter(state, thread, access, candidates[older])) == after;
            }

            if (!isCovered)
                candidates[kept++] = candidates[newer];
        }

        return kept;
    }

    private int ViewAfter(ReadOnlySpan<int> state, int thread, in Access access, int place)
    {
        int view = _views.WithFloor(state[View(thread)], access.Cell, place);
        return access.Kind == AccessKind.LoadAcquire ? _views.Join(view, _histories.View(state[History(access.Cell)], place)) : view;
    }

    private long Load(Span<int> state, int thread, int cell, int place, bool isAcquire, bool isPlain)
    {
        int history = state[History(cell)];
        Place = (place, _histories.Last(history));
        int view = state[View(thread)];
        if (!isPlain)
            view = _views.WithFloor(view, cell, place);
        if (isAcquire)
            view = _views.Join(view, _histories.View(history, place));
        state[View(thread)] = view;
        Note(state, thread, cell, isWrite: false, isPlain);
        return _histories.Value(history, place);
    }

    private void Store(Span<int> state, int thread, int cell, long value, bool isRelease, bool isPlain)
    {
        Note(state, thread, cell, isWrite: true, isPlain);
        int view = _views.WithFloor(state[View(thread)], cell, Last(state, cell) + 1);
        state[History(cell)] = _histories.Append(state[History(cell)], value, isRelease ? view : Views.None);
        state[View(thread)] = isRelease ? _views.Tick(view, thread) : view;
    }

    // A read-modify-write is of the last message, and has a full fence on both sides.
    private long Swap(Span<int> state, int thread, in Access access)
    {
        state[View(thread)] = _views.Join(state[View(thread)], state[Fenced]);
        long value = Load(state, thread, access.Cell, Last(state, access.Cell), isAcquire: true, isPlain: false);
        if (value == access.Other && Race is null)
            Store(state, thread, access.Cell, access.Value, isRelease: true, isPlain: false);
        state[Fenced] = _views.FloorsOf(state[View(thread)]);
        return value;
    }

    // The others' fences come at some time during the call: each is only sure to know what the caller knew, the caller what all knew.
    private void Fence(Span<int> state, int thread)
    {
        int caller = _views.Join(state[View(thread)], state[Fenced]);
        int passedOn = _views.FloorsOf(caller);
        int all = passedOn;
        for (int other = 0; other < _threads; other++)
        {
            if (other == thread)
                continue;
            all = _views.Join(all, _views.FloorsOf(state[View(other)]));
            state[View(other)] = _views.Join(state[View(other)], passedOn);
        }

        state[View(thread)] = _views.Join(caller, all);
        state[Fenced] = all;
    }

    private void Note(Span<int> state, int thread, int cell, bool isWrite, bool isPlain)
    {
        int record = Races.Note(state[Record(cell)], cell, thread, state[View(thread)], isWrite, isPlain, out DataRace race);
        if (record < 0)
            Race = race;
        else
            state[Record(cell)] = record;
    }
}
