namespace OrderPlatform.Aeron.Agents;

/// <summary>Runs an agent on a background thread until it is stopped. An exception of a cycle is reported and the next cycle follows.</summary>
public sealed class AgentRunner : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly IAgent _agent;
    private readonly IIdleStrategy _idleStrategy;
    private readonly Action<Exception> _onError;
    private readonly Thread _thread;
    private volatile bool _isStopped;

    /// <param name="agent">What to run.</param>
    /// <param name="idleStrategy">What to do between cycles; not shared with another runner.</param>
    /// <param name="onError">Told of each exception, on the agent's thread.</param>
    public AgentRunner(IAgent agent, IIdleStrategy idleStrategy, Action<Exception> onError)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(idleStrategy);
        ArgumentNullException.ThrowIfNull(onError);
        _agent = agent;
        _idleStrategy = idleStrategy;
        _onError = onError;
        _thread = new Thread(Run) { Name = agent.RoleName, IsBackground = true };
    }

    /// <summary>Starts the thread.</summary>
    public AgentRunner Start()
    {
        _thread.Start();
        return this;
    }

    /// <summary>Stops after the current cycle, closes the agent on its own thread and waits for that.</summary>
    /// <exception cref="TimeoutException">A cycle does not end within ten seconds.</exception>
    public void Dispose()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        if ((_thread.ThreadState & ThreadState.Unstarted) != 0)
        {
            _agent.OnClose();
        }
        else if (Thread.CurrentThread != _thread && !_thread.Join(StopLimit))
        {
            throw new TimeoutException($"Agent {_agent.RoleName} did not end within {StopLimit.TotalSeconds} s: a duty cycle blocks.");
        }
    }

    private void Run()
    {
        while (!_isStopped)
        {
            _idleStrategy.Idle(Cycle());
        }

        try
        {
            _agent.OnClose();
        }
#pragma warning disable CA1031 // The thread's outermost frame: whatever comes is reported.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _onError(failure);
        }
    }

    private int Cycle()
    {
        try
        {
            return _agent.DoWork();
        }
#pragma warning disable CA1031 // As above, and the agent goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _onError(failure);
            return 0;
        }
    }
}
