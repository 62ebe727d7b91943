using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>A whole driver, stepped by hand, and a client that is nothing but commands in its ring and the events that answer them.</summary>
internal sealed class DriverUnderCommand : IDisposable
{
    private const long StepNs = 50_000;

    private readonly CncFile _cnc;
    private readonly CopyBroadcastReceiver _receiver;
    private readonly DriverEventsAdapter _adapter;
    private readonly EventRecorder _recorder = new();

    public DriverUnderCommand(Func<MediaDriverContext, MediaDriverContext>? change = null)
    {
        Directory = Path.Combine(Path.GetTempPath(), $"aeron-commands-{Guid.NewGuid():N}");
        var context = new MediaDriverContext
        {
            AeronDirectoryName = Directory,
            DirDeleteOnShutdown = true,
            ThreadingMode = ThreadingMode.Invoker,
            Clock = Clock,
            TransportFactory = Network,
            Seed = 1,
            TermBufferLength = 64 * 1024,
            IpcTermBufferLength = 64 * 1024,
            ToDriverBufferLength = 64 * 1024,
            ToClientsBufferLength = 256 * 1024,
            CountersValuesBufferLength = 64 * 1024,
            ErrorLogBufferLength = 64 * 1024,
            LossReportBufferLength = 64 * 1024,
        };
        Driver = MediaDriver.Launch(change?.Invoke(context) ?? context);
        _cnc = CncFile.Open(Directory);
        Ring = new ManyToOneRingBuffer(_cnc.ToDriver);
        Counters = new CountersReader(_cnc.CountersMetaData, _cnc.CountersValues);
        _receiver = new CopyBroadcastReceiver(_cnc.ToClients);
        _adapter = new DriverEventsAdapter(new CopyBroadcastReceiver(_cnc.ToClients), _recorder);
        Client = NewClient();
    }

    public string Directory { get; }

    public ManualClock Clock { get; } = new();

    public SimulatedNetwork Network { get; } = new();

    public MediaDriver Driver { get; }

    public ManyToOneRingBuffer Ring { get; }

    public CountersReader Counters { get; }

    /// <summary>The first client: its id is one.</summary>
    public DriverProxy Client { get; }

    /// <summary>All events so far, decoded.</summary>
    public IReadOnlyList<object> Events => _recorder.All;

    /// <summary>All events so far, as they stand in the broadcast.</summary>
    public List<(int TypeId, byte[] Message)> RawEvents { get; } = [];

    /// <summary>The memory of the command ring.</summary>
    public Memory.UnsafeBuffer RingMemory => _cnc.ToDriver;

    public DriverProxy NewClient() => new(Ring, Ring.NextCorrelationId());

    /// <summary>One cycle.</summary>
    public void Step()
    {
        Driver.Invoker!.DoWork();
        Clock.AdvanceNanos(StepNs);
        while (_receiver.Receive((typeId, message) => RawEvents.Add((typeId, message.ToArray()))))
        {
        }

        while (_adapter.Receive() > 0)
        {
        }
    }

    /// <summary>As many cycles as it takes for anything that was asked to be done.</summary>
    public void Settle()
    {
        for (int count = 0; count < 20; count++)
        {
            Step();
        }
    }

    /// <summary>Lets time pass, in great steps; a client whose heartbeat is given is kept alive.</summary>
    public void StepFor(TimeSpan time, params DriverProxy[] living)
    {
        long endNs = Clock.NanoTime + (long)time.TotalMilliseconds * 1_000_000;
        while (Clock.NanoTime < endNs)
        {
            Array.ForEach(living, KeepAlive);
            Clock.AdvanceNanos(50_000_000);
            Step();
        }
    }

    /// <summary>What a client does each half second.</summary>
    public void KeepAlive(DriverProxy client)
    {
        int id = Counters.FindByTypeIdAndRegistrationId(CounterTypes.ClientHeartbeat, client.ClientId);
        if (id != CountersReader.NullCounterId)
            new AtomicCounter(Counters.Values, id).SetRelease(Clock.EpochMillis);
    }

    /// <summary>The error that answered a command; fails when none did.</summary>
    public (ErrorCode Code, string Message) ErrorOf(long correlationId)
    {
        Settle();
        EventRecorder.Error? error = Events.OfType<EventRecorder.Error>().FirstOrDefault(error => error.CorrelationId == correlationId);
        Assert.That(error, Is.Not.Null, $"command {correlationId} was not refused: {string.Join(", ", Events)}");
        return (error!.Code, error.Message);
    }

    /// <summary>The event of that kind that answered a command; fails when none did.</summary>
    public T AnswerTo<T>(long correlationId, Func<T, long> id)
    {
        Settle();
        T[] found = [.. Events.OfType<T>().Where(answer => id(answer) == correlationId)];
        Assert.That(found, Has.Length.EqualTo(1), $"answers to command {correlationId}: {string.Join(", ", Events)}");
        return found[0];
    }

    public PublicationReady Publication(long correlationId) => AnswerTo<PublicationReady>(correlationId, static ready => ready.CorrelationId);

    public EventRecorder.SubscriptionReady Subscription(long correlationId) =>
        AnswerTo<EventRecorder.SubscriptionReady>(correlationId, static ready => ready.CorrelationId);

    public void Succeeded(long correlationId) => AnswerTo<EventRecorder.Success>(correlationId, static success => success.CorrelationId);

    /// <summary>What the driver's error log says.</summary>
    public string Errors() => string.Join('\n', ErrorLogReader.Read(_cnc.ErrorLog).Select(static entry => $"{entry.ObservationCount} x {entry.Text}"));

    public long SystemCounter(SystemCounterId id) => Counters.Value((int)id);

    public void Dispose()
    {
        _cnc.Dispose();
        Driver.Dispose();
    }
}

/// <summary>Remembers events.</summary>
internal sealed class EventRecorder : IDriverEventHandler
{
    public sealed record Error(long CorrelationId, ErrorCode Code, string Message);

    public sealed record Unavailable(long ImageCorrelationId, long SubscriptionRegistrationId, int StreamId);

    public sealed record SubscriptionReady(long CorrelationId, int ChannelStatusId);

    public sealed record Success(long CorrelationId);

    public sealed record CounterReady(long CorrelationId, int CounterId);

    public sealed record CounterGone(long RegistrationId, int CounterId);

    public sealed record StaticCounter(long CorrelationId, int CounterId);

    public sealed record ClientTimeout(long ClientId);

    public sealed record SessionId(long CorrelationId, int Value);

    public List<object> All { get; } = [];

    public void OnError(long offendingCorrelationId, ErrorCode code, string message) => All.Add(new Error(offendingCorrelationId, code, message));

    public void OnAvailableImage(in AvailableImage image) => All.Add(image);

    public void OnUnavailableImage(long imageCorrelationId, long subscriptionRegistrationId, int streamId) =>
        All.Add(new Unavailable(imageCorrelationId, subscriptionRegistrationId, streamId));

    public void OnPublicationReady(in PublicationReady publication) => All.Add(publication);

    public void OnSubscriptionReady(long correlationId, int channelStatusCounterId) => All.Add(new SubscriptionReady(correlationId, channelStatusCounterId));

    public void OnOperationSuccess(long correlationId) => All.Add(new Success(correlationId));

    public void OnCounterReady(long correlationId, int counterId) => All.Add(new CounterReady(correlationId, counterId));

    public void OnUnavailableCounter(long registrationId, int counterId) => All.Add(new CounterGone(registrationId, counterId));

    public void OnStaticCounter(long correlationId, int counterId) => All.Add(new StaticCounter(correlationId, counterId));

    public void OnClientTimeout(long clientId) => All.Add(new ClientTimeout(clientId));

    public void OnPublicationError(in PublicationErrorEvent publicationError) => All.Add(publicationError);

    public void OnNextAvailableSessionId(long correlationId, int sessionId) => All.Add(new SessionId(correlationId, sessionId));
}
