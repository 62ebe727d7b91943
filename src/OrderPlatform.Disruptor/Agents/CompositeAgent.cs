namespace OrderPlatform.Disruptor.Agents;

/// <summary>Several agents on one thread, each cycle in the order given. If one fails, those after it do not run in that cycle. Finished when all are.</summary>
public sealed class CompositeAgent : IAgent
{
    private readonly IAgent[] _agents;
    private readonly bool[] _isFinished;

    /// <exception cref="ArgumentException">No agent was given.</exception>
    public CompositeAgent(params ReadOnlySpan<IAgent> agents)
    {
        if (agents.IsEmpty)
            throw new ArgumentException("A composite agent needs at least one agent.", nameof(agents));
        _agents = agents.ToArray();
        _isFinished = new bool[_agents.Length];
        Name = string.Join('+', _agents.Select(agent => agent.Name));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int DoWork()
    {
        int workCount = 0;
        bool isFinished = true;
        for (int index = 0; index < _agents.Length; index++)
        {
            if (_isFinished[index])
                continue;
            int done = _agents[index].DoWork();
            _isFinished[index] = done == IAgent.Finished;
            isFinished &= _isFinished[index];
            workCount += Math.Max(done, 0);
        }

        return isFinished ? IAgent.Finished : workCount;
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
