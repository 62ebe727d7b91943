namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>Programs and memory together: takes a state one atomic access of one thread further, with the plain accesses that follow it.</summary>
internal sealed class Machine
{
    private readonly Scenario _scenario;
    private readonly ProgramTree _tree;

    public Machine(Scenario scenario)
    {
        _scenario = scenario;
        _tree = new ProgramTree(scenario.Threads, scenario.Cells);
        Memory = new MemoryModel(scenario.Threads.Length, scenario.Cells);
    }

    public MemoryModel Memory { get; }

    public int Threads => _scenario.Threads.Length;

    public int ProgramNodes => _tree.Count;

    /// <returns>What is wrong already, or null.</returns>
    public string? Initialise(Span<int> state, Trace? trace = null)
    {
        Memory.Initialise(state);
        for (int thread = 0; thread < Threads; thread++)
            state[thread] = _tree.Root(thread, ModelThread.Start);
        for (int thread = 0; thread < Threads; thread++)
        {
            if (Settle(state, thread, trace) is { } failure)
                return failure;
        }

        return null;
    }

    public bool IsFinished(ReadOnlySpan<int> state, int thread) => Next(state, thread).Kind == AccessKind.Finished;

    public Access Next(ReadOnlySpan<int> state, int thread) => _tree[state[thread]].Access;

    public int Candidates(ReadOnlySpan<int> state, int thread, Span<int> candidates) =>
        IsFinished(state, thread) ? 0 : Memory.Candidates(state, thread, Next(state, thread), candidates);

    /// <returns>What went wrong, or null.</returns>
    public string? Advance(Span<int> state, int thread, int candidate, Trace? trace = null)
    {
        string? failure = Perform(state, thread, candidate, trace) ?? Settle(state, thread, trace);
        if (failure is not null)
            return failure;
        Memory.Normalise(state, Living(state));
        return null;
    }

    /// <summary>True if it makes no difference to any other thread when the thread's next access comes.</summary>
    public bool IsNextPrivate(ReadOnlySpan<int> state, int thread) => Memory.IsPrivate(state, thread, Next(state, thread), Living(state));

    /// <returns>What is wrong with a state in which nobody can go on, or null.</returns>
    public string? CheckEnd(ReadOnlySpan<int> state)
    {
        var ends = new Local[Threads];
        var waiting = new List<string>();
        for (int thread = 0; thread < Threads; thread++)
        {
            ends[thread] = _tree[state[thread]].Local;
            Access next = Next(state, thread);
            if (next.Kind != AccessKind.Finished)
                waiting.Add($"{_scenario.Threads[thread].Name} waits for {CellNames(next)}");
        }

        if (waiting.Count > 0)
            return $"deadlock: {string.Join(", ", waiting)}, and nobody will change it";
        try
        {
            _scenario.AtEnd(ends);
            return null;
        }
        catch (Violation violation)
        {
            return violation.Message;
        }
    }

    private int Living(ReadOnlySpan<int> state)
    {
        int living = 0;
        for (int thread = 0; thread < Threads; thread++)
            living |= IsFinished(state, thread) ? 0 : 1 << thread;
        return living;
    }

    private string CellNames(in Access access) =>
        _scenario.Cells.Name(access.Cell) + (access.SecondCell < 0 ? "" : $" or {_scenario.Cells.Name(access.SecondCell)}");

    private string? Settle(Span<int> state, int thread, Trace? trace)
    {
        while (Next(state, thread).IsPlain)
        {
            if (Perform(state, thread, candidate: 0, trace) is { } failure)
                return failure;
        }

        return _tree[state[thread]].Failure is { } broken ? $"{_scenario.Threads[thread].Name}: {broken}" : null;
    }

    private string? Perform(Span<int> state, int thread, int candidate, Trace? trace)
    {
        Access access = Next(state, thread);
        long result = Memory.Perform(state, thread, access, candidate);
        trace?.Add(thread, access, result, Memory, state);
        if (Memory.Race is { } race)
            return trace is null ? "data race" : trace.Describe(race);
        state[thread] = _tree.Child(state[thread], result);
        return null;
    }
}
