namespace OrderPlatform.Disruptor.Stages;

/// <summary>
/// Sorts stages so that each comes after those it runs behind, in the order of declaration where the graph leaves it open, and leaves out
/// what follows from the rest: whoever runs behind B, which runs behind A, need not look at A.
/// </summary>
internal sealed class StageOrder
{
    private readonly Dictionary<string, string[]> _after;
    private readonly Dictionary<string, HashSet<string>> _allBefore = new(StringComparer.Ordinal);
    private readonly List<string> _sorted = [];

    /// <exception cref="InvalidOperationException">There is a circle; the message shows it.</exception>
    public StageOrder(Dictionary<string, string[]> after)
    {
        _after = after;
        foreach (string name in after.Keys)
            Visit(name, []);
    }

    public IReadOnlyList<string> Sorted => _sorted;

    public IEnumerable<string> DirectlyBefore(string name) =>
        _after[name].Distinct().Where(before => !_after[name].Any(other => other != before && _allBefore[other].Contains(before)));

    private void Visit(string name, List<string> path)
    {
        if (path.Contains(name))
            throw new InvalidOperationException($"Stages wait for each other in a circle: {string.Join(" -> ", path.SkipWhile(one => one != name).Append(name))}.");
        if (_allBefore.ContainsKey(name))
            return;
        path.Add(name);
        foreach (string before in _after[name])
            Visit(before, path);
        path.RemoveAt(path.Count - 1);
        _allBefore.Add(name, [.. _after[name], .. _after[name].SelectMany(before => _allBefore[before])]);
        _sorted.Add(name);
    }
}
