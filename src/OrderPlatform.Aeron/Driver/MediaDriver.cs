using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Driver.Conducting;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Driver;

/// <summary>
/// A media driver: moves streams between the logs of its directory and the network, and between clients of one machine. It runs inside the
/// process that launches it, on the threads of its <see cref="ThreadingMode"/>, and serves any Aeron client that is given its directory.
/// </summary>
public sealed class MediaDriver : IDisposable
{
    private readonly DriverState _state;
    private readonly DriverConductor _conductor;
    private readonly List<AgentRunner> _runners = [];
    private bool _isDisposed;

    private MediaDriver(MediaDriverContext context, DriverState state)
    {
        Context = context;
        _state = state;
        // Agents of one thread share a look at the clock; those of several threads cannot.
        bool isOneThread = context.ThreadingMode is ThreadingMode.Invoker or ThreadingMode.Shared;
        CycleClock? clock = isOneThread ? new CycleClock(context.Clock) : null;
        _conductor = new DriverConductor(clock is null ? context : context with { Clock = clock }, state);
        IAgent sender = _conductor.Sender;
        IAgent receiver = _conductor.Receiver;
        state.SetReady(context.Clock.EpochMillis);
        switch (context.ThreadingMode)
        {
            case ThreadingMode.Invoker:
                Invoker = new CompositeAgent(state.OnError, sender, receiver, _conductor) { Clock = clock };
                break;
            case ThreadingMode.Shared:
                Start(new CompositeAgent(state.OnError, sender, receiver, _conductor) { Clock = clock });
                break;
            case ThreadingMode.SharedNetwork:
                Start(new CompositeAgent(state.OnError, sender, receiver));
                Start(_conductor);
                break;
            case ThreadingMode.Dedicated:
                Start(sender);
                Start(receiver);
                Start(_conductor);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(context), context.ThreadingMode, "not a threading mode");
        }
    }

    /// <summary>The settings that it runs with.</summary>
    public MediaDriverContext Context { get; }

    /// <summary>What clients need to know to find it.</summary>
    public string AeronDirectoryName => Context.AeronDirectoryName;

    /// <summary>The agent to step by hand; null when the driver has threads.</summary>
    public IAgent? Invoker { get; }

    /// <summary>Where its errors are recorded.</summary>
    internal UnsafeBuffer ErrorLogBuffer => _state.Cnc.ErrorLog;

    /// <summary>Starts a driver.</summary>
    /// <exception cref="DriverActiveException">Another driver lives in the directory.</exception>
    /// <exception cref="ArgumentException">A setting cannot be; the message names it and what is allowed.</exception>
    /// <exception cref="IOException">The directory cannot be made.</exception>
    public static MediaDriver Launch(MediaDriverContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        MediaDriverContextCheck.Check(context);
        var state = DriverState.Create(context);
        try
        {
            return new MediaDriver(context, state);
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Starts a driver in a directory of its own, which is removed with it.</summary>
    /// <inheritdoc cref="Launch" path="/exception"/>
    public static MediaDriver LaunchEmbedded(MediaDriverContext? context = null)
    {
        context ??= new MediaDriverContext();
        return Launch(context with
        {
            AeronDirectoryName = $"{context.AeronDirectoryName}-{Environment.ProcessId}-{Guid.NewGuid():N}",
            DirDeleteOnStart = true,
            DirDeleteOnShutdown = true,
        });
    }

    /// <summary>Ends the threads, closes the sockets and leaves a sign of an orderly end for clients.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        foreach (AgentRunner runner in _runners)
        {
            runner.Dispose();
        }

        Invoker?.OnClose();
        _state.Dispose();
    }

    /// <summary>For tests: what is left of a driver that was killed. The system closes the sockets; nobody is told anything, and the files stay.</summary>
    internal void Abandon()
    {
        _isDisposed = true;
        _conductor.Sender.OnClose();
        _conductor.Receiver.OnClose();
    }

    private void Start(IAgent agent) => _runners.Add(new AgentRunner(agent, Context.IdleStrategy(), _state.OnError).Start());
}
