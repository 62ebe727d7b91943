using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// Speaks with the driver for a client: on a thread of its own, in the application's loop, and on threads that wait for an answer. One lock guards
/// everything but the messages themselves.
/// </summary>
internal sealed partial class ClientConductor : IAgent
{
    private const long NanosPerMilli = 1_000_000;

    private readonly AeronContext _context;
    private readonly Lock _lock = new();
    private readonly IClock _clock;
    private readonly DriverProxy _driver;
    private readonly DriverEventsAdapter _events;
    private readonly IIdleStrategy _awaitingIdle;
    private readonly Dictionary<long, Registration> _registrations = [];
    private readonly Dictionary<long, IDisposable> _resources = [];
    private readonly Queue<Func<long>> _unsent = new();
    private readonly SharedLogs _logs;
    private readonly long _serviceTimeoutNs;
    private long _timeOfLastServiceNs;
    private long _timeOfLastKeepAliveNs;
    private AtomicCounter? _heartbeat;
    private bool _isInCallback;
    private volatile bool _isClosed;

    public ClientConductor(AeronContext context, CncConnection cnc)
    {
        _context = context;
        _logs = new SharedLogs(context.PreTouchMappedMemory);
        _clock = context.Clock;
        Cnc = cnc;
        ClientId = cnc.ToDriver.NextCorrelationId();
        _driver = new DriverProxy(cnc.ToDriver, ClientId);
        _events = new DriverEventsAdapter(new CopyBroadcastReceiver(cnc.ToClients), new EventHandler(this));
        _awaitingIdle = context.AwaitingIdleStrategy();
        _serviceTimeoutNs = cnc.ClientLivenessTimeoutNs;
        _timeOfLastServiceNs = _timeOfLastKeepAliveNs = _clock.NanoTime;
    }

    public string RoleName => "aeron-client-conductor";

    public CncConnection Cnc { get; }

    public long ClientId { get; }

    public bool IsClosed => _isClosed;

    /// <summary>How many logs are mapped and not used any more.</summary>
    public int LingeringLogCount => _logs.LingeringCount;

    /// <inheritdoc/>
    public int DoWork()
    {
        // Whoever holds the lock waits for the driver, and does this work itself.
        if (!_lock.TryEnter())
            return 0;
        try
        {
            return _isInCallback ? 0 : Service();
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <inheritdoc/>
    public void OnClose() => Close();

    /// <summary>Ends the client: the driver is told, everything is closed.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                End(static conductor => conductor._driver.ClientClose());
            }

            _logs.UnmapAtEnd();
        }
    }

    public ChannelStatus StatusOfChannel(int channelStatusId, bool isClosed)
    {
        if (isClosed)
            return ChannelStatus.Closing;
        // IPC has no socket, so no counter: it is always there.
        return channelStatusId < 0 || channelStatusId > Cnc.Counters.MaxCounterId ? ChannelStatus.Active : (ChannelStatus)Cnc.Counters.Value(channelStatusId);
    }

    public IReadOnlyList<string> LocalSocketAddresses(int channelStatusId, ChannelStatus status) =>
        status == ChannelStatus.Active && channelStatusId >= 0 ? LocalSocketAddress.Find(Cnc.Counters, channelStatusId) : [];

    private int Service()
    {
        int workCount = 0;
        try
        {
            long nowNs = _clock.NanoTime;
            if (!_isClosed)
            {
                workCount += CheckLiveness(nowNs);
                workCount += _isClosed ? 0 : SendUnsent() + _events.Receive();
            }

            workCount += _logs.Unmap(nowNs);
        }
        catch (BroadcastLappedException lapped)
        {
            // Events are lost: what this client has and what the driver has may differ from here on.
            Terminate(lapped);
        }
#pragma warning disable CA1031 // The client's outermost frame: what comes is told, and the next cycle follows.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Report(failure);
        }

        return workCount;
    }

    private int CheckLiveness(long nowNs)
    {
        long silenceNs = nowNs - _timeOfLastServiceNs;
        _timeOfLastServiceNs = nowNs;
        if (silenceNs > _serviceTimeoutNs)
        {
            Terminate(new ConductorServiceTimeoutException(
                $"This client's conductor stood still for {silenceNs / NanosPerMilli} ms, and the driver waits {_serviceTimeoutNs / NanosPerMilli} ms: "
                    + "what the driver has closed by now cannot be used. Close this client and connect anew."));
            return 1;
        }

        if (nowNs - _timeOfLastKeepAliveNs < _context.KeepAliveIntervalNs)
            return 0;
        _timeOfLastKeepAliveNs = nowNs;
        CheckDriver();
        if (!_isClosed)
            KeepAlive();
        return 1;
    }

    private void CheckDriver()
    {
        long heartbeatMs = _driver.DriverHeartbeatTime;
        long ageMs = _clock.EpochMillis - heartbeatMs;
        if (heartbeatMs >= 0 && ageMs <= _context.DriverTimeoutNs / NanosPerMilli)
            return;
        Terminate(new DriverTimeoutException(heartbeatMs < 0
            ? "The driver has ended. Close this client, and connect anew when a driver runs."
            : $"The driver's last sign of life is {ageMs} ms old: it stands still or died. Close this client, and connect anew when a driver runs."));
    }

    private void KeepAlive()
    {
        CountersReader counters = Cnc.Counters;
        if (_heartbeat == null)
        {
            // The driver makes it with the first command; until then it does not know this client.
            int id = counters.FindByTypeIdAndRegistrationId(CounterTypes.ClientHeartbeat, ClientId);
            if (id == CountersReader.NullCounterId)
                return;
            _heartbeat = new AtomicCounter(counters.Values, id);
        }
        else if (!counters.IsAllocated(_heartbeat.Id)
            || counters.TypeId(_heartbeat.Id) != CounterTypes.ClientHeartbeat
            || counters.RegistrationId(_heartbeat.Id) != ClientId)
        {
            Terminate(new ClientTimeoutException($"The driver has freed the heartbeat of client {ClientId}: it took the client for dead. Connect anew."));
            return;
        }

        _heartbeat.SetRelease(_clock.EpochMillis);
    }

    /// <summary>Ends the client for a reason that the application is told.</summary>
    private void Terminate(Exception reason)
    {
        if (_isClosed)
            return;
        Report(reason);
        End(static _ => { });
    }

    private void End(Action<ClientConductor> farewell)
    {
        _isClosed = true;
        try
        {
            farewell(this);
        }
#pragma warning disable CA1031 // The driver may be gone or not read: closing goes on without it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Report(failure);
        }

        foreach (IDisposable resource in _resources.Values.ToArray())
        {
            CloseResource(resource);
        }

        _resources.Clear();
        foreach (Registration registration in _registrations.Values)
        {
            registration.Fail(new AeronException("The client was closed before the driver answered."));
        }

        if (_context.CloseHandler is { } handler)
            Call(handler);
    }

    /// <summary>Calls a handler of the application. What it throws is told to the error handler.</summary>
    private void Call(Action handler)
    {
        bool wasInCallback = _isInCallback;
        _isInCallback = true;
        try
        {
            handler();
        }
#pragma warning disable CA1031 // The application's own: told, and the conductor goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Report(failure);
        }
        finally
        {
            _isInCallback = wasInCallback;
        }
    }

    private void Report(Exception failure)
    {
        try
        {
            _context.ErrorHandler(failure);
        }
#pragma warning disable CA1031 // There is nobody left to tell.
        catch (Exception)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(failure);
        }
    }

    private void CheckUsable()
    {
        if (_isClosed)
            throw new AeronException("The client is closed.");
        if (_isInCallback)
            throw new AeronException("The client cannot be asked for this from one of its handlers: the answer would come after the event that they handle.");
    }

    /// <summary>Waits for the driver's answer to a command; under the lock.</summary>
    /// <exception cref="DriverTimeoutException">There is none within the timeout.</exception>
    /// <exception cref="RegistrationException">The driver refuses.</exception>
    private object? Await(Registration registration)
    {
        long deadlineNs = _clock.NanoTime + _context.DriverTimeoutNs;
        while (!registration.IsDone)
        {
            int workCount = (_context.DriverAgentInvoker?.Invoke() ?? 0) + Service();
            if (registration.IsDone)
                break;
            if (_clock.NanoTime - deadlineNs >= 0)
            {
                _registrations.Remove(registration.CorrelationId);
                throw new DriverTimeoutException(
                    $"The driver did not answer command {registration.CorrelationId} within {_context.DriverTimeoutNs / NanosPerMilli} ms.");
            }

            _awaitingIdle.Idle(workCount);
        }

        _registrations.Remove(registration.CorrelationId);
        return registration.ResultOrThrow();
    }
}
