namespace OrderPlatform.Disruptor.Agents;

/// <summary>Several agents on one thread, each cycle in the order given. If one fails, those after it do not run in that cycle.</summary>
public sealed class CompositeAgent : IAgent
{
    private readonly IAgent[] _agents;

    /// <exception cref="ArgumentException">No agent was given.</exception>
    public CompositeAgent(params ReadOnlySpan<IAgent> agents)
    {
        if (agents.IsEmpty)
            throw new ArgumentException("A composite agent needs at least one agent.", nameof(agents));
        _agents = agents.ToArray();
        Name = string.Join('+', _agents.Select(agent => agent.Name));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int DoWork()
    {
        int workCount = 0;
        foreach (IAgent agent in _agents)
            workCount += agent.DoWork();
        return workCount;
    }

    /// <summary>Closes all agents in order, even if some fail.</summary>
    /// <exception cref="AggregateException">What failed.</exception>
    public void OnClose()
    {
        List<Exception>? failures = null;
        foreach (IAgent agent in _agents)
        {
            try
            {
                agent.OnClose();
            }
#pragma warning disable CA1031 // Every agent must be closed; what was caught is thrown below.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                (failures ??= []).Add(failure);
            }
        }

        if (failures is not null)
            throw new AggregateException($"Closing of {Name} failed.", failures);
    }
}
