namespace OrderPlatform.Aeron.Agents;

/// <summary>Several agents in turn on one thread. One that throws does not keep the others from their cycle.</summary>
public sealed class CompositeAgent(Action<Exception> onError, params IAgent[] agents) : IAgent
{
    /// <summary>Moved at the start of each cycle, for agents that share it.</summary>
    internal CycleClock? Clock { get; init; }

    /// <inheritdoc/>
    public string RoleName { get; } = string.Join(',', agents.Select(static agent => agent.RoleName));

    /// <inheritdoc/>
    public int DoWork()
    {
        Clock?.Tick();
        int workCount = 0;
        foreach (IAgent agent in agents)
        {
            try
            {
                workCount += agent.DoWork();
            }
#pragma warning disable CA1031 // As the runner: reported, and the agent goes on.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                onError(failure);
            }
        }

        return workCount;
    }

    /// <inheritdoc/>
    public void OnClose()
    {
        foreach (IAgent agent in agents)
        {
            try
            {
                agent.OnClose();
            }
#pragma warning disable CA1031 // The others are closed too.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                onError(failure);
            }
        }
    }
}
