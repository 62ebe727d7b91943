using System.Diagnostics;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>What an exploration found. Executions are the different ways from the start to an end, counted without walking each.</summary>
internal sealed record Exploration(
    string? Failure, int States, long Transitions, double Executions, int EndStates, int LongestRun, int ProgramNodes, TimeSpan Elapsed)
{
    public override string ToString() =>
        $"{States:N0} states, {Transitions:N0} transitions, {EndStates:N0} end states, {Executions:E2} executions, longest run {LongestRun} accesses, " +
        $"{ProgramNodes:N0} program nodes, {Elapsed.TotalSeconds:F2} s ({Transitions / Elapsed.TotalSeconds / 1000:N0} thousand transitions a second)";
}

/// <summary>
/// Tries all interleavings of a scenario's atomic accesses and, for each load, all messages it may read: depth first over states, each
/// explored once.
/// </summary>
internal sealed class Checker
{
    private const int StatesMax = 30_000_000;
    private const int CandidatesMax = 64;

    private readonly Scenario _scenario;
    private readonly Machine _machine;
    private readonly List<int[]> _states = [];
    private readonly List<(int Thread, int Candidate)> _choices = [];
    private VisitedStates _visited = new();
    private string? _failure;
    private long _transitions;
    private int _endStates;
    private int _longest;

    private Checker(Scenario scenario)
    {
        _scenario = scenario;
        _machine = new Machine(scenario);
    }

    /// <summary>Explores the scenario; a property that does not hold fails the test with the interleaving that broke it.</summary>
    public static Exploration Verify(Scenario scenario)
    {
        Exploration exploration = Explore(scenario);
        TestContext.Out.WriteLine(exploration);
        if (exploration.Failure is not null)
            Assert.Fail(exploration.Failure);
        return exploration;
    }

    /// <summary>Explores the scenario up to the first property that does not hold.</summary>
    public static Exploration Explore(Scenario scenario)
    {
        long began = Stopwatch.GetTimestamp();
        var checker = new Checker(scenario);
        double executions = 0;
        do
        {
            checker.Restart();
            checker._failure = checker._machine.Initialise(checker.StateAt(0));
            if (checker._failure is null)
                executions = checker.Visit(0, lastThread: 0);
        }
        while (checker._machine.Memory.HasLearned && checker._failure is null);

        string? report = checker._failure is null ? null : checker.Report();
        return new Exploration(
            report, checker._visited.Count, checker._transitions, executions, checker._endStates, checker._longest,
            checker._machine.ProgramNodes, Stopwatch.GetElapsedTime(began));
    }

    private void Restart()
    {
        _machine.Memory.BeginAnew();
        _visited = new VisitedStates();
        (_failure, _transitions, _endStates, _longest) = (null, 0, 0, 0);
        _choices.Clear();
    }

    private int[] StateAt(int depth)
    {
        if (depth == _states.Count)
            _states.Add(new int[_machine.Memory.StateLength]);
        return _states[depth];
    }

    // The thread that ran last goes first, and the newest message too: what is found has few switches and little staleness.
    private double Visit(int depth, int lastThread)
    {
        int[] state = StateAt(depth);
        _longest = Math.Max(_longest, depth);
        if (!_visited.Add(state, out int entry))
        {
            if (_visited.IsOpen(entry))
                _failure = "the threads go round in a circle: a state comes again";
            return _visited.Executions(entry);
        }

        if (_visited.Count > StatesMax)
            throw new InvalidOperationException($"The scenario has more than {StatesMax:N0} states: choose a smaller one.");
        bool isEnd = true;
        double executions = 0;
        Span<int> candidates = stackalloc int[CandidatesMax];
        int only = Private(state);
        for (int turn = 0; turn < _machine.Threads && !ShallStop; turn++)
        {
            int thread = (lastThread + turn) % _machine.Threads;
            if (only >= 0 && thread != only)
                continue;
            int count = _machine.Candidates(state, thread, candidates);
            isEnd &= count == 0;
            for (int index = 0; index < count && !ShallStop; index++)
                executions += Take(depth, state, thread, candidates[index]);
        }

        if (isEnd && !ShallStop)
        {
            _failure = _machine.CheckEnd(state);
            _endStates++;
            executions = 1;
        }

        _visited.Close(entry, executions);
        return executions;
    }

    private bool ShallStop => _failure is not null || _machine.Memory.HasLearned;

    private int Private(ReadOnlySpan<int> state)
    {
        for (int thread = 0; thread < _machine.Threads; thread++)
        {
            if (!_machine.IsFinished(state, thread) && _machine.IsNextPrivate(state, thread))
                return thread;
        }

        return -1;
    }

    private double Take(int depth, int[] state, int thread, int candidate)
    {
        int[] next = StateAt(depth + 1);
        state.CopyTo(next, 0);
        _transitions++;
        _choices.Add((thread, candidate));
        _failure = _machine.Advance(next, thread, candidate);
        double executions = _failure is null ? Visit(depth + 1, thread) : 0;
        // A failure keeps the choices that led to it.
        if (_failure is null)
            _choices.RemoveAt(depth);
        return executions;
    }

    private string Report()
    {
        var trace = new Trace(_scenario);
        int[] state = new int[_machine.Memory.StateLength];
        string? failure = _machine.Initialise(state, trace);
        foreach ((int thread, int candidate) in _choices)
            failure ??= _machine.Advance(state, thread, candidate, trace);
        return $"{failure ?? _failure}{Environment.NewLine}{trace}";
    }
}
