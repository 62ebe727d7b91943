using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver;

/// <summary>
/// Settings of a media driver: lengths in bytes, times in nanoseconds. Defaults are those of the reference driver (aeron_driver_context.h of
/// Aeron 1.52), but for the threading mode and for the limits, which the reference does not have. A channel's URI overrides what it names.
/// </summary>
public sealed record MediaDriverContext
{
    private const long Micros = 1_000;
    private const long Millis = 1_000_000;
    private const long Seconds = 1_000_000_000;

    /// <summary>Where the CnC file and the logs are.</summary>
    public string AeronDirectoryName { get; init; } = AeronDirectory.Default;

    /// <summary>Removes a directory that another driver left behind; a driver that lives is never removed.</summary>
    public bool DirDeleteOnStart { get; init; }

    /// <summary>Removes the directory when the driver is closed.</summary>
    public bool DirDeleteOnShutdown { get; init; }

    public ThreadingMode ThreadingMode { get; init; } = ThreadingMode.Shared;

    /// <summary>Makes the idle strategy of each thread.</summary>
    public Func<IIdleStrategy> IdleStrategy { get; init; } = static () => new BackoffIdleStrategy();
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Makes sockets; null for the system's. Tests and fault generators stand here.</summary>
    public IUdpTransportFactory? TransportFactory { get; init; }

    /// <summary>Finds the addresses of host names in channels.</summary>
    public INameResolver NameResolver { get; init; } = SystemNameResolver.Instance;

    /// <summary>Told of what goes wrong, besides the error log.</summary>
    public Action<Exception>? ErrorHandler { get; init; }

    /// <summary>Decides whether a client may end the driver; null: none may.</summary>
    public Func<byte[], bool>? TerminationValidator { get; init; }

    /// <summary>Called when a client ended the driver.</summary>
    public Action? TerminationHook { get; init; }

    /// <summary>Seeds session ids, initial term ids, receiver ids and NAK back-off; null for a random seed.</summary>
    public int? Seed { get; init; }

    public int ToDriverBufferLength { get; init; } = 1024 * 1024;
    public int ToClientsBufferLength { get; init; } = 1024 * 1024;
    public int CountersValuesBufferLength { get; init; } = 8 * 1024 * 1024;
    public int ErrorLogBufferLength { get; init; } = 4 * 1024 * 1024;
    public int LossReportBufferLength { get; init; } = 1024 * 1024;
    public int FilePageSize { get; init; } = 4096;

    public int MtuLength { get; init; } = 1408;
    public int IpcMtuLength { get; init; } = 1408;
    public int TermBufferLength { get; init; } = 16 * 1024 * 1024;
    public int IpcTermBufferLength { get; init; } = 64 * 1024 * 1024;

    /// <summary>Zero: half a term.</summary>
    public int PublicationTermWindowLength { get; init; }

    /// <inheritdoc cref="PublicationTermWindowLength"/>
    public int IpcPublicationTermWindowLength { get; init; }
    public int InitialWindowLength { get; init; } = 128 * 1024;
    public int SocketReceiveBufferLength { get; init; } = 128 * 1024;

    /// <summary>Zero: the system's.</summary>
    public int SocketSendBufferLength { get; init; }

    /// <summary>Zero: the system's.</summary>
    public int MulticastTtl { get; init; }
    public bool TermBufferSparseFile { get; init; } = true;
    public int PublicationReservedSessionIdLow { get; init; } = -1;
    public int PublicationReservedSessionIdHigh { get; init; } = 1000;

    /// <summary>Datagrams of one publication in one call, at most 16.</summary>
    public int NetworkPublicationMaxMessagesPerSend { get; init; } = 4;

    /// <summary>Every so many cycles the sender looks for control datagrams, even when it is busy sending.</summary>
    public int SendToStatusMessagePollRatio { get; init; } = 6;

    /// <summary>Datagrams taken from a socket in one call.</summary>
    public int ReceiverIoVectorCapacity { get; init; } = 8;
    public int MaxResend { get; init; } = 16;
    public int UnicastRetransmitReceiverWindowMultiple { get; init; } = 16;
    public int MulticastRetransmitReceiverWindowMultiple { get; init; } = 4;

    /// <summary>How long another driver in the directory must have been silent to count as dead.</summary>
    public long DriverTimeoutNs { get; init; } = 10 * Seconds;
    public long ClientLivenessTimeoutNs { get; init; } = 10 * Seconds;
    public long PublicationLingerTimeoutNs { get; init; } = 5 * Seconds;
    public long PublicationConnectionTimeoutNs { get; init; } = 5 * Seconds;
    public long PublicationUnblockTimeoutNs { get; init; } = 15 * Seconds;
    public long ImageLivenessTimeoutNs { get; init; } = 10 * Seconds;
    public long StatusMessageTimeoutNs { get; init; } = 200 * Millis;
    public long HeartbeatTimeoutNs { get; init; } = 100 * Millis;
    public long SetupTimeoutNs { get; init; } = 100 * Millis;
    public long PendingSetupsTimeoutNs { get; init; } = 1 * Seconds;
    public long TimerIntervalNs { get; init; } = 1 * Seconds;
    public long CounterFreeToReuseTimeoutNs { get; init; } = 1 * Seconds;
    public long UntetheredWindowLimitTimeoutNs { get; init; } = 5 * Seconds;
    public long UntetheredLingerTimeoutNs { get; init; } = 5 * Seconds;
    public long UntetheredRestingTimeoutNs { get; init; } = 10 * Seconds;
    public long DestinationTimeoutNs { get; init; } = 5 * Seconds;
    public long ReResolutionCheckIntervalNs { get; init; } = 1 * Seconds;
    public long FlowControlReceiverTimeoutNs { get; init; } = 5 * Seconds;
    public long RetransmitUnicastDelayNs { get; init; }
    public long RetransmitUnicastLingerNs { get; init; } = 10 * Millis;
    public long NakUnicastDelayNs { get; init; } = 1 * Micros;

    /// <summary>The delay of a repeated NAK is that many times the first.</summary>
    public long NakUnicastRetryDelayRatio { get; init; } = 100;
    public long NakMulticastMaxBackoffNs { get; init; } = 10 * Millis;
    public int NakMulticastGroupSize { get; init; } = 10;

    public bool CubicMeasureRtt { get; init; }
    public long CubicInitialRttNs { get; init; } = 100 * Micros;
    public bool RejoinStream { get; init; } = true;
    public bool ReliableStream { get; init; } = true;
    public bool TetherSubscriptions { get; init; } = true;
    public bool SpiesSimulateConnection { get; init; }

    /// <summary>Who may send to which endpoint; an endpoint without a rule takes from anybody.</summary>
    public IReadOnlyList<SourceRule> SourceRules { get; init; } = [];

    /// <summary>Images of one endpoint; a SETUP beyond is refused.</summary>
    public int ImagesPerEndpointMax { get; init; } = 1024;

    /// <summary>Sessions that one source address and port may have on an endpoint.</summary>
    public int SessionsPerSourceMax { get; init; } = 256;

    /// <summary>Sessions without an image that an endpoint keeps in mind (pending, cooling down, of no interest).</summary>
    public int RememberedSessionsMax { get; init; } = 4096;

    /// <summary>Receivers that a publication keeps in mind.</summary>
    public int ReceiversPerPublicationMax { get; init; } = 1024;

    /// <summary>Destinations of a multi-destination publication.</summary>
    public int DestinationsMax { get; init; } = 1024;

    /// <summary>Log buffers of the whole driver.</summary>
    public long LogBufferBytesMax { get; init; } = 16L * 1024 * 1024 * 1024;

    /// <summary>The greatest term length that a SETUP may ask for.</summary>
    public int ImageTermLengthMax { get; init; } = LogBufferDescriptor.TermLengthMax;

    /// <summary>Counters that outlive their clients.</summary>
    public int StaticCountersMax { get; init; } = 1024;

    /// <summary>The room, in bytes, that is left in the file system of a directory. Tests have others.</summary>
    internal Func<string, long> UsableSpace { get; init; } = static directory => new DriveInfo(directory).AvailableFreeSpace;

    public int ClientsMax { get; init; } = 1024;

    /// <summary>Publications, subscriptions and counters of one client.</summary>
    public int ResourcesPerClientMax { get; init; } = 16 * 1024;
}
