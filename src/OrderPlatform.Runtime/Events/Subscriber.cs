using OrderPlatform.Aeron.Client;
using OrderPlatform.Engine;
using OrderPlatform.Messages;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Runtime.Events;

/// <summary>
/// One subscriber and its publication. It is served as far as its publication has room, and never waited for: an event that finds none makes it behind, it
/// gets nothing more, and when there is room again a new snapshot. A refusal is a subscriber too, until its answer is sent.
/// </summary>
internal sealed class Subscriber
{
    private const int AttemptsAtTermEnd = 3;
    private const long RoomMax = 16_384;

    private readonly EventsOptions _options;
    private readonly ISubscriberRule? _rule;
    private readonly byte[] _welcome;
    private readonly byte[] _row = new byte[512];
    private readonly EventEnvelopeBuffer _envelope;
    private readonly long _registration;
    private ExclusivePublication? _publication;
    private SnapshotCursor _cursor;
    private long _fullWindow;
    private Stage _stage;

    /// <summary>A subscriber; its publication is asked for.</summary>
    /// <param name="options">Bounds.</param>
    /// <param name="request">What it asked for.</param>
    /// <param name="rule">Its rule, or null where it is refused.</param>
    /// <param name="welcome">The answer.</param>
    /// <param name="envelope">Room for an envelope, shared with others of the thread.</param>
    /// <param name="aeron">The client.</param>
    public Subscriber(
        EventsOptions options, SubscribeRequest request, ISubscriberRule? rule, byte[] welcome, EventEnvelopeBuffer envelope, AeronClient aeron)
    {
        _options = options;
        _rule = rule;
        _welcome = welcome;
        _envelope = envelope;
        Request = request;
        _registration = aeron.AsyncAddExclusivePublication(request.Channel, request.ResponseStreamId);
    }

    private enum Stage
    {
        Opening,
        Behind,
        Snapshotting,
        Live,
        Answered,
    }

    public SubscribeRequest Request { get; }

    public bool IsRefused => _rule is null;

    /// <summary>Whether it has not been answered yet.</summary>
    public bool IsOpening => _stage == Stage.Opening;

    /// <summary>Whether events go to it now.</summary>
    public bool IsReceiving => _stage is Stage.Snapshotting or Stage.Live;

    /// <summary>How often it fell behind.</summary>
    public long TimesBehind { get; private set; }

    /// <summary>Whether it gets a topic.</summary>
    public bool Wants(EventTopics topic) => (Request.Topics & topic) != 0;

    /// <summary>Whether it gets a client's events; 0 is what belongs to no client.</summary>
    public bool Sees(uint clientId) =>
        Request.ClientId != 0 ? clientId == Request.ClientId
        : clientId == 0 ? _rule!.SeesAll
        : _rule!.SeesAll || _rule.Sees(clientId);

    /// <summary>Sends an event, or falls behind.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Send(ReadOnlySpan<byte> envelope)
    {
        if (TryOffer(envelope))
        {
            return true;
        }

        TimesBehind++;
        _stage = Stage.Behind;
        return false;
    }

    /// <summary>Goes on with its opening, its answer and its coming back.</summary>
    /// <param name="aeron">The client.</param>
    /// <param name="age">How long ago it asked.</param>
    /// <returns>Whether it stays.</returns>
    /// <exception cref="RegistrationException">The driver refused its channel.</exception>
    public bool DoWork(AeronClient aeron, TimeSpan age)
    {
        if (_stage == Stage.Opening)
        {
            _publication ??= aeron.GetExclusivePublication(_registration);
            if (_publication is null || !_publication.IsConnected)
            {
                return age < _options.ConnectLimit;
            }

            NoteWindow();
            if (TryOffer(_welcome))
            {
                _stage = IsRefused ? Stage.Answered : Stage.Behind;
            }
        }

        // A publication that was connected once and is no more: nobody has listened for the driver's whole timeout.
        return _stage != Stage.Answered && _publication!.IsConnected && !Request.Image.IsClosed;
    }

    /// <summary>Begins a snapshot if it has none and there is room, and goes on with the one that it has.</summary>
    /// <param name="state">The replica, at a sequence that everybody may know of.</param>
    /// <param name="begun">Counts snapshots.</param>
    /// <returns>Messages sent.</returns>
    public int Snapshot(EngineState state, ref long begun)
    {
        if (_stage is not (Stage.Behind or Stage.Snapshotting))
        {
            return 0;
        }

        int sent = 0;
        if (_stage == Stage.Behind)
        {
            NoteWindow();
            if (_publication!.AvailableWindow < Math.Min(RoomMax, _fullWindow / 2) || !TryPut(state, EventPart.SnapshotBegin, []))
            {
                return 0;
            }

            begun++;
            sent++;
            _cursor = default;
            _stage = Stage.Snapshotting;
        }

        // What is left of the room is for the live events: a snapshot that took it all would always be overtaken by the next event.
        long reserve = Math.Min(RoomMax, _fullWindow / 2) / 4;
        while (sent < _options.RowsPerCycle && _publication!.AvailableWindow > reserve)
        {
            int length = _cursor.Write(state, this, _row);
            if (_cursor.IsAtEnd)
            {
                bool isEnded = TryPut(state, EventPart.SnapshotEnd, []);
                _stage = isEnded ? Stage.Live : _stage;
                return isEnded ? sent + 1 : sent;
            }

            if (length == 0 || !TryPut(state, EventPart.Snapshot, _row.AsSpan(0, length)))
            {
                break;
            }

            _cursor.Pass();
            sent++;
        }

        return sent;
    }

    public void Close() => _publication?.Dispose();

    private bool TryPut(EngineState state, EventPart part, ReadOnlySpan<byte> message) =>
        TryOffer(_envelope.Write(state.Sequence, state.NowNanos, 0, part, message));

    private bool TryOffer(ReadOnlySpan<byte> message)
    {
        long result = Publication.AdminAction;
        for (int attempt = 0; attempt < AttemptsAtTermEnd && result == Publication.AdminAction; attempt++)
        {
            result = _publication!.Offer(message);
        }

        return result > 0;
    }

    // The room of a receiver that has read everything: how much that is, is its own choice.
    private void NoteWindow() => _fullWindow = Math.Max(_fullWindow, _publication!.AvailableWindow);
}
