using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>
/// A stream of one session as it is received: the receiver's thread puts datagrams into its log and answers, the conductor's follows what is
/// complete and what was read. Source: aeron_publication_image.c of Aeron 1.52.
/// </summary>
/// <remarks>
/// The counters of positions are for others to see: clients can write them, so both threads go by fields of their own and only write the counters.
/// </remarks>
internal sealed unsafe partial class PublicationImage
{
    // Both threads.
    private readonly MediaDriverContext _context;
    private readonly SystemCounters _systemCounters;
    private readonly ICongestionControl _congestionControl;
    private readonly PendingStatusMessage _pendingStatusMessage;
    private readonly PendingLoss _pendingLoss = new();
    private readonly bool _isReliable;
    private readonly int _positionBitsToShift;
    private readonly byte* _termsAddress;
    private long _rebuildPosition;
    private long _highWaterMark;
    private long _timeOfLastPacketNs;
    private volatile bool _isEndOfStream;
    private volatile bool _isRevoked;
    private volatile bool _isSendingEndOfStream;
    private volatile bool _hasReceiverReleased;
    private volatile byte[]? _rejection;
    private long _responseSessionId = NoResponseSessionId;

    /// <summary>Outside the range of session ids.</summary>
    private const long NoResponseSessionId = long.MinValue;

    public PublicationImage(PublicationImageParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _context = parameters.Context;
        _systemCounters = parameters.SystemCounters;
        _congestionControl = parameters.CongestionControl;
        _isReliable = parameters.IsReliable;
        CorrelationId = parameters.CorrelationId;
        SessionId = parameters.SessionId;
        StreamId = parameters.StreamId;
        InitialTermId = parameters.InitialTermId;
        MtuLength = parameters.MtuLength;
        Endpoint = parameters.Endpoint;
        SourceAddress = parameters.SourceAddress;
        SourceIdentity = parameters.SourceAddress.ToString();
        Log = parameters.Log;
        TermLength = parameters.Log.TermLength;
        _positionBitsToShift = LogPosition.PositionBitsToShift(TermLength);
        // The terms follow each other in memory.
        _termsAddress = Log.Terms[0].Address;

        long position = LogPosition.Compute(parameters.ActiveTermId, parameters.TermOffset, _positionBitsToShift, InitialTermId);
        _rebuildPosition = _highWaterMark = position;
        _timeOfLastPacketNs = parameters.NowNs;
        _highWaterMarkCounter = parameters.ReceiverHighWaterMark;
        _highWaterMarkCounter.SetRelease(position);
        _rebuildPositionCounter = parameters.ReceiverPosition;
        _rebuildPositionCounter.SetRelease(position);
        _pendingStatusMessage = new PendingStatusMessage(position, _congestionControl.InitialWindowLength);

        // The conductor's.
        _lossDetector = new LossDetector(_isReliable ? parameters.FeedbackDelay : StaticFeedbackDelay.None);
        _lossReport = parameters.LossReport;
        _nextStatusMessagePosition = position;
        _cleaner = new LogCleaner(parameters.Log, position);
        _nextWindowLength = _congestionControl.InitialWindowLength;
        _frameLengthMax = Math.Min(MtuLength, LogBufferDescriptor.MaxMessageLength(TermLength) + DataHeader.LengthBytes);
        _timeOfLastStateChangeNs = parameters.NowNs;
        _untethered = new UntetheredSubscribers(
            Subscribers,
            parameters.SubscriberEvents,
            parameters.UntetheredWindowLimitTimeoutNs,
            parameters.UntetheredLingerTimeoutNs,
            parameters.UntetheredRestingTimeoutNs);

        // The receiver's.
        _naksSent = parameters.NaksSent;
        _lastStatusMessagePosition = position;
        // The first status message goes out at once.
        _nextStatusMessageDeadlineNs = parameters.NowNs - 1;
        if (Endpoint.DestinationAt(parameters.TransportIndex) is { } destination)
            _connections.Add(destination, parameters.ControlAddress, parameters.NowNs);
    }

    public long CorrelationId { get; }

    public int SessionId { get; }

    public int StreamId { get; }

    public int InitialTermId { get; }

    public int TermLength { get; }

    public int MtuLength { get; }

    /// <summary>Where the SETUP came from.</summary>
    public UdpAddress SourceAddress { get; }

    /// <summary><c>ip:port</c>.</summary>
    public string SourceIdentity { get; }

    public ReceiveChannelEndpoint Endpoint { get; }

    /// <summary>Owned by whoever made it; to be freed when <see cref="State"/> is done and <see cref="HasReceiverReleased"/>.</summary>
    public LogBuffer Log { get; }

    /// <summary>The publisher revoked it.</summary>
    public bool IsRevoked => _isRevoked;

    /// <summary>The publisher said that the stream is over.</summary>
    public bool IsEndOfStream => _isEndOfStream;

    /// <summary>The receiver's thread touches it no more.</summary>
    public bool HasReceiverReleased => _hasReceiverReleased;

    /// <summary>Up to where the stream is complete.</summary>
    public long RebuildPosition => Volatile.Read(ref _rebuildPosition);

    /// <summary>Up to where the stream is known to be.</summary>
    public long HighWaterMark => Volatile.Read(ref _highWaterMark);

    private UnsafeBuffer Term(long position) => Log.Terms[LogPosition.PartitionIndex(position, _positionBitsToShift)];
}
