namespace OrderPlatform.Disruptor.Stages;

/// <summary>
/// Declares once who waits for whom: a chain, a diamond, a fan-out, a fan-in. Stages may be named before they are declared.
/// <code>
///   new StageGraph&lt;Input&gt;(ring)
///       .Add("journal", journal)
///       .Add("replicate", replicate)
///       .Add("logic", logic, "journal", "replicate")
///       .Build();
/// </code>
/// </summary>
public sealed class StageGraph<TSlot>
    where TSlot : unmanaged
{
    /// <summary>The most slots that a stage takes before its counter moves, unless told otherwise.</summary>
    public const int DefaultBatchMax = 256;

    private readonly RingBuffer<TSlot> _ring;
    private readonly List<Declaration> _declared = [];

    /// <param name="ring">The ring, without any consumer so far.</param>
    public StageGraph(RingBuffer<TSlot> ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        _ring = ring;
    }

    private delegate EventProcessor<TSlot> Maker(EventProcessor<TSlot>[] after, int batchMax);

    /// <summary>Declares a stage behind others, or behind the producers if none is named.</summary>
    /// <exception cref="ArgumentException">The name is empty or declared already, or the stage is to run behind itself.</exception>
    public StageGraph<TSlot> Add<THandler>(string name, THandler handler, params ReadOnlySpan<string> after)
        where THandler : IStageHandler<TSlot>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_declared.Exists(stage => stage.Name == name))
            throw new ArgumentException($"Stage '{name}' is declared twice: a counter has one writer.", nameof(name));
        if (after.Contains(name))
            throw new ArgumentException($"Stage '{name}' cannot run behind itself.", nameof(after));
        _declared.Add(new Declaration(name, after.ToArray(), (stages, batchMax) => new EventProcessor<TSlot, THandler>(name, _ring, stages, handler, batchMax)));
        return this;
    }

    /// <summary>Checks the graph and wires it to the ring.</summary>
    /// <param name="batchMax">The most slots that a stage takes before its counter moves, at least 1.</param>
    /// <exception cref="InvalidOperationException">There is no stage, one names a stage that is not declared, or they run behind each other in a circle.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch is below 1.</exception>
    public Pipeline<TSlot> Build(int batchMax = DefaultBatchMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchMax, 1);
        if (_declared.Count == 0)
            throw new InvalidOperationException("The graph has no stage: nothing would ever free a slot.");
        Dictionary<string, Declaration> byName = _declared.ToDictionary(stage => stage.Name, StringComparer.Ordinal);
        foreach (Declaration stage in _declared)
        {
            if (stage.After.FirstOrDefault(name => !byName.ContainsKey(name)) is { } missing)
                throw new InvalidOperationException($"Stage '{stage.Name}' runs behind '{missing}', which is not declared: declared are {string.Join(", ", byName.Keys)}.");
        }

        var order = new StageOrder(_declared.ToDictionary(stage => stage.Name, stage => stage.After, StringComparer.Ordinal));
        var built = new Dictionary<string, EventProcessor<TSlot>>(StringComparer.Ordinal);
        foreach (string name in order.Sorted)
            built.Add(name, byName[name].Make([.. order.DirectlyBefore(name).Select(before => built[before])], batchMax));
        return new Pipeline<TSlot>(_ring, [.. order.Sorted.Select(name => built[name])]);
    }

    private sealed record Declaration(string Name, string[] After, Maker Make);
}
