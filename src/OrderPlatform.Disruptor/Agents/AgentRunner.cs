using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Agents;

/// <summary>
/// Owns the thread of an agent: runs its duty cycles, idles between them, and ends. A failure ends it too: it is kept, reported,
/// and nothing of the agent runs afterwards but its closing. An agent that says that it is finished ends as well.
/// </summary>
/// <typeparam name="TWait">The wait strategy.</typeparam>
public sealed class AgentRunner<TWait> : IDisposable
    where TWait : struct, IWaitStrategy
{
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(10);

    private readonly IAgent _agent;
    private readonly Action<IAgent, Exception> _onError;
    private readonly int? _processor;
    private readonly Thread _thread;
    private readonly TWait _wait;
    private volatile StopRequest _request;
    private volatile Exception? _failure;

    /// <param name="agent">What to run.</param>
    /// <param name="wait">How to wait when there is nothing to do.</param>
    /// <param name="onError">Told of each failure, on the agent's thread. If it throws, the process ends, as for any unhandled exception.</param>
    /// <param name="processor">The processor to tie the thread to; ignored where that is impossible.</param>
    public AgentRunner(IAgent agent, TWait wait, Action<IAgent, Exception> onError, int? processor = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(onError);
        _agent = agent;
        _wait = wait;
        _onError = onError;
        _processor = processor;
        _thread = new Thread(Run) { Name = agent.Name, IsBackground = true };
    }

    private enum StopRequest
    {
        None,
        WhenIdle,
        Now,
    }

    /// <summary>What ended the agent, if it failed.</summary>
    public Exception? Failure => _failure;

    /// <summary>True from the start until the agent is closed.</summary>
    public bool IsRunning => _thread.IsAlive;

    /// <summary>True if the thread is tied to its processor.</summary>
    public bool IsPinned { get; private set; }

    /// <summary>Starts the thread.</summary>
    /// <exception cref="ThreadStateException">It was started before.</exception>
    public void Start() => _thread.Start();

    /// <summary>Ends after the current duty cycle and waits for that.</summary>
    /// <returns>False if the agent did not end within the limit (it may still do so later).</returns>
    public bool Stop(TimeSpan limit) => End(StopRequest.Now, limit);

    /// <summary>Ends after the first duty cycle that finds nothing to do, and waits for that.</summary>
    /// <inheritdoc cref="Stop" path="/returns"/>
    public bool Drain(TimeSpan limit) => End(StopRequest.WhenIdle, limit);

    /// <summary>Stops the agent; a runner that was never started closes its agent on the calling thread.</summary>
    /// <exception cref="TimeoutException">The agent did not end within ten seconds.</exception>
    public void Dispose()
    {
        if (_request == StopRequest.None && (_thread.ThreadState & ThreadState.Unstarted) != 0)
        {
            _request = StopRequest.Now;
            Guard(_agent.OnClose);
        }
        else if (!Stop(DisposeLimit))
        {
            throw new TimeoutException($"Agent {_agent.Name} did not end within {DisposeLimit.TotalSeconds} s: a duty cycle blocks.");
        }
    }

    /// <summary>Waits until the agent ends by itself: finished or failed.</summary>
    /// <inheritdoc cref="Stop" path="/returns"/>
    public bool Join(TimeSpan limit) => (_thread.ThreadState & ThreadState.Unstarted) != 0 || _thread.Join(limit);

    private bool End(StopRequest request, TimeSpan limit)
    {
        if (_request < request)
            _request = request;
        return Join(limit);
    }

    private void Run()
    {
        IsPinned = _processor is int processor && ThreadAffinity.TryPinCurrentThread(processor);
        Guard(RunDutyCycles);
        Guard(_agent.OnClose);
    }

    private void RunDutyCycles()
    {
        // A request that came before this cycle is honoured by it: "drained" means that one whole cycle found nothing.
        TWait wait = _wait;
        StopRequest request;
        while ((request = _request) != StopRequest.Now)
        {
            int workCount = _agent.DoWork();
            if (workCount == IAgent.Finished || (workCount == 0 && request == StopRequest.WhenIdle))
                return;
            wait.Idle(workCount);
        }
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // The thread's outermost frame: whatever comes is kept and reported.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure ??= failure;
            _onError(_agent, failure);
        }
    }
}
