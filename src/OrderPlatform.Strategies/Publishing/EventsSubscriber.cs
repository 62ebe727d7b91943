using System.Text;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>
/// Reads the engine's events stream: asks for it, hands on the snapshot and what comes behind it, and asks again whenever it was lost. Stepped by
/// <see cref="DoWork"/>, never blocks; an event allocates nothing. What it hands on, applied in order, is the engine's state (<see cref="EventsBook"/>).
/// </summary>
public sealed class EventsSubscriber : IDisposable
{
    private const int FragmentsPerCycle = 64;

    private readonly EventsSubscriberOptions _options;
    private readonly AeronClient _aeron;
    private readonly IEventsListener _listener;
    private readonly TimeProvider _time;
    private readonly PublisherToken? _token;
    private readonly long _subscriptionId;
    private long? _publicationId;
    private Subscription? _subscription;
    private ExclusivePublication? _publication;
    private string? _responseChannel;
    private Image? _image;
    private long _askedAt;

    /// <summary>A subscriber; it asks when it is stepped.</summary>
    /// <param name="options">What it wants.</param>
    /// <param name="aeron">The client; it must outlive the subscriber.</param>
    /// <param name="listener">Is told.</param>
    /// <param name="time">For waiting.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    /// <exception cref="AeronException">The client is closed.</exception>
    public EventsSubscriber(EventsSubscriberOptions options, AeronClient aeron, IEventsListener listener, TimeProvider time)
    {
        _options = options;
        _aeron = aeron;
        _listener = listener;
        _time = time;
        _token = options.Key is null ? null : new PublisherToken(options.Key);
        _subscriptionId = aeron.AsyncAddSubscription(options.ResponseChannel, options.ResponseStreamId);
    }

    /// <summary>How it stands.</summary>
    public EventsStatus Status { get; private set; } = EventsStatus.Connecting;

    /// <summary>How often it asked.</summary>
    public long TimesAsked { get; private set; }

    /// <summary>One cycle.</summary>
    /// <returns>Messages handed on.</returns>
    /// <exception cref="RegistrationException">The driver refuses one of the channels: what it says tells which.</exception>
    /// <exception cref="AeronException">The client is closed.</exception>
    public int DoWork()
    {
        if (!IsOpen())
        {
            return 0;
        }

        if (!_publication!.IsConnected)
        {
            Become(EventsStatus.Connecting);
            return 0;
        }

        if (_image is { IsClosed: true })
        {
            _image = null;
            Become(EventsStatus.Connecting);
        }

        bool isToAsk = Status == EventsStatus.Connecting
            || (Status is EventsStatus.Asking or EventsStatus.Refused && _time.GetElapsedTime(_askedAt) >= _options.AskAgainAfter);
        if (isToAsk && TryAsk())
        {
            Become(EventsStatus.Asking);
        }

        var handler = new Handler(this);
        return _subscription!.Poll(ref handler, FragmentsPerCycle);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _publication?.Dispose();
        _subscription?.Dispose();
        _token?.Dispose();
    }

    private bool IsOpen()
    {
        _subscription ??= _aeron.GetSubscription(_subscriptionId);
        _responseChannel ??= _options.ResponseChannel.StartsWith("aeron:ipc", StringComparison.Ordinal)
            ? _options.ResponseChannel
            : _subscription?.TryResolveChannelEndpointPort();
        if (_subscription is null || _responseChannel is null)
        {
            return false;
        }

        _publicationId ??= _aeron.AsyncAddExclusivePublication(_options.Channel, _options.StreamId);
        _publication ??= _aeron.GetExclusivePublication(_publicationId.Value);
        return _publication is not null;
    }

    private bool TryAsk()
    {
        Span<byte> message = stackalloc byte[EventsSubscribeEncoder.MinEncodedLength + byte.MaxValue];
        var e = EventsSubscribeEncoder.WrapForEncodeAndApplyHeader(message);
        e.PublisherId = _options.PublisherId;
        e.ProtocolVersion = DoorProtocol.Version;
        e.ResponseStreamId = _options.ResponseStreamId;
        e.Topics = _options.Topics;
        e.ClientId = _options.ClientId;
        e.SentAtNanos = (_time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100;
        e.SetResponseChannel(_responseChannel);
        message = message[..e.EncodedLengthSoFar];
        _token?.Write(message, PublisherToken.OffsetInSubscribe);
        if (_publication!.Offer(message) < 0)
        {
            return false;
        }

        // Until the answer, nothing that still comes belongs to what was asked for.
        _image = null;
        _askedAt = _time.GetTimestamp();
        TimesAsked++;
        return true;
    }

    private void OnMessage(ReadOnlySpan<byte> message, in Header header)
    {
        if (EventEnvelopeDecoder.TryWrap(message, out EventEnvelopeDecoder envelope))
        {
            if (header.Image == _image)
            {
                _listener.OnEvent(envelope.Sequence, envelope.TimestampNanos, envelope.Index, envelope.Part, envelope.GetMessage());
                OnPart(envelope.Part);
            }
        }
        else if (EventsWelcomeDecoder.TryWrap(message, out EventsWelcomeDecoder welcome) && welcome.PublisherId == _options.PublisherId)
        {
            OnWelcome(welcome, header.Image);
        }
    }

    private void OnPart(EventPart part)
    {
        if (part is EventPart.SnapshotBegin or EventPart.SnapshotEnd)
        {
            Become(part == EventPart.SnapshotEnd ? EventsStatus.Live : EventsStatus.Snapshotting);
        }
    }

    private void OnWelcome(EventsWelcomeDecoder welcome, Image image)
    {
        if (welcome.Status == DoorStatus.Accepted)
        {
            _image = image;
            return;
        }

        string detail = Encoding.UTF8.GetString(welcome.GetDetail());
        Become(EventsStatus.Refused, detail.Length == 0 ? welcome.Reason.ToString() : $"{welcome.Reason}: {detail}");
    }

    private void Become(EventsStatus status, string detail = "")
    {
        if (Status != status)
        {
            Status = status;
            _listener.OnStatus(status, detail);
        }
    }

    private readonly struct Handler(EventsSubscriber subscriber) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header) => subscriber.OnMessage(buffer, header);
    }
}
