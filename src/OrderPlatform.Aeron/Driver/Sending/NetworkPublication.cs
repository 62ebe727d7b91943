using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Sending.FlowControl;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>
/// A publication on a socket. Clients write its log; the sender sends it as far as its receivers allow; the conductor gives the writers
/// room and watches over its life. Each member says whose thread it is for. Source: aeron_network_publication.c of Aeron 1.52.
/// </summary>
internal sealed partial class NetworkPublication : IRetransmitSender
{
    private readonly MediaDriverContext _context;
    private readonly LogBuffer _log;
    private readonly UnsafeBuffer[] _terms;
    private readonly IFlowControl _flowControl;
    private readonly RetransmitHandler _retransmits;
    private readonly ReceiverLiveness _receivers;
    private readonly int _initialTermId;
    private readonly int _termLength;
    private readonly int _positionBitsToShift;
    private readonly int _mtuLength;
    private readonly ShownPosition _publisherPosition;
    private readonly ShownPosition _publisherLimit;
    private readonly ShownPosition _senderPosition;
    private readonly ShownPosition _senderLimit;

    // Written by the sender, read by the conductor.
    private volatile bool _hasReceivers;
    private volatile bool _hasReceivedUnicastEndOfStream;

    // Written by the conductor, read by the sender.
    private volatile bool _isEndOfStream;
    private volatile bool _isRevoked;
    private volatile bool _hasSpies;
    private long _maxSpyPosition;

    /// <summary>Made on the conductor's thread; the sender has it from <see cref="Sender.AddPublication"/> on.</summary>
    public NetworkPublication(NetworkPublicationParameters parameters)
    {
        long nowNs = parameters.Context.Clock.NanoTime;
        SystemCounters counters = parameters.SystemCounters;
        RegistrationId = parameters.RegistrationId;
        SessionId = parameters.SessionId;
        StreamId = parameters.StreamId;
        Endpoint = parameters.Endpoint;
        IsExclusive = parameters.IsExclusive;
        ResponseCorrelationId = parameters.ResponseCorrelationId;
        _context = parameters.Context;
        _log = parameters.Log;
        _terms = _log.Terms.ToArray();
        _termLength = _log.TermLength;
        _positionBitsToShift = LogPosition.PositionBitsToShift(_termLength);
        _initialTermId = parameters.InitialTermId;
        _mtuLength = parameters.MtuLength;
        _flowControl = parameters.FlowControl;
        _publisherPosition = new ShownPosition(parameters.PublisherPosition, parameters.StartPosition);
        _publisherLimit = new ShownPosition(parameters.PublisherLimit, parameters.StartPosition);
        _senderPosition = new ShownPosition(parameters.SenderPosition, parameters.StartPosition);
        _senderLimit = new ShownPosition(parameters.SenderLimit, parameters.StartPosition);
        _maxSpyPosition = parameters.StartPosition;
        _receivers = new ReceiverLiveness(_context.ReceiversPerPublicationMax);
        _retransmits = new RetransmitHandler(
            this,
            Endpoint.Channel.HasGroupSemantics,
            parameters.MaxResend,
            _context.RetransmitUnicastDelayNs,
            _context.RetransmitUnicastLingerNs,
            counters[SystemCounterId.RetransmitOverflow]);

        _datagrams = new OutgoingDatagram[Math.Clamp(_context.NetworkPublicationMaxMessagesPerSend, 1, DatagramsPerSendMax)];
        _signalEndOfStream = parameters.SignalEndOfStream;
        _spiesSimulateConnection = parameters.SpiesSimulateConnection;
        _isResponse = parameters.IsResponse;
        _sendResponseSetup = parameters.SendResponseSetup;
        _backPressureEvents = parameters.SenderBackPressureEvents;
        _naksReceived = parameters.SenderNaksReceived;
        _shortSends = counters[SystemCounterId.ShortSends];
        _heartbeatsSent = counters[SystemCounterId.HeartbeatsSent];
        _flowControlLimits = counters[SystemCounterId.SenderFlowControlLimits];
        _retransmitsSent = counters[SystemCounterId.RetransmitsSent];
        _retransmittedBytes = counters[SystemCounterId.RetransmittedBytes];
        _errors = counters[SystemCounterId.Errors];
        _timeOfLastSetupNs = nowNs - _context.SetupTimeoutNs - 1;
        _timeOfLastDataOrHeartbeatNs = nowNs - _context.HeartbeatTimeoutNs - 1;

        _windowLength = parameters.TermWindowLength;
        _lingerTimeoutNs = parameters.LingerTimeoutNs;
        _unblockedPublications = counters[SystemCounterId.UnblockedPublications];
        _publicationsRevoked = counters[SystemCounterId.PublicationsRevoked];
        _cleaner = new LogCleaner(_log, parameters.StartPosition);
        _blockedPublisher = new BlockedPublisher(_log, _context.PublicationUnblockTimeoutNs, nowNs);
        _untetheredSpies = new UntetheredSubscribers(
            Spies,
            parameters.SubscriberEvents,
            parameters.UntetheredWindowLimitTimeoutNs,
            parameters.UntetheredLingerTimeoutNs,
            parameters.UntetheredRestingTimeoutNs);
        _timeOfLastActivityNs = nowNs;
    }

    public long RegistrationId { get; }

    public int SessionId { get; }

    public int StreamId { get; }

    public SendChannelEndpoint Endpoint { get; }

    public bool IsExclusive { get; }

    public LogBuffer Log => _log;

    /// <summary>Of a response: the request's image; of a request: the subscription that takes the answer; -1 otherwise.</summary>
    public long ResponseCorrelationId { get; }

    /// <summary>Where the sender is. Any thread.</summary>
    public long ConsumerPosition => _senderPosition.Get();
}
