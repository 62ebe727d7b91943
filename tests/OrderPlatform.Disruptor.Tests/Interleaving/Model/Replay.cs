using System.Diagnostics.CodeAnalysis;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// One run of a program's step: the accesses of the path are answered from it, those behind it become new nodes of the tree; at the
/// first of them whose result is not known yet the program is left by an exception.
/// </summary>
internal sealed unsafe class Replay(
    ProgramTree tree, CellMap cells, int thread, Local local, List<(Access Access, long Result)> path, ProgramTree.Node? from, long result)
{
    [ThreadStatic]
    private static Replay? _current;

    private readonly List<(Access Access, long Result)> _path = path;
    private int _position;
    private bool _isLeaving;

    /// <summary>The first node that this run added.</summary>
    public ProgramTree.Node? First { get; private set; }

    /// <summary>Where the run stands: what comes next follows on this node's access with <see cref="TailResult"/>.</summary>
    public ProgramTree.Node? Tail { get; private set; } = from;

    public long TailResult { get; private set; } = result;

    public static long Perform(AccessKind kind, void* cell, long value = 0, long other = 0, void* second = null)
    {
        Replay replay = _current ?? throw new InvalidOperationException("The model's memory is only there while the checker runs a program.");
        return replay.Perform(new Access(kind, replay.Cell(cell), value, other, replay.Cell(second)));
    }

    /// <summary>What the program was given by its last load of the cell in this step.</summary>
    public static long LastLoaded(void* cell)
    {
        Replay replay = _current!;
        int index = replay.Cell(cell);
        int last = replay._path.FindLastIndex(step => step.Access.Cell == index && step.Access.IsLoad);
        return last >= 0 ? replay._path[last].Result : throw new Violation("The step has not looked at what it waits for.");
    }

    /// <summary>Runs the step.</summary>
    /// <returns>What the thread remembers if the step came to its end, else null.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a program throws is a finding of the checker.")]
    public Local? Run(ModelThread program)
    {
        _current = this;
        try
        {
            return program.Step(local);
        }
        catch (LeaveException)
        {
            return null;
        }
        catch (Violation violation)
        {
            AddNode(new Access(AccessKind.Failed), violation.Message);
            return null;
        }
        catch (Exception failure)
        {
            AddNode(new Access(AccessKind.Failed), $"{failure.GetType().Name}: {failure.Message}");
            return null;
        }
        finally
        {
            _current = null;
        }
    }

    private long Perform(Access access)
    {
        // A finally block of the program, on the way out.
        if (_isLeaving)
            return 0;
        if (_position < _path.Count)
        {
            if (_path[_position].Access != access)
                throw new InvalidOperationException($"The program is not deterministic: {access} instead of {_path[_position].Access}.");
            return _path[_position++].Result;
        }

        AddNode(access, failure: null);
        if (access.HasNoResult)
            return 0;
        _isLeaving = true;
        throw new LeaveException();
    }

    private void AddNode(Access access, string? failure)
    {
        ProgramTree.Node node = tree.Add(thread, local, access, Tail?.Id ?? -1, TailResult, failure);
        First ??= node;
        Tail = node;
        TailResult = 0;
    }

    private int Cell(void* cell) => cell == null ? -1 : cells.IndexOf((nint)cell);

    private sealed class LeaveException : Exception;
}
