namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// What the programs do, as far as it was asked: a node is the access that a thread is about to make, its children are what follows for
/// each result. A program runs only to grow a new branch, then from the beginning of its step with the results that lead there; all
/// else walks over nodes. That makes a transition cheap, and a thread's whole local state one number.
/// </summary>
internal sealed class ProgramTree(ModelThread[] threads, CellMap cells)
{
    private const int StepAccessesMax = 2_000;

    private readonly List<Node> _nodes = [];
    private readonly Dictionary<(int Thread, Local Local), int> _roots = [];
    private readonly Dictionary<(int Thread, Local Local), int> _ends = [];

    public int Count => _nodes.Count;

    public Node this[int node] => _nodes[node];

    public int Root(int thread, Local local)
    {
        if (local.IsFinished)
        {
            if (!_ends.TryGetValue((thread, local), out int end))
                _ends.Add((thread, local), end = Add(thread, local, new Access(AccessKind.Finished), parent: -1, result: 0).Id);
            return end;
        }

        if (_roots.TryGetValue((thread, local), out int root))
            return root;
        root = Grow(thread, local, from: null, result: 0);
        _roots.Add((thread, local), root);
        return root;
    }

    /// <summary>What follows on the node's access if that has the given result.</summary>
    public int Child(int node, long result)
    {
        Node from = _nodes[node];
        foreach ((long value, int child) in from.Children)
        {
            if (value == result)
                return child;
        }

        int grown = Grow(from.Thread, from.Local, from, result);
        // A run that went on over stores has linked its first access itself.
        if (from.Children.FindIndex(child => child.Result == result) < 0)
            from.Children.Add((result, grown));
        return grown;
    }

    internal Node Add(int thread, Local local, Access access, int parent, long result, string? failure = null)
    {
        var node = new Node(_nodes.Count, thread, local, access, parent, result, failure);
        _nodes.Add(node);
        if (parent >= 0)
            _nodes[parent].Children.Add((result, node.Id));
        return node;
    }

    private int Grow(int thread, Local local, Node? from, long result)
    {
        var path = new List<(Access Access, long Result)>();
        long after = result;
        for (Node? node = from; node is not null; node = node.Parent < 0 ? null : _nodes[node.Parent])
        {
            path.Add((node.Access, after));
            after = node.Result;
        }

        path.Reverse();
        if (path.Count > StepAccessesMax)
            throw new Violation($"{threads[thread].Name} makes more than {StepAccessesMax} accesses in one step: it spins.");
        var replay = new Replay(this, cells, thread, local, path, from, result);
        Local? ended = replay.Run(threads[thread]);
        int next = ended is Local end ? Root(thread, end) : -1;
        if (next >= 0 && replay.Tail is { } tail)
            tail.Children.Add((replay.TailResult, next));
        return replay.First is { } first ? first.Id : next;
    }

    /// <summary>An access that a thread is about to make. <paramref name="Result"/> is the parent's, which led here.</summary>
    internal sealed record Node(int Id, int Thread, Local Local, Access Access, int Parent, long Result, string? Failure)
    {
        public List<(long Result, int Child)> Children { get; } = [];
    }
}
