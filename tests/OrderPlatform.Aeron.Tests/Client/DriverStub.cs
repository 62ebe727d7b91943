using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Client;

/// <summary>
/// A driver's end of the CnC file without a driver: it answers commands when it is stepped, and a test tells it what else to say. It sends nothing
/// anywhere; a test moves limits and positions by hand.
/// </summary>
internal sealed class DriverStub : IClientCommandHandler, IErrorLog, IDisposable
{
    private const int BufferLength = 64 * 1024;
    private const long Second = 1_000_000_000;

    private readonly CncFile _cnc;
    private readonly ManyToOneRingBuffer _toDriver;
    private readonly ClientCommandAdapter _commands;
    private readonly CounterAllocator _counters;
    private readonly ManualClock _clock;
    private readonly Dictionary<string, LogBuffer> _logs = [];

    public DriverStub(ManualClock clock, int toClientsLength = BufferLength)
    {
        _clock = clock;
        Directory = Path.Combine(Path.GetTempPath(), $"aeron-stub-{Guid.NewGuid():N}");
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, AeronDirectory.PublicationsFolder));
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, AeronDirectory.ImagesFolder));
        _cnc = CncFile.Create(Directory, new CncFileParameters
        {
            ToDriverBufferLength = BufferLength,
            ToClientsBufferLength = toClientsLength,
            CountersValuesBufferLength = BufferLength,
            ErrorLogBufferLength = BufferLength,
            ClientLivenessTimeoutNs = 10 * Second,
            StartTimestampMs = clock.EpochMillis,
        });
        _toDriver = new ManyToOneRingBuffer(_cnc.ToDriver);
        _counters = new CounterAllocator(_cnc.CountersMetaData, _cnc.CountersValues, clock, Second);
        for (int id = 0; id < SystemCounters.Count; id++)
        {
            _counters.Allocate(CounterTypes.System, [], $"system {id}");
        }

        Proxy = new ClientProxy(new BroadcastTransmitter(_cnc.ToClients));
        _commands = new ClientCommandAdapter(_toDriver, this, Proxy, this, new SystemCounters(_cnc.CountersValues));
        KeepAlive();
        _cnc.SetReady();
    }

    public string Directory { get; }

    /// <summary>Says to all clients whatever a test wants.</summary>
    public ClientProxy Proxy { get; }

    /// <summary>The commands so far, in words.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>What the next commands are answered with, in place of what they ask for.</summary>
    public (ErrorCode Code, string Message)? Refusal { get; set; }

    /// <summary>True: commands are read and not answered.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Where the next publication's log begins, and its term length.</summary>
    public int TermLength { get; set; } = LogBufferDescriptor.TermLengthMin;

    public int InitialTermId { get; set; } = 7;

    public int StartTermId { get; set; } = 7;

    public int StartTermOffset { get; set; }

    public int ChannelStatusId { get; set; } = -1;

    public CountersReader Reader => new(_cnc.CountersMetaData, _cnc.CountersValues);

    /// <summary>Reads and answers commands.</summary>
    public int DoWork() => _commands.Receive();

    /// <summary>Shows that the driver lives.</summary>
    public void KeepAlive() => _toDriver.ConsumerHeartbeatTime = _clock.EpochMillis;

    public void End() => _toDriver.ConsumerHeartbeatTime = -1;

    public LogBuffer LogOfPublication(long registrationId) => _logs[AeronDirectory.PublicationLog(Directory, registrationId)];

    public AtomicCounter Counter(int id) => new(_cnc.CountersValues, id);

    public AtomicCounter Allocate(int typeId, ReadOnlySpan<byte> key, string label, long registrationId) =>
        _counters.Allocate(typeId, key, label, registrationId);

    public void Free(int counterId) => _counters.Free(counterId);

    /// <summary>Connects a publication and lets it write up to a position.</summary>
    public void Open(long registrationId, int limitId, long limit)
    {
        LogOfPublication(registrationId).MetaData.PutIntRelease(LogBufferDescriptor.IsConnectedOffset, 1);
        Counter(limitId).SetRelease(limit);
    }

    /// <summary>Makes an image of a log for a subscription and announces it.</summary>
    /// <returns>The image's position.</returns>
    public AtomicCounter AnnounceImage(long subscriptionRegistrationId, long imageCorrelationId, int sessionId, string logPath, long position = 0)
    {
        AtomicCounter counter = _counters.Allocate(CounterTypes.SubscriberPosition, [], "sub-pos", subscriptionRegistrationId);
        counter.SetRelease(position);
        Proxy.AvailableImage(new AvailableImage(imageCorrelationId, sessionId, 1001, subscriptionRegistrationId, counter.Id, logPath, "127.0.0.1:40123"));
        return counter;
    }

    /// <summary>A log of an image, to be filled by a test.</summary>
    public LogBuffer CreateImageLog(long correlationId, int sessionId) => CreateLog(AeronDirectory.ImageLog(Directory, correlationId), sessionId, 1001);

    public void OnAddPublication(long clientId, long correlationId, int streamId, string channel, bool isExclusive)
    {
        if (!Accept(clientId, $"{(isExclusive ? "AddExclusivePublication" : "AddPublication")} {channel} {streamId}"))
            return;
        string path = AeronDirectory.PublicationLog(Directory, correlationId);
        CreateLog(path, sessionId: 42, streamId);
        AtomicCounter limit = _counters.Allocate(CounterTypes.PublisherLimit, [], "pub-lmt", correlationId);
        limit.SetRelease(0);
        Proxy.PublicationReady(new PublicationReady(correlationId, correlationId, 42, streamId, limit.Id, ChannelStatusId, path, isExclusive));
    }

    public void OnAddSubscription(long clientId, long correlationId, int streamId, string channel)
    {
        if (Accept(clientId, $"AddSubscription {channel} {streamId}"))
            Proxy.SubscriptionReady(correlationId, ChannelStatusId);
    }

    public void OnAddCounter(long clientId, long correlationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label)
    {
        string text = System.Text.Encoding.UTF8.GetString(label);
        if (Accept(clientId, $"AddCounter {typeId} {text}"))
            Proxy.CounterReady(correlationId, _counters.Allocate(typeId, key, text, correlationId).Id);
    }

    public void OnAddStaticCounter(long clientId, long correlationId, long registrationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label)
    {
        string text = System.Text.Encoding.UTF8.GetString(label);
        if (Accept(clientId, $"AddStaticCounter {typeId} {text} {registrationId}"))
            Proxy.StaticCounter(correlationId, _counters.Allocate(typeId, key, text, registrationId).Id);
    }

    public void OnRemovePublication(long clientId, long correlationId, long registrationId, bool revoke) =>
        Acknowledge(clientId, correlationId, $"RemovePublication {registrationId}{(revoke ? " revoke" : string.Empty)}");

    public void OnRemoveSubscription(long clientId, long correlationId, long registrationId) =>
        Acknowledge(clientId, correlationId, $"RemoveSubscription {registrationId}");

    public void OnRemoveCounter(long clientId, long correlationId, long registrationId) =>
        Acknowledge(clientId, correlationId, $"RemoveCounter {registrationId}");

    public void OnAddDestination(long clientId, long correlationId, long registrationId, string channel) =>
        Acknowledge(clientId, correlationId, $"AddDestination {registrationId} {channel}");

    public void OnRemoveDestination(long clientId, long correlationId, long registrationId, string channel) =>
        Acknowledge(clientId, correlationId, $"RemoveDestination {registrationId} {channel}");

    public void OnRemoveDestinationById(long clientId, long correlationId, long resourceRegistrationId, long destinationRegistrationId) =>
        Acknowledge(clientId, correlationId, $"RemoveDestinationById {resourceRegistrationId} {destinationRegistrationId}");

    public void OnAddReceiveDestination(long clientId, long correlationId, long registrationId, string channel) =>
        Acknowledge(clientId, correlationId, $"AddReceiveDestination {registrationId} {channel}");

    public void OnRemoveReceiveDestination(long clientId, long correlationId, long registrationId, string channel) =>
        Acknowledge(clientId, correlationId, $"RemoveReceiveDestination {registrationId} {channel}");

    public void OnRejectImage(long clientId, long correlationId, long imageCorrelationId, long position, string reason) =>
        Acknowledge(clientId, correlationId, $"RejectImage {imageCorrelationId} {position} {reason}");

    public void OnGetNextAvailableSessionId(long clientId, long correlationId, int streamId)
    {
        if (Accept(clientId, $"GetNextAvailableSessionId {streamId}"))
            Proxy.NextAvailableSessionId(correlationId, -321);
    }

    public void OnClientKeepalive(long clientId) => Commands.Add("ClientKeepalive");

    public void OnClientClose(long clientId) => Commands.Add("ClientClose");

    public void OnTerminateDriver(long clientId, ReadOnlySpan<byte> token) => Commands.Add("TerminateDriver");

    public void Record(string observation) => Commands.Add(observation);

    public void Record(Exception failure) => Commands.Add(failure.Message);

    public void Dispose()
    {
        foreach (LogBuffer log in _logs.Values)
        {
            log.Dispose();
        }

        _cnc.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private LogBuffer CreateLog(string path, int sessionId, int streamId) => _logs[path] = LogBuffer.Create(path, new LogMetaData
    {
        SessionId = sessionId,
        StreamId = streamId,
        InitialTermId = InitialTermId,
        StartTermId = StartTermId,
        StartTermOffset = StartTermOffset,
        TermLength = TermLength,
        PageSize = LogBufferDescriptor.PageLengthMin,
        MtuLength = 1408,
    });

    private bool Accept(long clientId, string command)
    {
        Commands.Add(command);
        if (IsSilent)
            return false;
        if (Refusal is { } refusal)
            throw new ControlProtocolException(refusal.Code, refusal.Message);
        // As the reference: the first command makes the client, and its heartbeat counter is announced before the answer.
        if (Reader.FindByTypeIdAndRegistrationId(CounterTypes.ClientHeartbeat, clientId) == CountersReader.NullCounterId)
            Proxy.CounterReady(clientId, _counters.Allocate(CounterTypes.ClientHeartbeat, BitConverter.GetBytes(clientId), "client-heartbeat", clientId).Id);
        return true;
    }

    private void Acknowledge(long clientId, long correlationId, string command)
    {
        if (Accept(clientId, command))
            Proxy.OperationSuccess(correlationId);
    }
}
